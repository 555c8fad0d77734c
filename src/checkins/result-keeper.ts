import type { Logger } from '../log.js';
import type { AttemptResult, AttemptStore, PressedKey } from './attempt-store.js';

const firstWaitMs = 200;
const longestWaitMs = 5000;
/** A key waits for its commit before it is confirmed, but no caller waits longer than this. */
const keyPatienceMs = 1500;

/** Brings results to the database, however long it is away; nothing of a finished call is dropped while we live. */
export class ResultKeeper {
  readonly #attempts: AttemptStore;
  readonly #log: Logger;
  #waiting = 0;

  constructor({ attempts, log }: { attempts: AttemptStore; log: Logger }) {
    this.#attempts = attempts;
    this.#log = log;
  }

  /** Results that the database has not taken yet. */
  get waiting(): number {
    return this.#waiting;
  }

  /** Commits a key, or gives up waiting: the key then goes in with the result. */
  async keepKey(attemptId: string, key: PressedKey): Promise<void> {
    const kept = this.#attempts.keepKey(attemptId, key).catch((error: unknown) => {
      this.#log.warn({ event: 'attempt.key_waits', attemptId, err: error }, 'a key waits for the database');
    });
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, keyPatienceMs)));
    await Promise.race([kept, patience]);
    clearTimeout(timer);
  }

  /** @returns false when somebody else had ended the attempt before */
  async keep(result: AttemptResult): Promise<boolean> {
    this.#waiting++;
    try {
      for (let waitMs = firstWaitMs; ; waitMs = Math.min(longestWaitMs, waitMs * 2)) {
        try {
          return await this.#attempts.record(result);
        } catch (error) {
          const { attemptId } = result.attempt;
          this.#log.warn(
            { event: 'attempt.result_waits', attemptId, err: error },
            'a result waits for the database',
          );
          await new Promise((resolve) => setTimeout(resolve, waitMs));
        }
      }
    } finally {
      this.#waiting--;
    }
  }
}
