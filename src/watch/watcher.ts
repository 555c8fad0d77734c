import type { Clock } from '../clock.js';
import { examine, type Check } from '../doctor/check.js';
import type { Finding } from '../doctor/findings.js';
import type { Logger } from '../log.js';
import { takeFindings, worstFirst, type Watched } from './watched.js';

/** A check, and how often it is worth a look. */
export interface WatchedCheck {
  check: Check;
  everyMs: number;
}

const tickMs = 60_000;
/** The links need a moment after the start; what is still down then is looked at soon again. */
const firstLooksMs = [3000, 10_000] as const;
const lookMs = 5000;

/** Looks at what may fail while we run, and tells the log once when something changes. */
export class Watcher {
  readonly #checks: readonly WatchedCheck[];
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #told = new Map<Check, { at: number; findings: Finding[] }>();
  #states: ReadonlyMap<string, Watched> = new Map();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  /** When everything was looked at last. */
  lookedAt: Date | undefined;

  constructor({ checks, clock, log }: { checks: readonly WatchedCheck[]; clock: Clock; log: Logger }) {
    this.#checks = checks;
    this.#clock = clock;
    this.#log = log;
  }

  /** The worst first. */
  get states(): Watched[] {
    return worstFirst(this.#states.values());
  }

  state(code: string): Watched | undefined {
    return this.#states.get(code);
  }

  start(): void {
    let looks = 0;
    const tick = (): void => {
      this.#running = this.lookOnce().finally(() => {
        if (this.#timer) this.#timer = setTimeout(tick, firstLooksMs[++looks] ?? tickMs);
      });
    };
    this.#timer = setTimeout(tick, firstLooksMs[0]);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  async lookOnce(): Promise<void> {
    const due = this.#checks.filter(({ check, everyMs }) => {
      const told = this.#told.get(check);
      return !told || performance.now() - told.at >= everyMs;
    });
    await Promise.all(
      due.map(async ({ check }) => {
        const at = performance.now();
        this.#told.set(check, { at, findings: await examine([check], lookMs) });
      }),
    );
    const now = this.#clock();
    const found = this.#checks.flatMap(({ check }) => this.#told.get(check)?.findings ?? []);
    const { states, changes } = takeFindings(this.#states, found, now);
    this.#states = states;
    this.lookedAt = now;
    for (const { code, from = 'unknown', to } of changes) {
      const entry = { event: 'watch.changed', check: code, from, to };
      if (to === 'bad')
        this.#log.error(entry, 'something that we hang on fails; genkidesu doctor says what to do');
      else if (to === 'warning') this.#log.warn(entry, 'something that we hang on needs a look');
      else this.#log.info(entry, 'it is well again');
    }
  }
}
