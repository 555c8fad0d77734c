import type { Knex } from 'knex';
import { inChunks } from '../storage/chunks.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { ChangeKind, FieldChange } from './person-changes.js';

/** Who changes a record, and when; nobody at the terminal. */
export interface Changing {
  userId: number | undefined;
  now: Date;
}

export interface ChangeEntry {
  id: number;
  at: Date;
  /** Undefined when it was done at the terminal. */
  by: string | undefined;
  kind: ChangeKind;
  fields: FieldChange[];
}

/** Notes changes of people's records, beside the changes themselves. */
export async function addChanges(
  trx: Knex,
  changes: readonly { subscriberId: number; kind: ChangeKind; fields: readonly FieldChange[] }[],
  { userId, now }: Changing,
  codec: PersonalDataCodec,
): Promise<void> {
  for (const chunk of inChunks(changes)) {
    await trx('subscriber_changes').insert(
      chunk.map(({ subscriberId, kind, fields }) => ({
        subscriber_id: subscriberId,
        at: now.getTime(),
        user_id: userId ?? null,
        kind,
        fields: codec.encode(JSON.stringify(fields)),
      })),
    );
  }
}

/** The newest changes of a person's record first. */
export async function readChanges(
  database: Knex,
  subscriberId: number,
  limit: number,
  codec: PersonalDataCodec,
): Promise<ChangeEntry[]> {
  const rows = await database('subscriber_changes as c')
    .leftJoin('users as u', 'u.id', 'c.user_id')
    .where('c.subscriber_id', subscriberId)
    .orderBy('c.id', 'desc')
    .limit(limit)
    .select<{ id: number; at: number; kind: ChangeKind; fields: string; user_name: string | null }[]>(
      'c.id',
      'c.at',
      'c.kind',
      'c.fields',
      'u.name as user_name',
    );
  return rows.map((row) => ({
    id: row.id,
    at: new Date(row.at),
    by: row.user_name === null ? undefined : codec.decode(row.user_name),
    kind: row.kind,
    fields: JSON.parse(codec.decode(row.fields)) as FieldChange[],
  }));
}
