import type { Knex } from 'knex';
import { groupBy, inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { ChangedField, ImportDifference } from './import/import-difference.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import { addPlans, replacePlans, type PlannedPerson } from './plan-change-store.js';
import {
  phoneRows,
  subscriberRow,
  toImportedSubscriber,
  type PhoneColumns,
  type PlanColumns,
  type SubscriberColumns,
} from './subscriber-columns.js';

/** What moves calls: then the check-ins that are written ahead no longer hold. */
const planningFields: readonly ChangedField[] = ['plan', 'policyPreset', 'enrolledOn', 'withdrawnOn'];
const triesAfterDeadlock = 3;

/** The people of a station as lists bring them. */
export class SubscriberStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Everybody of a station, by member number, with what an import compares. */
  async findByStation(stationId: number): Promise<Map<string, ImportedSubscriber>> {
    const people = await this.#database('subscribers')
      .where({ station_id: stationId })
      .orderBy('id')
      .select<SubscriberColumns[]>('*');
    const ofStation = (): Knex.QueryBuilder =>
      this.#database('subscribers').select('id').where({ station_id: stationId });
    const phones = await this.#database('phone_numbers')
      .whereIn('subscriber_id', ofStation())
      .orderBy(['subscriber_id', 'position'])
      .select<PhoneColumns[]>('subscriber_id', 'position', 'number', 'tone_profile');
    const plans = await this.#database('check_in_plans')
      .whereIn('subscriber_id', ofStation())
      .whereIn('kind', ['weekly', 'daily'])
      .whereNull('ended_on')
      .orderBy('id')
      .select<PlanColumns[]>('subscriber_id', 'kind', 'weekdays', 'time', 'policy_preset');
    const phonesOf = groupBy(phones, (phone) => phone.subscriber_id);
    const planOf = new Map(plans.map((plan) => [plan.subscriber_id, plan]));
    return new Map(
      people.map((row) => {
        const person = toImportedSubscriber(row, phonesOf.get(row.id) ?? [], planOf.get(row.id), this.#codec);
        return [person.memberNumber, person];
      }),
    );
  }

  /** Stores what an import found new or changed: all of it or nothing. */
  async applyImport(
    stationId: number,
    difference: Pick<ImportDifference, 'added' | 'changed'>,
    now: Date,
  ): Promise<void> {
    if (difference.added.length + difference.changed.length === 0) return;
    const station = await this.#database('stations as t')
      .join('organizations as o', 'o.id', 't.organization_id')
      .where('t.id', stationId)
      .first<{ id: number; zone: string } | undefined>('o.id', 'o.time_zone as zone');
    if (!station) throw new RangeError(`there is no station ${stationId}`);
    const moment = { organizationId: station.id, zone: station.zone, now };
    for (let tries = 1; ; tries++) {
      try {
        await this.#database.transaction((trx) => this.#apply(trx, stationId, difference, moment));
        return;
      } catch (error) {
        // A call that ended at this moment holds the same rows in another order: the database undid us, once more then.
        if ((error as { code?: unknown }).code !== 'ER_LOCK_DEADLOCK' || tries >= triesAfterDeadlock)
          throw error;
      }
    }
  }

  async #apply(
    trx: Knex,
    stationId: number,
    { added, changed }: Pick<ImportDifference, 'added' | 'changed'>,
    moment: { organizationId: number; zone: string; now: Date },
  ): Promise<void> {
    // A plain insert: when another import has just added the same people, this one fails as a whole.
    await this.#writePeople(trx, stationId, added, 'insert', moment);
    const merged = changed.map((one) => one.merged);
    await this.#writePeople(trx, stationId, merged, 'update', moment);
    const ids = await this.#idsByMemberNumber(trx, stationId);
    const withId = (person: ImportedSubscriber): PlannedPerson => {
      const subscriberId = ids.get(this.#codec.lookup('memberNumber', person.memberNumber));
      if (subscriberId === undefined) throw new Error('a subscriber just written is not there');
      return { subscriberId, person };
    };
    await this.#writePhones(trx, [...added, ...merged].map(withId));
    await addPlans(trx, added.map(withId), moment);
    const moved = changed.filter(({ fields }) => fields.some((field) => planningFields.includes(field)));
    await replacePlans(
      trx,
      moved.map((one) => withId(one.merged)),
      moment,
    );
  }

  async #writePeople(
    trx: Knex,
    stationId: number,
    people: readonly ImportedSubscriber[],
    how: 'insert' | 'update',
    { organizationId, now }: { organizationId: number; now: Date },
  ): Promise<void> {
    for (const chunk of inChunks(people)) {
      const rows = chunk.map((person) => ({
        ...subscriberRow(person, this.#codec),
        organization_id: organizationId,
        station_id: stationId,
        created_at: now.getTime(),
        updated_at: now.getTime(),
      }));
      const insert = trx('subscribers').insert(rows);
      // One statement updates many: each row "inserted" is there already.
      await (how === 'insert'
        ? insert
        : insert.onConflict(['station_id', 'member_number_lookup']).merge(updatedColumns(rows)));
    }
  }

  async #idsByMemberNumber(trx: Knex, stationId: number): Promise<Map<string, number>> {
    const rows = await trx('subscribers')
      .where({ station_id: stationId })
      .select<{ id: number; member_number_lookup: string }[]>('id', 'member_number_lookup');
    return new Map(rows.map((row) => [row.member_number_lookup, row.id]));
  }

  async #writePhones(trx: Knex, people: readonly PlannedPerson[]): Promise<void> {
    const rows = people.flatMap(({ subscriberId, person }) =>
      phoneRows(subscriberId, person.phones, this.#codec),
    );
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
}

function updatedColumns(rows: readonly object[]): string[] {
  return Object.keys(rows[0] ?? {}).filter((column) => column !== 'created_at');
}
