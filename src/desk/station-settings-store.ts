import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { parseCallTarget, type PhoneRefusal } from '../subscribers/phone-number.js';

/** A telephone number that cannot be a station's. */
export class DeskNumberError extends Error {
  override readonly name = 'DeskNumberError';
  constructor(readonly why: PhoneRefusal | 'tollFree') {
    super(why);
  }
}

/** Reads a station's own telephone number as people type it; '' for none. @throws DeskNumberError */
export function readDeskNumber(text: string): string {
  if (text.trim() === '') return '';
  const parsed = parseCallTarget(text);
  if (!parsed.ok) throw new DeskNumberError(parsed.reason);
  return parsed.number;
}

/** What a station needs for its work: the telephone that rings there. */
export class StationSettingsStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** '' when none is set. */
  async deskNumber(stationId: number): Promise<string> {
    const row = await this.#database('stations')
      .where({ id: stationId })
      .first<{ desk_number: string | null } | undefined>('desk_number');
    return row?.desk_number ? this.#codec.decode(row.desk_number) : '';
  }

  /** @throws DeskNumberError */
  async setDeskNumber(stationId: number, text: string): Promise<string> {
    const number = readDeskNumber(text);
    await this.#database('stations')
      .where({ id: stationId })
      .update({ desk_number: number === '' ? null : this.#codec.encode(number) });
    return number;
  }
}
