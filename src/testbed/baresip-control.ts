import { connect, type Socket } from 'node:net';
import { encodeNetstring, NetstringReader } from './netstring.js';
import { until } from './until.js';

/** What baresip tells of its own accord; the fields depend on the type. */
export interface BaresipEvent {
  type: string;
  id?: string;
  peeruri?: string;
  direction?: string;
  param?: string;
}

interface BaresipAnswer {
  response: true;
  ok: boolean;
  data: string;
  token: string;
}

const connectLimitMs = 10_000;
const answerLimitMs = 5_000;

/** The connection over which a baresip takes orders (its module ctrl_tcp). */
export class BaresipControl {
  readonly #socket: Socket;
  readonly #waiting = new Map<string, (answer: BaresipAnswer | undefined) => void>();
  #orders = 0;

  private constructor(socket: Socket, onEvent: (event: BaresipEvent) => void) {
    this.#socket = socket;
    const reader = new NetstringReader();
    socket.on('data', (piece: Buffer) => {
      for (const text of reader.push(piece)) {
        const message = JSON.parse(text) as BaresipAnswer | BaresipEvent;
        if ('response' in message) this.#waiting.get(message.token)?.(message);
        else onEvent(message);
      }
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const settle of this.#waiting.values()) settle(undefined);
    });
  }

  /** @param isAlive whether there is anybody left to wait for */
  static async open(
    port: number,
    isAlive: () => boolean,
    onEvent: (event: BaresipEvent) => void,
  ): Promise<BaresipControl> {
    let socket: Socket | undefined;
    const isOpen = async (): Promise<boolean> => {
      if (!isAlive()) throw new Error('baresip ended at its start');
      socket = await connected(port);
      return socket !== undefined;
    };
    await until(isOpen, { what: 'baresip takes orders', timeoutMs: connectLimitMs, everyMs: 50 });
    if (!socket) throw new Error('baresip takes no orders');
    return new BaresipControl(socket, onEvent);
  }

  /**
   * Gives one of baresip's long commands.
   *
   * @returns what it answered
   * @throws Error when it could not, or did not answer
   */
  async order(command: string, params?: string): Promise<string> {
    const token = String(++this.#orders);
    const answer = await new Promise<BaresipAnswer | undefined>((resolve) => {
      const timer = setTimeout(() => resolve(undefined), answerLimitMs);
      this.#waiting.set(token, (found) => {
        clearTimeout(timer);
        resolve(found);
      });
      this.#socket.write(encodeNetstring(JSON.stringify({ command, params, token })));
    });
    this.#waiting.delete(token);
    if (answer === undefined) throw new Error(`baresip did not answer to ${command}`);
    if (!answer.ok) throw new Error(`baresip could not ${command}: ${answer.data.trim()}`);
    return answer.data;
  }

  close(): void {
    this.#socket.destroy();
  }
}

async function connected(port: number): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => resolve(socket));
    socket.once('error', () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}
