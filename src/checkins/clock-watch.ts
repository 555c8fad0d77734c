import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { clockSkew, mostSkewMs, type ClockSkew } from './clock-skew.js';
import type { DiallingHold } from './dialling-hold.js';

const everyMs = 30_000;
/** An answer that took longer says too little about the moment. */
const longestAskMs = 10_000;

/** Reads another clock; undefined: there is none. */
export type ReadClock = () => Promise<Date | undefined>;

/** Compares our clock with the database's and the exchange's, and holds the dialling when they disagree. */
export class ClockWatch {
  readonly #parts: ClockWatchParts;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<ClockSkew> | undefined;

  constructor(parts: ClockWatchParts) {
    this.#parts = parts;
  }

  start(): void {
    void this.look();
    this.#timer = setInterval(() => void this.look(), everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Never throws: a clock that cannot be read is not compared. */
  look(): Promise<ClockSkew> {
    this.#looking ??= this.#lookOnce().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookOnce(): Promise<ClockSkew> {
    const { readers, hold, log } = this.#parts;
    const read = await Promise.all(
      Object.entries(readers).map(async ([name, reader]) => [name, await this.#offsetOf(reader)] as const),
    );
    const skew = clockSkew({ node: 0, ...Object.fromEntries(read) });
    if (skew.worstMs <= mostSkewMs) return skew;
    const seconds = Math.round(skew.worstMs / 1000);
    const detail = `${skew.between?.join(' / ')}: ${seconds} s${skew.off === undefined ? '' : `; ${skew.off}`}`;
    try {
      if (await hold.hold('clockSkew', detail))
        log.error(
          { event: 'clocks.apart', between: skew.between, off: skew.off, seconds },
          'clocks disagree',
        );
    } catch (error) {
      log.error({ event: 'clocks.hold_failed', err: error }, 'clocks disagree, and dialling was not held');
    }
    return skew;
  }

  /** How far another clock is ahead of ours, in ms. */
  async #offsetOf(read: ReadClock): Promise<number | undefined> {
    const { clock } = this.#parts;
    const before = performance.now();
    const askedAt = clock().getTime();
    const answer = await read().catch(() => undefined);
    const tookMs = performance.now() - before;
    if (answer === undefined || tookMs > longestAskMs) return undefined;
    return answer.getTime() - (askedAt + tookMs / 2);
  }
}

export interface ClockWatchParts {
  /** By name: `database`, `exchange`. */
  readers: Readonly<Record<string, ReadClock>>;
  hold: Pick<DiallingHold, 'hold'>;
  clock: Clock;
  log: Logger;
}
