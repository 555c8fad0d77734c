import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { PersonResult } from './judge.js';

interface ResultRow {
  id: number;
  subscriber_id: number;
  name: string;
  number: string;
  state: string;
  result: string | null;
  attempts: number;
  reason: string | null;
}

/** What became of everybody who was due in this time. */
export async function readResults(
  database: Database,
  codec: PersonalDataCodec,
  { from, until }: { from: Date; until: Date },
): Promise<PersonResult[]> {
  const rows = await database('check_ins as c')
    .join('subscribers as s', 's.id', 'c.subscriber_id')
    .join('phone_numbers as n', 'n.subscriber_id', 'c.subscriber_id')
    .leftJoin('alerts as a', 'a.check_in_id', 'c.id')
    .whereBetween('c.due_at', [from.getTime(), until.getTime()])
    .orderBy('c.id')
    .select<ResultRow[]>(
      'c.id',
      'c.subscriber_id',
      's.name',
      'n.number',
      'c.state',
      'c.result',
      'c.attempts',
      'a.reason',
    );
  const keys = await database('keys_pressed as k')
    .join('attempts as a', 'a.id', 'k.attempt_id')
    .where('a.claimed_at', '>=', from.getTime())
    .orderBy(['a.claimed_at', 'k.position'])
    .select<{ check_in_id: number; digit: string }[]>('a.check_in_id', 'k.digit');
  return rows.map((row) => ({
    number: codec.decode(row.number),
    name: codec.decode(row.name),
    state: row.state,
    result: row.result ?? undefined,
    alertReason: row.reason ?? undefined,
    attempts: row.attempts,
    keys: keys
      .filter((key) => key.check_in_id === row.id)
      .map((key) => key.digit)
      .join(''),
  }));
}

/** Names by subscriber, for the view. */
export async function namesOf(database: Database, codec: PersonalDataCodec): Promise<Map<number, string>> {
  const rows = await database('subscribers').select<{ id: number; name: string }[]>('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, codec.decode(name)]));
}
