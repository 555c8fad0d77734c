import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

/** The people whom somebody must look after now. */
export class UrgentNumberStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Every number of a subscriber with an open alert; domestic digits. */
  async numbers(): Promise<string[]> {
    const rows = await this.#database('alerts')
      .join('phone_numbers', 'phone_numbers.subscriber_id', 'alerts.subscriber_id')
      .where('alerts.state', 'open')
      .select<{ number: string }[]>('phone_numbers.number');
    // Two stored values of one number differ: which are the same shows only here.
    return [...new Set(rows.map(({ number }) => this.#codec.decode(number)))];
  }
}
