import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { addChanges, readChanges, type Changing } from './change-log-store.js';
import { replaceContacts } from './contact-store.js';
import type { ContactForm } from './contact.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import {
  changedFields,
  patched,
  planningFields,
  type ChangeKind,
  type FieldChange,
  type PersonPatch,
} from './person-changes.js';
import { isStationOf, movePerson } from './move-store.js';
import { readPeople, writePhones } from './person-rows-store.js';
import { replacePlans } from './plan-change-store.js';
import { subscriberRow } from './subscriber-columns.js';

export type Changed =
  | { kind: 'changed'; version: number; fields: FieldChange[] }
  /** Somebody else has changed the record since `version`. */
  | { kind: 'changedMeanwhile' }
  | { kind: 'memberNumberTaken' }
  /** No station of the person's tenant. */
  | { kind: 'noSuchStation' }
  | { kind: 'notFound' };

/** A record as it is now, for whoever wanted to write over it. */
export interface OtherVersion {
  version: number;
  person: ImportedSubscriber;
  by?: string;
  at?: Date;
}

class Refused extends Error {
  constructor(readonly why: Exclude<Changed, { kind: 'changed' }>) {
    super(why.kind);
  }
}

/** Changes people's records: each change names the version that it was made from. */
export class RecordChangeStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Changes some of a person's fields; check-ins that no longer hold are planned anew. */
  change(
    subscriberId: number,
    version: number,
    { patch, kind }: { patch: PersonPatch; kind: ChangeKind },
    changing: Changing,
  ): Promise<Changed> {
    return this.#changing(subscriberId, version, changing, async (trx, stored) => {
      const after = patched(stored.person, patch);
      const fields = changedFields(stored.person, after);
      const names = fields.map(({ field }) => field);
      if (names.length === 0) return { kind, fields };
      const row = subscriberRow(after, this.#codec);
      if (names.includes('memberNumber')) await this.#refuseTaken(trx, stored.stationId, row);
      await trx('subscribers').where({ id: subscriberId }).update(row);
      const planned = [{ subscriberId, person: after }];
      if (names.includes('phones')) await writePhones(trx, planned, this.#codec);
      if (names.some((name) => planningFields.includes(name))) {
        const place = await this.#placeOf(trx, subscriberId);
        await replacePlans(trx, planned, { ...place, now: changing.now });
      }
      return { kind, fields };
    });
  }

  /** Lets another station of the same tenant look after a person; the reason is kept with the change. */
  move(
    subscriberId: number,
    version: number,
    { stationId, reason }: { stationId: number; reason: string },
    changing: Changing,
  ): Promise<Changed> {
    return this.#changing(subscriberId, version, changing, async (trx, stored) => {
      if (stored.stationId === stationId) return { kind: 'moved', fields: [] };
      const place = await this.#placeOf(trx, subscriberId);
      if (!(await isStationOf(trx, place.organizationId, stationId)))
        throw new Refused({ kind: 'noSuchStation' });
      const { person } = stored;
      await this.#refuseTaken(trx, stationId, subscriberRow(person, this.#codec));
      const moment = { ...place, now: changing.now };
      const { from, to } = await movePerson(trx, { subscriberId, person }, stationId, moment);
      const fields = [
        { field: 'station', before: from, after: to },
        { field: 'moveReason', after: reason },
      ];
      return { kind: 'moved', fields };
    });
  }

  changeContacts(
    subscriberId: number,
    version: number,
    contacts: readonly ContactForm[],
    changing: Changing,
  ): Promise<Changed> {
    return this.#changing(subscriberId, version, changing, async (trx) => {
      const { before, after } = await replaceContacts(trx, subscriberId, contacts, changing, this.#codec);
      const same = JSON.stringify(before) === JSON.stringify(after);
      return { kind: 'contacts', fields: same ? [] : [{ field: 'contacts', before, after }] };
    });
  }

  /** Notes what is not kept in the record itself, such as a test call. */
  async note(
    subscriberId: number,
    kind: ChangeKind,
    fields: readonly FieldChange[],
    changing: Changing,
  ): Promise<void> {
    await addChanges(this.#database, [{ subscriberId, kind, fields }], changing, this.#codec);
  }

  /** What is stored now, and who wrote it last. */
  async present(subscriberId: number): Promise<OtherVersion | undefined> {
    const [stored] = await readPeople(this.#database, { id: subscriberId }, this.#codec);
    if (!stored) return undefined;
    const [last] = await readChanges(this.#database, subscriberId, 1, this.#codec);
    const { version, person } = stored;
    return { version, person, ...(last && { at: last.at, ...(last.by !== undefined && { by: last.by }) }) };
  }

  async #changing(
    subscriberId: number,
    version: number,
    changing: Changing,
    work: (
      trx: Knex,
      stored: { stationId: number; person: ImportedSubscriber },
    ) => Promise<{ kind: ChangeKind; fields: FieldChange[] }>,
  ): Promise<Changed> {
    try {
      return await againAfterDeadlock(this.#database, async (trx) => {
        const won = await trx('subscribers')
          .where({ id: subscriberId, version })
          .update({ version: version + 1, updated_at: changing.now.getTime() });
        const [stored] = await readPeople(trx, { id: subscriberId }, this.#codec);
        if (!stored) throw new Refused({ kind: 'notFound' });
        if (won === 0) throw new Refused({ kind: 'changedMeanwhile' });
        const { kind, fields } = await work(trx, stored);
        if (fields.length === 0) {
          // Nothing is different: then nobody else's form has become old.
          await trx('subscribers').where({ id: subscriberId }).update({ version });
          return { kind: 'changed', version, fields };
        }
        await addChanges(trx, [{ subscriberId, kind, fields }], changing, this.#codec);
        return { kind: 'changed', version: version + 1, fields };
      });
    } catch (error) {
      if (error instanceof Refused) return error.why;
      throw error;
    }
  }

  async #refuseTaken(trx: Knex, stationId: number, row: ReturnType<typeof subscriberRow>): Promise<void> {
    const taken = await trx('subscribers')
      .where({ station_id: stationId, member_number_lookup: row.member_number_lookup ?? '' })
      .first<{ id: number } | undefined>('id');
    if (taken) throw new Refused({ kind: 'memberNumberTaken' });
  }

  async #placeOf(trx: Knex, subscriberId: number): Promise<{ organizationId: number; zone: string }> {
    const row = await trx('subscribers as s')
      .join('organizations as o', 'o.id', 's.organization_id')
      .where('s.id', subscriberId)
      .first<{ id: number; zone: string }>('o.id', 'o.time_zone as zone');
    return { organizationId: row.id, zone: row.zone };
  }
}
