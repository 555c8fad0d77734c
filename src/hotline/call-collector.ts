import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { applyOneByOne } from './apply-one-by-one.js';
import type { CallLog, CallLogPosition } from './call-log.js';
import type { Applied, HotlineCallStore } from './hotline-call-store.js';

const everyMs = 1000;
/** A long gap is told as it is worked off. */
const tellEveryLines = 5000;
/** While the database is away, once a minute is often enough to say so. */
const failuresBetweenWarnings = 60;
/** A batch that was refused so often may hold a line that never can be stored. */
const failuresToDoubt = 5;

export interface CallCollectorOptions {
  pbxId: string;
  callLog: CallLog;
  store: Pick<HotlineCallStore, 'position' | 'apply'>;
  /** Whether the exchange is ours: only its owner takes in its log. */
  mayAct: () => boolean;
  /** Told after something was stored. */
  onApplied?: (applied: Applied) => void;
  clock: Clock;
  log: Logger;
}

/** Takes in what the exchange has written of calls, about once a second and when it is nudged. */
export class CallCollector {
  readonly #options: CallCollectorOptions;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;
  #nudged = false;
  #started = false;
  #stopping = false;
  #failures = 0;
  /** Where we left off; undefined: ask the database. */
  #left: { at: CallLogPosition | undefined } | undefined;

  constructor(options: CallCollectorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#started = true;
    this.#stopping = false;
    this.nudge();
  }

  /** Settles when nothing is under way any more. */
  async stop(): Promise<void> {
    this.#started = false;
    this.#stopping = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Looks at once: something has happened. */
  nudge(): void {
    if (!this.#started) return;
    if (this.#running) {
      this.#nudged = true;
      return;
    }
    clearTimeout(this.#timer);
    this.#running = this.#pass().finally(() => {
      this.#running = undefined;
      if (!this.#started) return;
      this.#timer = setTimeout(() => this.nudge(), this.#nudged ? 0 : everyMs);
      this.#nudged = false;
    });
  }

  /**
   * Takes in all that is there.
   *
   * @returns how many lines were read that mean something
   * @throws when the log or the database is away; what was stored before stays
   */
  async collect(): Promise<number> {
    const { pbxId, callLog, store, mayAct, onApplied, clock, log } = this.#options;
    let lines = 0;
    let toTell = tellEveryLines;
    while (mayAct() && !this.#stopping) {
      this.#left ??= { at: await store.position(pbxId) };
      const from = this.#left.at;
      const batch = await callLog.readOn(from);
      const to = batch.position;
      if (to && (to.fileId !== from?.fileId || to.position !== from.position)) {
        this.#left = undefined;
        const step = { pbxId, lines: batch.lines, from, to };
        const applied =
          this.#failures < failuresToDoubt
            ? await store.apply(step, clock())
            : await applyOneByOne(store, step, clock(), log);
        if (!applied) {
          log.warn({ event: 'call_log.read_elsewhere', pbxId }, 'another process has read the log on');
          return lines;
        }
        this.#left = { at: to };
        lines += batch.lines.length;
        if (applied.withoutLine > 0) {
          const { withoutLine } = applied;
          log.error({ event: 'call_log.no_line', withoutLine }, 'somebody waits at a queue without a line');
        }
        if (batch.lines.length > 0) onApplied?.(applied);
      }
      if (lines >= toTell) {
        toTell = lines + tellEveryLines;
        log.info({ event: 'call_log.catching_up', lines }, 'calls of before are being taken in');
      }
      if (!batch.more) break;
    }
    if (!mayAct()) this.#left = undefined;
    return lines;
  }

  async #pass(): Promise<void> {
    const { log } = this.#options;
    try {
      await this.collect();
      if (this.#failures > 0) log.info({ event: 'call_log.works_again' }, 'calls are taken in again');
      this.#failures = 0;
    } catch (error) {
      this.#left = undefined;
      if (this.#failures++ % failuresBetweenWarnings === 0) {
        log.warn({ event: 'call_log.failed', err: error }, 'calls cannot be taken in: it is tried again');
      }
    }
  }
}
