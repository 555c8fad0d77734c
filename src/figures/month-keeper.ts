import type { Clock } from '../clock.js';
import { localDate } from '../checkins/local-day.js';
import type { Logger } from '../log.js';
import { callKey, type FigureFactsStore } from './figure-facts-store.js';
import { firstDayOf, lastDayOf } from './fiscal-year.js';
import { noCalls } from './month-figures.js';
import type { MonthSumStore } from './month-sum-store.js';
import { monthsToSum } from './months-to-sum.js';

const roundMs = 60 * 60_000;

/** Sums past months, each night and after a start. To do so twice changes nothing. */
export class MonthKeeper {
  readonly #facts: FigureFactsStore;
  readonly #sums: MonthSumStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #isStopped = false;

  constructor({
    facts,
    sums,
    clock,
    log,
  }: {
    facts: FigureFactsStore;
    sums: MonthSumStore;
    clock: Clock;
    log: Logger;
  }) {
    this.#facts = facts;
    this.#sums = sums;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), roundMs);
    this.#look();
  }

  /** Settles when a month that is being summed is written. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  /**
   * Sums what is due now, month by month: between two of them others get their turn at the database.
   *
   * @returns how many months were summed
   */
  async run(): Promise<number> {
    let count = 0;
    for (const { id, timeZone, firstOn } of await this.#facts.tenants()) {
      const now = this.#clock();
      const summedAt = await this.#sums.summedAt(id);
      const summedOn = new Map([...summedAt].map(([month, at]) => [month, localDate(at, timeZone)]));
      for (const month of monthsToSum(firstOn, localDate(now, timeZone), summedOn)) {
        if (this.#isStopped) return count;
        const span = { from: firstDayOf(month), until: lastDayOf(month) };
        const counts = await this.#facts.calls([id], timeZone, span);
        await this.#sums.write(id, month, counts.get(callKey(id, month)) ?? noCalls, now);
        count++;
      }
    }
    return count;
  }

  #look(): void {
    this.#round ??= this.run()
      .then((months) => {
        if (months > 0) this.#log.info({ event: 'figures.summed', months }, 'past months were summed');
      })
      .catch((error: unknown) => {
        this.#log.error({ event: 'figures.notSummed', err: error }, 'past months could not be summed');
      })
      .finally(() => {
        this.#round = undefined;
      });
  }
}
