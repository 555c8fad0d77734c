import { EventEmitter } from 'node:events';
import { WebSocket, type RawData } from 'ws';
import type { Logger } from '../../log.js';
import { reconnectDelayMs } from '../backoff.js';
import { basicAuthorization } from './harden-ari-client.js';
import { readAriEvent, type AriEvent } from './ari-event.js';

interface SocketEvents {
  up: [];
  down: [];
  event: [AriEvent];
}

export interface AriSocketOptions {
  baseUrl: string;
  user: string;
  password: string;
  application: string;
  log: Logger;
  pingMs?: number;
}

/**
 * The event socket of one ARI application. It comes back for ever, notices a half-open link within two
 * ping periods, and survives any message. Events of a gap are lost: on `up` the owner asks Asterisk what is true.
 */
export class AriSocket extends EventEmitter<SocketEvents> {
  readonly #options: AriSocketOptions;
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #attempt = 0;
  #stopped = true;
  #up = false;

  constructor(options: AriSocketOptions) {
    super();
    this.#options = options;
  }

  get isUp(): boolean {
    return this.#up;
  }

  start(): void {
    this.#stopped = false;
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#socket?.terminate();
  }

  #open(): void {
    const { baseUrl, user, password, application, pingMs = 10_000 } = this.#options;
    const url = new URL('/ari/events', baseUrl);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.searchParams.set('app', application);
    // The password goes into a header: a URL lands in the logs of what lies between.
    const headers = { Authorization: basicAuthorization(user, password) };
    const socket = new WebSocket(url, { headers, handshakeTimeout: 5000, maxPayload: 4 << 20 });
    this.#socket = socket;
    let alive = true;
    let beat: NodeJS.Timeout | undefined;

    socket.on('open', () => {
      this.#attempt = 0;
      this.#up = true;
      this.#tell('up');
      beat = setInterval(() => {
        if (!alive) {
          socket.terminate();
          return;
        }
        alive = false;
        socket.ping();
      }, pingMs);
    });
    socket.on('pong', () => (alive = true));
    socket.on('message', (data) => {
      alive = true;
      this.#read(data);
    });
    socket.on('error', (error) => {
      this.#options.log.warn(
        { event: 'ari.socket_error', reason: error.message },
        'the link to Asterisk failed',
      );
    });
    socket.on('close', () => {
      clearInterval(beat);
      const wasUp = this.#up;
      this.#up = false;
      if (wasUp) this.#tell('down');
      if (this.#stopped) return;
      this.#timer = setTimeout(() => this.#open(), reconnectDelayMs(this.#attempt++, Math.random()));
    });
  }

  #read(data: RawData): void {
    try {
      const event = readAriEvent((data as Buffer).toString('utf8'));
      if (event) this.#tell('event', event);
    } catch (error) {
      this.#options.log.error(
        { event: 'ari.bad_event', err: error },
        'an event of Asterisk could not be handled',
      );
    }
  }

  /** A listener that throws must not stop the socket: the next event is another person's. */
  #tell<Name extends keyof SocketEvents>(name: Name, ...args: SocketEvents[Name]): void {
    try {
      (this.emit as (name: keyof SocketEvents, ...args: unknown[]) => boolean).call(this, name, ...args);
    } catch (error) {
      this.#options.log.error({ event: 'ari.listener_failed', err: error }, 'a listener failed');
    }
  }
}
