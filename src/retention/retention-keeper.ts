import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { theService, type Retention } from './retention.js';
import { isNight } from './rules.js';

const lookEveryMs = 10 * 60_000;

/** Has each tenant's rules done once a night, when nobody is called there. */
export class RetentionKeeper {
  readonly #parts: { retention: Retention; clock: Clock; log: Logger };
  readonly #doneOn = new Map<number, string>();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;

  constructor(parts: { retention: Retention; clock: Clock; log: Logger }) {
    this.#parts = parts;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.look(), lookEveryMs);
    this.#timer.unref();
    void this.look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#parts.retention.stop();
    await this.#round;
  }

  /** Does what is due tonight. Never throws; rounds do not overlap. */
  look(): Promise<void> {
    this.#round ??= this.#oneRound().finally(() => (this.#round = undefined));
    return this.#round;
  }

  async #oneRound(): Promise<void> {
    const { retention, clock, log } = this.#parts;
    try {
      for (const tenant of [...(await retention.tenants()), theService]) {
        const today = localDate(clock(), tenant.timeZone);
        if (!isNight(clock(), tenant.timeZone) || this.#doneOn.get(tenant.id) === today) continue;
        await retention.runFor(tenant);
        this.#doneOn.set(tenant.id, today);
      }
    } catch (error) {
      log.error({ event: 'retention.round', err: error }, 'the rules of keeping could not be looked after');
    }
  }
}
