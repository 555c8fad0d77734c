import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import {
  standingAfter,
  whyNotWorking,
  type Beat,
  type HeartbeatStanding,
  type WorkFacts,
} from './heartbeat-rule.js';

const everyMs = 60_000;
const firstMs = 10_000;
const patienceMs = 10_000;

/** Tells an address elsewhere once a minute that we work; its silence is an alarm that no fault of ours can stop. */
export class Heartbeat {
  readonly #url: string;
  readonly #facts: () => WorkFacts;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #patienceMs: number;
  readonly #ending = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #standing: HeartbeatStanding;

  /** @param options.url a secret: whoever knows it can beat in our place */
  constructor(options: {
    url: string;
    facts: () => WorkFacts;
    clock: Clock;
    log: Logger;
    patienceMs?: number;
  }) {
    this.#url = options.url;
    this.#facts = options.facts;
    this.#clock = options.clock;
    this.#log = options.log;
    this.#patienceMs = options.patienceMs ?? patienceMs;
    this.#standing = { state: 'waiting', since: options.clock() };
  }

  get standing(): HeartbeatStanding {
    return this.#standing;
  }

  start(): void {
    const beat = (): void => {
      this.#running = this.beatOnce().finally(() => {
        if (this.#timer) this.#timer = setTimeout(beat, everyMs);
      });
    };
    this.#timer = setTimeout(beat, firstMs);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#ending.abort();
    await this.#running;
  }

  /** Beats, if we work; what came of it is told in the log when it differs from before. */
  async beatOnce(): Promise<void> {
    const why = whyNotWorking(this.#facts(), this.#clock());
    const beat: Beat = why === undefined ? await this.#send() : { kind: 'withheld', said: why };
    const before = this.#standing;
    this.#standing = standingAfter(before, beat, this.#clock());
    if (before.state === beat.kind || this.#ending.signal.aborted) return;
    if (beat.kind === 'sent')
      this.#log.info({ event: 'heartbeat.sent' }, 'the heartbeat is heard; the following ones are not told');
    else if (beat.kind === 'withheld')
      this.#log.warn(
        { event: 'heartbeat.withheld', why: beat.said },
        'we do not work, and so send no heartbeat',
      );
    else
      this.#log.warn(
        { event: 'heartbeat.unheard', fault: beat.said },
        'the heartbeat was not taken; it is tried again each minute',
      );
  }

  async #send(): Promise<Beat> {
    const signal = AbortSignal.any([AbortSignal.timeout(this.#patienceMs), this.#ending.signal]);
    try {
      // Not followed: a redirect would carry the secret to somebody else.
      const answer = await fetch(this.#url, { signal, redirect: 'manual' });
      await answer.body?.cancel();
      return answer.ok ? { kind: 'sent' } : { kind: 'unheard', said: `HTTP ${answer.status}` };
    } catch (error) {
      return { kind: 'unheard', said: codeOf(error) };
    }
  }
}

/** The message of an error may hold the address: only codes and names are told. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { code } = (error.cause ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}
