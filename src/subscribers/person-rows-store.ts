import type { Knex } from 'knex';
import { groupBy, inChunks } from '../storage/chunks.js';
import { nextTurn } from '../storage/next-turn.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import type { PlannedPerson } from './plan-change-store.js';
import {
  phoneRows,
  toImportedSubscriber,
  type PhoneColumns,
  type PlanColumns,
  type SubscriberColumns,
} from './subscriber-columns.js';

export interface StoredPerson {
  subscriberId: number;
  stationId: number;
  version: number;
  person: ImportedSubscriber;
}

type PersonColumns = SubscriberColumns & { station_id: number; version: number };

/**
 * People with their numbers and their present plan, by id, but for those who were erased. Long lists are decoded in turns.
 *
 * @param of columns of `subscribers`
 */
export async function readPeople(
  database: Knex,
  of: { station_id: number } | { organization_id: number } | { id: number },
  codec: PersonalDataCodec,
): Promise<StoredPerson[]> {
  const people = await database('subscribers')
    .where(of)
    .whereNull('erased_at')
    .orderBy('id')
    .select<PersonColumns[]>('*');
  const ids = (): Knex.QueryBuilder => database('subscribers').select('id').where(of);
  const phones = await database('phone_numbers')
    .whereIn('subscriber_id', ids())
    .orderBy(['subscriber_id', 'position'])
    .select<PhoneColumns[]>('subscriber_id', 'position', 'number', 'tone_profile');
  const plans = await database('check_in_plans')
    .whereIn('subscriber_id', ids())
    .whereIn('kind', ['weekly', 'daily'])
    .whereNull('ended_on')
    .orderBy('id')
    .select<PlanColumns[]>('subscriber_id', 'kind', 'weekdays', 'time', 'policy_preset');
  const phonesOf = groupBy(phones, (phone) => phone.subscriber_id);
  const planOf = new Map(plans.map((plan) => [plan.subscriber_id, plan]));
  const read: StoredPerson[] = [];
  for (const chunk of inChunks(people)) {
    for (const row of chunk) {
      const person = toImportedSubscriber(row, phonesOf.get(row.id) ?? [], planOf.get(row.id), codec);
      read.push({ subscriberId: row.id, stationId: row.station_id, version: row.version, person });
    }
    if (people.length > chunk.length) await nextTurn();
  }
  return read;
}

/** Writes all numbers of people, in their order; those that they no longer have are gone. */
export async function writePhones(
  trx: Knex,
  people: readonly PlannedPerson[],
  codec: PersonalDataCodec,
): Promise<void> {
  const rows = people.flatMap(({ subscriberId, person }) => phoneRows(subscriberId, person.phones, codec));
  for (const chunk of inChunks(rows)) {
    await trx('phone_numbers')
      .insert(chunk)
      .onConflict(['subscriber_id', 'position'])
      .merge(['number', 'number_lookup', 'tone_profile']);
  }
  const byCount = groupBy(people, ({ person }) => person.phones.length);
  for (const [count, some] of byCount) {
    for (const chunk of inChunks(some.map(({ subscriberId }) => subscriberId))) {
      await trx('phone_numbers').whereIn('subscriber_id', chunk).where('position', '>', count).delete();
    }
  }
}
