import { groupBy } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { PersonalDataError } from '../storage/personal-data.js';
import type { SearchedSubscriber } from './subscriber-match.js';

interface PersonRow {
  id: number;
  station_id: number;
  member_number: string;
  name: string;
  kana: string;
  withdrawn_on: string | null;
  updated_at: number;
}

/** What a search index is made of. Whoever changes a subscriber or a number of theirs sets `subscribers.updated_at`. */
export class SubscriberIndexStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async zoneOf(organizationId: number): Promise<string | undefined> {
    const row = await this.#database('organizations')
      .where({ id: organizationId })
      .first<{ time_zone: string } | undefined>('time_zone');
    return row?.time_zone;
  }

  /** Another text whenever any subscriber of the organization has come, gone or changed. */
  async changeMark(organizationId: number): Promise<string> {
    // Not only the newest change: a long import that began before it may end after it.
    const row = await this.#database('subscribers')
      .where({ organization_id: organizationId })
      .first<{ people: number | string; newest: number | null; sum: number | string | null }>(
        this.#database.raw(
          'count(*) as people, max(updated_at) as newest, sum(updated_at % 1000000007) as sum',
        ),
      );
    return [row.people, row.newest, row.sum].join(' ');
  }

  /** Id and last change of the next subscribers after this id. */
  async stamps(
    organizationId: number,
    afterId: number,
    limit: number,
  ): Promise<{ id: number; updatedAt: number }[]> {
    return this.#database('subscribers')
      .where({ organization_id: organizationId })
      .whereNull('erased_at')
      .where('id', '>', afterId)
      .orderBy('id')
      .limit(limit)
      .select<{ id: number; updatedAt: number }[]>('id', 'updated_at as updatedAt');
  }

  /** @returns also the ids of those who cannot be read: a damaged row must not hide the others */
  async people(ids: readonly number[]): Promise<{ people: SearchedSubscriber[]; unreadable: number[] }> {
    const rows = await this.#database('subscribers')
      .whereIn('id', [...ids])
      .whereNull('erased_at')
      .select<PersonRow[]>('id', 'station_id', 'member_number', 'name', 'kana', 'withdrawn_on', 'updated_at');
    // After the people: numbers may be newer than their person's stamp, and never older.
    const phones = await this.#database('phone_numbers')
      .whereIn('subscriber_id', [...ids])
      .orderBy(['subscriber_id', 'position'])
      .select<{ subscriber_id: number; number: string }[]>('subscriber_id', 'number');
    const phonesOf = groupBy(phones, (phone) => phone.subscriber_id);
    const [people, unreadable]: [SearchedSubscriber[], number[]] = [[], []];
    for (const row of rows) {
      try {
        people.push(this.#toPerson(row, phonesOf.get(row.id) ?? []));
      } catch (error) {
        if (!(error instanceof PersonalDataError)) throw error;
        unreadable.push(row.id);
      }
    }
    return { people, unreadable };
  }

  #toPerson(row: PersonRow, phones: readonly { number: string }[]): SearchedSubscriber {
    return {
      id: row.id,
      stationId: row.station_id,
      memberNumber: this.#codec.decode(row.member_number),
      name: this.#codec.decode(row.name),
      kana: this.#codec.decode(row.kana),
      numbers: phones.map(({ number }) => this.#codec.decode(number)),
      withdrawnOn: row.withdrawn_on ?? undefined,
      updatedAt: row.updated_at,
    };
  }
}
