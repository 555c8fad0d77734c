import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface SecondFactor {
  /** Base 32; undefined when none is set up. */
  secret: string | undefined;
  /** Shown to the user, and not proved to work yet. */
  newSecret: string | undefined;
  lastStep: number;
}

interface FactorRow {
  totp_secret: string | null;
  totp_new_secret: string | null;
  totp_last_step: number;
}

/** Codes of an app, and the printed ones for the day the phone is lost. */
export class SecondFactorStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async of(userId: number): Promise<SecondFactor> {
    const row: FactorRow | undefined = await this.#database('users')
      .where({ id: userId })
      .first('totp_secret', 'totp_new_secret', 'totp_last_step');
    const decode = (stored: string | null | undefined) =>
      stored === null || stored === undefined ? undefined : this.#codec.decode(stored);
    return {
      secret: decode(row?.totp_secret),
      newSecret: decode(row?.totp_new_secret),
      lastStep: row?.totp_last_step ?? 0,
    };
  }

  async propose(userId: number, secret: string): Promise<void> {
    await this.#database('users')
      .where({ id: userId })
      .update({ totp_new_secret: this.#codec.encode(secret) });
  }

  /** Takes a proved secret into use, with fresh recovery codes. */
  async confirm(
    trx: Knex,
    userId: number,
    confirmed: { secret: string; step: number; codeHashes: readonly string[] },
  ): Promise<void> {
    await trx('users')
      .where({ id: userId })
      .update({
        totp_secret: this.#codec.encode(confirmed.secret),
        totp_new_secret: null,
        totp_last_step: confirmed.step,
      });
    await this.replaceCodes(trx, userId, confirmed.codeHashes);
  }

  async remove(trx: Knex, userId: number): Promise<void> {
    await trx('users').where({ id: userId }).update({ totp_secret: null, totp_new_secret: null });
    await this.replaceCodes(trx, userId, []);
  }

  /** @returns whether we were the first to use a code of this step or a later one */
  async takeStep(userId: number, step: number): Promise<boolean> {
    const changed = await this.#database('users')
      .where({ id: userId })
      .where('totp_last_step', '<', step)
      .update({ totp_last_step: step });
    return changed === 1;
  }

  /** @returns whether there was such an unused code */
  async takeRecoveryCode(userId: number, codeHash: string, now: Date): Promise<boolean> {
    const changed = await this.#database('recovery_codes')
      .where({ user_id: userId, code_hash: codeHash })
      .whereNull('used_at')
      .update({ used_at: now.getTime() });
    return changed === 1;
  }

  async replaceCodes(trx: Knex, userId: number, codeHashes: readonly string[]): Promise<void> {
    await trx('recovery_codes').where({ user_id: userId }).delete();
    if (codeHashes.length > 0)
      await trx('recovery_codes').insert(codeHashes.map((hash) => ({ user_id: userId, code_hash: hash })));
  }

  async recoveryCodesLeft(userId: number): Promise<number> {
    const rows = await this.#database('recovery_codes')
      .where({ user_id: userId })
      .whereNull('used_at')
      .select('id');
    return rows.length;
  }
}
