import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

/** Days, `YYYY-MM-DD`, on which a person is not called; both are part of the pause. */
export interface Pause {
  fromOn: string;
  untilOn: string;
  reason: string;
}

/** Times in which people are not called: they are in hospital, or with their family. */
export class PauseStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @returns false when the station has nobody with this member number */
  async add(stationId: number, memberNumber: string, pause: Pause): Promise<boolean> {
    const subscriber = await this.#database('subscribers')
      .where({
        station_id: stationId,
        member_number_lookup: this.#codec.lookup('memberNumber', memberNumber),
      })
      .first<{ id: number } | undefined>('id');
    if (!subscriber) return false;
    const { fromOn, untilOn, reason } = pause;
    await this.#database('pauses').insert({
      subscriber_id: subscriber.id,
      from_on: fromOn,
      until_on: untilOn,
      reason: this.#codec.encode(reason),
    });
    return true;
  }
}
