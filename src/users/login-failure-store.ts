import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { lockSeconds } from './lock-out.js';
import { normalizeMail } from './mail-address.js';

export type CountedTry = { kind: 'counted'; failures: number } | { kind: 'locked'; until: Date };

interface FailureRow {
  failures: number;
  locked_until: number;
}

/** Slips in a row are of one attack or one bad day; after so long they are forgotten. */
const forgottenAfterMs = 6 * 3_600_000;
/** Sooner where nothing was locked, so that guessed addresses by the thousand don't pile up. */
const slipForgottenAfterMs = 3_600_000;

/** Wrong passwords and codes by mail address, whether somebody has an account of it or not. */
export class LoginFailureStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Until when the account is shut; undefined when it is not. Writes nothing. */
  async lockedUntil(mail: string, now: Date): Promise<Date | undefined> {
    const row: FailureRow | undefined = await this.#database('login_failures')
      .where({ mail_lookup: this.#keyOf(mail) })
      .first('failures', 'locked_until');
    return row && row.locked_until > now.getTime() ? new Date(row.locked_until) : undefined;
  }

  /**
   * Counts a try as a failure before it is looked at, so that many at one time are many: the one that turns out
   * to be right is taken back.
   */
  async countTry(mail: string, now: Date): Promise<CountedTry> {
    const key = this.#keyOf(mail);
    return againAfterDeadlock(this.#database, async (trx) => {
      await trx('login_failures')
        .insert({ mail_lookup: key, failures: 1, last_at: now.getTime() })
        .onConflict('mail_lookup')
        .merge({ failures: trx.raw('login_failures.failures + 1'), last_at: now.getTime() });
      const row: FailureRow | undefined = await trx('login_failures')
        .where({ mail_lookup: key })
        .first('failures', 'locked_until');
      const failures = row?.failures ?? 1;
      if (row && row.locked_until > now.getTime()) {
        // A try at a shut door makes it no longer shut: else it could be kept shut for ever.
        await trx('login_failures').where({ mail_lookup: key }).decrement('failures', 1);
        return { kind: 'locked', until: new Date(row.locked_until) };
      }
      const seconds = lockSeconds(failures);
      const until = seconds === 0 ? 0 : now.getTime() + seconds * 1000;
      await trx('login_failures').where({ mail_lookup: key }).update({ locked_until: until });
      return { kind: 'counted', failures };
    });
  }

  /** The counted try was right, and more is to be proved: earlier slips stand. */
  async takeBack(mail: string): Promise<void> {
    await this.#database('login_failures')
      .where({ mail_lookup: this.#keyOf(mail) })
      .update({ locked_until: 0, failures: this.#database.raw('failures - 1') });
  }

  /** All was proved: earlier slips are forgotten. */
  async clear(mail: string): Promise<void> {
    await this.#database('login_failures')
      .where({ mail_lookup: this.#keyOf(mail) })
      .delete();
  }

  async forgetOld(now: Date): Promise<void> {
    const olderThan = (ms: number) =>
      this.#database('login_failures').where('last_at', '<', now.getTime() - ms);
    await olderThan(forgottenAfterMs).delete();
    await olderThan(slipForgottenAfterMs).where('locked_until', '<=', 0).delete();
  }

  #keyOf(mail: string): string {
    return this.#codec.lookup('mail', normalizeMail(mail));
  }
}
