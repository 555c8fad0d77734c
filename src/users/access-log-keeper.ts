import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { AccessLogStore } from './access-log-store.js';

const dayMs = 86_400_000;
/** Not in the same moment as everything else that starts. */
const firstAfterMs = 60_000;
/** A statement that takes long would keep those from writing who look at a record. */
const portion = 500;

export interface AccessLogKeeperParts {
  accessLog: Pick<AccessLogStore, 'removeOldest'>;
  /** How long entries are kept. */
  days: number;
  clock: Clock;
  log: Logger;
}

/** Removes entries of the access log whose time is over, once a day. */
export class AccessLogKeeper {
  readonly #parts: AccessLogKeeperParts;
  #timers: NodeJS.Timeout[] = [];
  #stopped = false;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: AccessLogKeeperParts) {
    this.#parts = parts;
  }

  start(): void {
    const run = (): void => void (this.#running = this.#unlessItFails());
    this.#timers = [setTimeout(run, firstAfterMs), setInterval(run, dayMs)];
    for (const timer of this.#timers) timer.unref();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#running;
  }

  /** @returns how many went */
  async runOnce(): Promise<number> {
    const { accessLog, days, clock, log } = this.#parts;
    const before = new Date(clock().getTime() - days * dayMs);
    let removed = 0;
    while (!this.#stopped) {
      const some = await accessLog.removeOldest(before, portion);
      if (some === 0) break;
      removed += some;
    }
    if (removed > 0)
      log.info(
        { event: 'accessLog.removed', removed, days },
        'entries of the access log were old enough to go',
      );
    return removed;
  }

  async #unlessItFails(): Promise<void> {
    try {
      await this.runOnce();
    } catch (error) {
      this.#parts.log.error({ event: 'accessLog.failed', err: error }, 'old entries could not be removed');
    }
  }
}
