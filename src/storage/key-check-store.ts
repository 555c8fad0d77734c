import type { Database } from './database.js';
import { keyCheckValue, type PersonalDataKey } from './personal-data-keys.js';

/** Which keys the database's personal values were encrypted with, and what was done once with all of them. */
export class KeyCheckStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** False in a database whose schema is older than encryption. */
  isThere(): Promise<boolean> {
    return this.#database.schema.hasTable('personal_data_keys');
  }

  /** Check values by key id. */
  async all(): Promise<Map<string, string>> {
    const rows = await this.#database('personal_data_keys').select<{ key_id: string; check_value: string }[]>(
      'key_id',
      'check_value',
    );
    return new Map(rows.map((row) => [row.key_id, row.check_value]));
  }

  /** Notes a key, once; what is noted of its id already stays. */
  async note(key: PersonalDataKey, now: Date): Promise<void> {
    await this.#database('personal_data_keys')
      .insert({ key_id: key.id, check_value: keyCheckValue(key), created_at: now.getTime() })
      .onConflict('key_id')
      .merge(['key_id']);
  }

  async forget(keyId: string): Promise<void> {
    await this.#database('personal_data_keys').where({ key_id: keyId }).delete();
  }

  /** Whether the plain values of before have been encrypted. */
  async plainIsEncrypted(): Promise<boolean> {
    const row = await this.#database('personal_data_passes')
      .where({ what: 'plainEncrypted' })
      .first<{ what: string } | undefined>('what');
    return row !== undefined;
  }

  async notePlainIsEncrypted(now: Date): Promise<void> {
    await this.#database('personal_data_passes')
      .insert({ what: 'plainEncrypted', done_at: now.getTime() })
      .onConflict('what')
      .merge(['done_at']);
  }
}
