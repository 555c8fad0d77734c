import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import { groupBy } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { PersonFields } from './person-fields.js';

export type PersonRole = 'principal' | 'visitor' | 'household';

export interface Person {
  id: number;
  content: PersonFields;
  subscriberId: number | undefined;
  version: number;
  updatedAt: Date;
}

export interface PersonOfCase extends Person {
  role: PersonRole;
  relationship: string;
}

interface PersonRow {
  id: number;
  content: string;
  subscriber_id: number | null;
  version: number;
  updated_at: number;
}

/** The people who ask, and those for whom they ask. */
export class PersonStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async find(organizationId: number, personId: number): Promise<Person | undefined> {
    const row = await this.#database('consultation_persons')
      .where({ id: personId, organization_id: organizationId })
      .first<PersonRow | undefined>('*');
    return row && toPerson(row, this.#codec);
  }

  /** Everybody with this number, in domestic digits. */
  async findByNumber(organizationId: number, number: string): Promise<Person[]> {
    const rows = await this.#database('consultation_person_phones as n')
      .join('consultation_persons as p', 'p.id', 'n.person_id')
      .where({ 'n.number_lookup': this.#codec.lookup('number', number), 'p.organization_id': organizationId })
      .orderBy('p.id')
      .select<PersonRow[]>('p.*');
    return rows.map((row) => toPerson(row, this.#codec));
  }

  /** Changes what is given and leaves the rest; false when somebody changed the person meanwhile, or there is none. */
  async change(
    organizationId: number,
    personId: number,
    { version, person, now }: { version: number; person: PersonFields; now: Date },
  ): Promise<Person | false> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const row = await trx('consultation_persons')
        .where({ id: personId, organization_id: organizationId, version })
        .forUpdate()
        .first<PersonRow | undefined>('*');
      if (!row) return false;
      const content = { ...toPerson(row, this.#codec).content, ...person };
      await trx('consultation_persons')
        .where({ id: personId })
        .update({
          content: this.#codec.encode(JSON.stringify(content)),
          version: version + 1,
          updated_at: now.getTime(),
        });
      await writePhones(trx, personId, content, this.#codec);
      return {
        id: personId,
        content,
        subscriberId: row.subscriber_id ?? undefined,
        version: version + 1,
        updatedAt: now,
      };
    });
  }
}

/** Writes a new person inside a larger change. */
export async function addPerson(
  trx: Knex,
  organizationId: number,
  person: { content: PersonFields; subscriberId?: number | undefined },
  codec: PersonalDataCodec,
  now: Date,
): Promise<number> {
  const [id = 0]: number[] = await trx('consultation_persons').insert({
    organization_id: organizationId,
    content: codec.encode(JSON.stringify(person.content)),
    subscriber_id: person.subscriberId ?? null,
    created_at: now.getTime(),
    updated_at: now.getTime(),
  });
  await writePhones(trx, id, person.content, codec);
  return id;
}

/** The people of some cases: case → its people, the principals first. */
export async function personsOfCases(
  trx: Knex,
  caseIds: readonly number[],
  codec: PersonalDataCodec,
): Promise<Map<number, PersonOfCase[]>> {
  const rows = await trx('consultation_case_persons as m')
    .join('consultation_persons as p', 'p.id', 'm.person_id')
    .whereIn('m.case_id', caseIds)
    .orderBy('p.id')
    .select<(PersonRow & { case_id: number; role: PersonRole; relationship: string })[]>(
      'p.*',
      'm.case_id',
      'm.role',
      'm.relationship',
    );
  const order: readonly PersonRole[] = ['principal', 'visitor', 'household'];
  const sorted = rows.sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role));
  return new Map(
    [...groupBy(sorted, (row) => row.case_id)].map(([caseId, people]) => [
      caseId,
      people.map((row) => ({
        ...toPerson(row, codec),
        role: row.role,
        relationship: codec.decode(row.relationship),
      })),
    ]),
  );
}

async function writePhones(
  trx: Knex,
  personId: number,
  { phones = [] }: PersonFields,
  codec: PersonalDataCodec,
): Promise<void> {
  await trx('consultation_person_phones').where({ person_id: personId }).delete();
  const lookups = new Set(phones.map((number) => codec.lookup('number', number)));
  if (lookups.size === 0) return;
  await trx('consultation_person_phones').insert(
    [...lookups].map((lookup) => ({ person_id: personId, number_lookup: lookup })),
  );
}

function toPerson(row: PersonRow, codec: PersonalDataCodec): Person {
  return {
    id: row.id,
    // Empty: it was erased.
    content: row.content === '' ? {} : (JSON.parse(codec.decode(row.content)) as PersonFields),
    subscriberId: row.subscriber_id ?? undefined,
    version: row.version,
    updatedAt: new Date(row.updated_at),
  };
}
