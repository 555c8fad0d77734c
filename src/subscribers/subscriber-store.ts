import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import { inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import { nextTurn } from '../storage/next-turn.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { addChanges, type Changing } from './change-log-store.js';
import type { ImportDifference } from './import/import-difference.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import { changedFields, planningFields, type ChangeKind } from './person-changes.js';
import { readPeople, writePhones } from './person-rows-store.js';
import { addPlans, replacePlans, type PlannedPerson } from './plan-change-store.js';
import { subscriberRow } from './subscriber-columns.js';

/** Where people are written, and by whom. */
interface Moment extends Changing {
  organizationId: number;
  zone: string;
}

type Bringing = Pick<ImportDifference, 'added' | 'changed'>;

/** What the log of changes says of what is written, and who is told how far it is. */
interface Noting {
  kind: ChangeKind;
  before?: ReadonlyMap<string, ImportedSubscriber>;
  tell?: (written: number) => void;
}

export type Enrolled =
  | { kind: 'enrolled'; subscriberId: number }
  /** The same form was sent before. */
  | { kind: 'already'; subscriberId: number }
  | { kind: 'memberNumberTaken' };

/** The people of a station as lists and forms bring them. */
export class SubscriberStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Everybody of a station, by member number, with what an import compares. */
  async findByStation(stationId: number): Promise<Map<string, ImportedSubscriber>> {
    const people = await readPeople(this.#database, { station_id: stationId }, this.#codec);
    return new Map(people.map(({ person }) => [person.memberNumber, person]));
  }

  /** Stores what an import found new or changed: all of it or nothing. @param tell how many people are written so far */
  async applyImport(
    stationId: number,
    difference: Bringing,
    now: Date,
    userId?: number,
    tell: (written: number) => void = () => undefined,
  ): Promise<void> {
    if (difference.added.length + difference.changed.length === 0) return;
    const moment = await this.#momentOf(stationId, { userId, now });
    const before = difference.changed.length > 0 ? await this.findByStation(stationId) : undefined;
    await againAfterDeadlock(this.#database, (trx) =>
      this.#apply(trx, stationId, difference, moment, { kind: 'imported', ...(before && { before }), tell }),
    );
  }

  /**
   * Enrols one person.
   *
   * @param formKey made by the form: the same form enrols once, however often it is sent
   */
  async enrol(
    stationId: number,
    person: ImportedSubscriber,
    formKey: string,
    changing: Changing,
  ): Promise<Enrolled> {
    const moment = await this.#momentOf(stationId, changing);
    const key = { organization_id: moment.organizationId, form_key: formKey };
    return againAfterDeadlock(this.#database, async (trx) => {
      await trx('subscriber_enrolments')
        .insert({ ...key, at: moment.now.getTime() })
        .onConflict(['organization_id', 'form_key'])
        .merge(['form_key']);
      const sent = await trx('subscriber_enrolments')
        .where(key)
        .forUpdate()
        .first<{ subscriber_id: number | null }>('subscriber_id');
      if (sent.subscriber_id !== null) return { kind: 'already', subscriberId: sent.subscriber_id };
      const lookup = this.#codec.lookup('memberNumber', person.memberNumber);
      const taken = await trx('subscribers')
        .where({ station_id: stationId, member_number_lookup: lookup })
        .first<{ id: number } | undefined>('id');
      if (taken) return { kind: 'memberNumberTaken' };
      const added = [{ ...person, line: 1, blank: [] }];
      const ids = await this.#apply(trx, stationId, { added, changed: [] }, moment, { kind: 'enrolled' });
      const subscriberId = ids.get(lookup) ?? 0;
      await trx('subscriber_enrolments').where(key).update({ subscriber_id: subscriberId });
      return { kind: 'enrolled', subscriberId };
    });
  }

  async #momentOf(stationId: number, changing: Changing): Promise<Moment> {
    const station = await this.#database('stations as t')
      .join('organizations as o', 'o.id', 't.organization_id')
      .where('t.id', stationId)
      .first<{ id: number; zone: string } | undefined>('o.id', 'o.time_zone as zone');
    if (!station) throw new RangeError(`there is no station ${stationId}`);
    return { organizationId: station.id, zone: station.zone, ...changing };
  }

  /** @returns ids by the look-up values of member numbers */
  async #apply(
    trx: Knex,
    stationId: number,
    { added, changed }: Bringing,
    moment: Moment,
    { kind, before = new Map(), tell = () => undefined }: Noting,
  ): Promise<Map<string, number>> {
    // A plain insert: when another import has just added the same people, this one fails as a whole.
    await this.#writePeople(trx, stationId, added, 'insert', moment, tell);
    const merged = changed.map((one) => one.merged);
    await this.#writePeople(trx, stationId, merged, 'update', moment, (count) => tell(added.length + count));
    const ids = await this.#idsByMemberNumber(trx, stationId);
    const withId = (person: ImportedSubscriber): PlannedPerson => {
      const subscriberId = ids.get(this.#codec.lookup('memberNumber', person.memberNumber));
      if (subscriberId === undefined) throw new Error('a subscriber just written is not there');
      return { subscriberId, person };
    };
    const newcomers = await inTurns(added, withId);
    const others = await inTurns(merged, withId);
    for (const chunk of inChunks([...newcomers, ...others])) {
      await writePhones(trx, chunk, this.#codec);
      await nextTurn();
    }
    await addPlans(trx, newcomers, moment);
    const moved = new Set(
      changed
        .filter(({ fields }) => fields.some((field) => planningFields.includes(field)))
        .map((one) => one.merged),
    );
    await replacePlans(
      trx,
      others.filter(({ person }) => moved.has(person)),
      moment,
    );
    const noted = [
      ...newcomers.map(({ subscriberId }) => ({ subscriberId, kind, fields: [] })),
      ...others.map(({ subscriberId, person }) => {
        const was = before.get(person.memberNumber);
        return { subscriberId, kind, fields: was ? changedFields(was, person) : [] };
      }),
    ];
    for (const chunk of inChunks(noted)) {
      await addChanges(trx, chunk, moment, this.#codec);
      await nextTurn();
    }
    return ids;
  }

  async #writePeople(
    trx: Knex,
    stationId: number,
    people: readonly ImportedSubscriber[],
    how: 'insert' | 'update',
    { organizationId, now }: Moment,
    tell: (written: number) => void,
  ): Promise<void> {
    let written = 0;
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
      if (how === 'update') {
        const lookups = chunk.map((person) => this.#codec.lookup('memberNumber', person.memberNumber));
        await trx('subscribers')
          .where({ station_id: stationId })
          .whereIn('member_number_lookup', lookups)
          .increment('version', 1);
      }
      tell((written += chunk.length));
      await nextTurn();
    }
  }

  async #idsByMemberNumber(trx: Knex, stationId: number): Promise<Map<string, number>> {
    const rows = await trx('subscribers')
      .where({ station_id: stationId })
      .select<{ id: number; member_number_lookup: string }[]>('id', 'member_number_lookup');
    return new Map(rows.map((row) => [row.member_number_lookup, row.id]));
  }
}

/** A long list, worked off in turns. */
async function inTurns<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (const chunk of inChunks(items)) {
    results.push(...chunk.map(work));
    await nextTurn();
  }
  return results;
}

function updatedColumns(rows: readonly object[]): string[] {
  return Object.keys(rows[0] ?? {}).filter((column) => column !== 'created_at');
}
