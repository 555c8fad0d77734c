import AsteriskManager from 'asterisk-manager';
import { EventEmitter } from 'node:events';
import type { Logger } from '../../log.js';
import { reconnectDelayMs } from '../backoff.js';

export type AmiFields = Record<string, string>;
export type AmiEvent = Record<string, string | string[] | undefined>;

/** An action could not be done: the link is down, no answer came, or Asterisk said no. */
export class AmiError extends Error {
  override readonly name = 'AmiError';
  constructor(
    message: string,
    readonly code: 'EAMIDOWN' | 'EAMILOST' | 'ETIMEDOUT' | 'EAMIINJ' | 'EAMI',
  ) {
    super(message);
  }
}

interface Pending {
  resolve: (answer: AmiEvent[]) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
  list: AmiEvent[] | undefined;
}

interface LinkEvents {
  up: [];
  down: [string];
  event: [AmiEvent];
}

export interface AmiLinkOptions {
  host: string;
  port: number;
  user: string;
  password: string;
  log: Logger;
  /**
   * Which classes of events come, such as `agent`. Without one only the answers to our own actions come:
   * hundreds of events a second would be read for nothing.
   */
  eventMask?: string;
  timeoutMs?: number;
  pingMs?: number;
}

/**
 * One AMI login that comes back for ever. A fresh client per connection, own action ids, a time limit on every
 * action, nothing queued while down (a held order would be carried out later), no line break in any field.
 */
export class AmiLink extends EventEmitter<LinkEvents> {
  readonly #options: Required<AmiLinkOptions>;
  readonly #pending = new Map<string, Pending>();
  readonly #session = `${process.pid.toString(36)}-${Date.now().toString(36)}`;
  #client: AsteriskManager | undefined;
  #count = 0;
  #attempt = 0;
  #ready = false;
  #stopped = true;
  #timer: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(options: AmiLinkOptions) {
    super();
    this.#options = { eventMask: 'off', timeoutMs: 5000, pingMs: 15_000, ...options };
  }

  get isUp(): boolean {
    return this.#ready;
  }

  start(): void {
    this.#stopped = false;
    this.#open();
  }

  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
    this.#lose('stopped');
  }

  #open(): void {
    const { host, port, user, password, eventMask, timeoutMs, pingMs, log } = this.#options;
    // Without a port the client does not connect by itself: its own reconnecting is not used.
    const client = new AsteriskManager(undefined, host, user, password, eventMask !== 'off');
    this.#client = client;
    const loseThis = (why: string): void => {
      if (this.#client === client) this.#lose(why);
    };
    const guard = setTimeout(() => loseThis('no answer to the login'), timeoutMs);
    client.on('close', () => {
      clearTimeout(guard);
      loseThis('closed');
    });
    client.on('error', (error: Error) => {
      log.debug({ event: 'ami.socket_error', reason: error.message }, 'the manager link failed');
    });
    client.on('managerevent', (event: AmiEvent) => {
      if (this.#client === client) this.#take(event);
    });
    client.connect(port, host, () => {
      client.login((error) => {
        clearTimeout(guard);
        if (this.#client !== client) return;
        if (error) {
          log.warn(
            { event: 'ami.login_refused' },
            'Asterisk refuses the manager login: check AMI_USER and AMI_PASSWORD',
          );
          loseThis('login refused');
          return;
        }
        this.#ready = true;
        this.#attempt = 0;
        this.#beat = setInterval(() => {
          this.action({ action: 'Ping' }).catch(() => loseThis('no answer to a ping'));
        }, pingMs);
        // The client's own switch for it is a misspelt header, which Asterisk does not know.
        this.action({ action: 'Events', eventmask: eventMask }).catch(() => undefined);
        this.emit('up');
      });
    });
  }

  #take(event: AmiEvent): void {
    const id = event.actionid;
    const pending = typeof id === 'string' ? this.#pending.get(id) : undefined;
    if (typeof id === 'string' && pending?.list) {
      if (/^complete/i.test(String(event.eventlist ?? ''))) this.#settle(id, undefined, pending.list);
      else pending.list.push(event);
      return;
    }
    try {
      this.emit('event', event);
    } catch (error) {
      this.#options.log.error(
        { event: 'ami.listener_failed', err: error },
        'a manager event could not be handled',
      );
    }
  }

  #lose(why: string): void {
    const client = this.#client;
    this.#client = undefined;
    clearInterval(this.#beat);
    const wasReady = this.#ready;
    this.#ready = false;
    client?.removeAllListeners('managerevent');
    try {
      client?.disconnect();
    } catch {
      // It was closed already.
    }
    for (const id of this.#pending.keys())
      this.#settle(id, new AmiError(`link lost: ${why}`, 'EAMILOST'), []);
    if (wasReady) this.emit('down', why);
    if (this.#stopped) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#open(), reconnectDelayMs(this.#attempt++, Math.random()));
  }

  #settle(id: string, error: Error | undefined, answer: AmiEvent[]): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#pending.delete(id);
    clearTimeout(pending.timer);
    this.#client?.removeAllListeners(id);
    if (error) pending.reject(error);
    else pending.resolve(answer);
  }

  /**
   * Sends one action.
   *
   * @param list collect the events up to the list's end instead of the one answer
   * @throws AmiError
   */
  action(fields: AmiFields, { list = false } = {}): Promise<AmiEvent[]> {
    return new Promise((resolve, reject) => {
      if (!this.#ready) {
        reject(new AmiError('no link to the manager', 'EAMIDOWN'));
        return;
      }
      for (const [name, value] of Object.entries(fields)) {
        // A line break would be a second action.
        if (/\p{Cc}/u.test(name + value)) {
          reject(new AmiError(`control character in ${name}`, 'EAMIINJ'));
          return;
        }
      }
      const id = `${this.#session}-${++this.#count}`;
      const late = (): void =>
        this.#settle(
          id,
          new AmiError(`no answer to ${fields.action ?? ''} in ${this.#options.timeoutMs} ms`, 'ETIMEDOUT'),
          [],
        );
      this.#pending.set(id, {
        resolve,
        reject,
        timer: setTimeout(late, this.#options.timeoutMs),
        list: list ? [] : undefined,
      });
      this.#client?.action({ ...fields, actionid: id }, (error, answer) => {
        if (error)
          this.#settle(
            id,
            new AmiError(typeof error.message === 'string' ? error.message : 'refused', 'EAMI'),
            [],
          );
        else if (!list) this.#settle(id, undefined, [answer]);
      });
    });
  }
}
