import type { Knex } from 'knex';
import { toInstant } from '../storage/instants.js';
import { answers } from './attempt-outcome.js';
import type { AttemptFacts } from './ledger.js';
import type { CheckinOfDay } from './ledger-state.js';

/** Values in one IN list: few enough for both databases to take each from the index. */
const valuesPerStatement = 500;

export interface DayRow {
  id: number;
  subscriber_id: number;
  planned_on: string;
  due_on: string;
  due_at: number;
  state: CheckinOfDay['state'];
  result: string | null;
  next_call_at: number;
  missed: number;
  attempts: number;
  settled_at: number | null;
  member_number: string;
  name: string;
  kana: string;
  withdrawn_on: string | null;
}

interface AttemptRow {
  id: string;
  check_in_id: number;
  claimed_at: number;
  ended_at: number | null;
}

interface KeyRow {
  attempt_id: string;
  answer: string | null;
  pressed_at: number;
}

export interface AlertRow {
  id: number;
  check_in_id: number;
  reason: string;
  state: string;
  opened_at: number;
}

/** Check-ins with their person: the caller says which, by an index. */
export function dayRows(trx: Knex) {
  return trx('check_ins as c')
    .join('subscribers as s', 's.id', 'c.subscriber_id')
    .select<DayRow[]>(
      'c.id',
      'c.subscriber_id',
      'c.planned_on',
      'c.due_on',
      'c.due_at',
      'c.state',
      'c.result',
      'c.next_call_at',
      'c.missed',
      'c.attempts',
      'c.settled_at',
      's.member_number',
      's.name',
      's.kana',
      's.withdrawn_on',
    );
}

/** A check-in is done with within this many days after the one it was due on. */
const longestDays = 3;

/** Check-ins due on earlier days that go on, ended since `from`, or have an open alert however old. */
export async function rowsCarriedOver(
  trx: Knex,
  stationId: number,
  date: string,
  from: Date,
): Promise<DayRow[]> {
  const recent = await dayRows(trx)
    .where('c.station_id', stationId)
    .where('c.due_on', '>=', dayBefore(date, longestDays))
    .where('c.due_on', '<', date)
    .where((query) => {
      void query
        .whereIn('c.state', ['due', 'calling'])
        .orWhereRaw('(c.settled_at >= ? and c.attempts > 0)', [from.getTime()]);
    });
  const open = await dayRows(trx)
    .join('alerts as a', 'a.check_in_id', 'c.id')
    .where({ 'a.station_id': stationId, 'a.state': 'open' })
    .where('c.due_on', '<', date);
  return [...new Map([...recent, ...open].map((row) => [row.id, row])).values()];
}

function dayBefore(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - days * 86_400_000).toISOString().slice(0, 10);
}

/** The calls of each check-in in the order they were made, with their keys. */
export async function callsOf(
  trx: Knex,
  checkinIds: readonly number[],
): Promise<Map<number, AttemptFacts[]>> {
  const attempts = await inChunks(checkinIds, (ids) =>
    trx('attempts')
      .whereIn('check_in_id', ids)
      .select<AttemptRow[]>('id', 'check_in_id', 'claimed_at', 'ended_at'),
  );
  const keys = await inChunks(
    attempts.map(({ id }) => id),
    (ids) =>
      trx('keys_pressed')
        .whereIn('attempt_id', ids)
        .orderBy('position')
        .select<KeyRow[]>('attempt_id', 'answer', 'pressed_at'),
  );
  const keysOf = new Map<string, AttemptFacts['keys'][number][]>();
  for (const { attempt_id: id, answer, pressed_at: at } of keys) {
    const key = { at: new Date(at), answer: answers.find((known) => known === answer) };
    keysOf.set(id, [...(keysOf.get(id) ?? []), key]);
  }
  const calls = new Map<number, AttemptFacts[]>();
  for (const row of attempts.sort((one, other) => one.claimed_at - other.claimed_at)) {
    const call = {
      claimedAt: new Date(row.claimed_at),
      endedAt: toInstant(row.ended_at),
      keys: keysOf.get(row.id) ?? [],
    };
    calls.set(row.check_in_id, [...(calls.get(row.check_in_id) ?? []), call]);
  }
  return calls;
}

/** The newest alert of each check-in. */
export async function alertsOf(trx: Knex, checkinIds: readonly number[]): Promise<Map<number, AlertRow>> {
  const rows = await inChunks(checkinIds, (ids) =>
    trx('alerts')
      .whereIn('check_in_id', ids)
      .select<AlertRow[]>('id', 'check_in_id', 'reason', 'state', 'opened_at'),
  );
  const newestLast = rows.sort((one, other) => one.id - other.id);
  return new Map(newestLast.map((row) => [row.check_in_id, row]));
}

/** When each person last phoned us within the day. */
export async function callInsOf(
  trx: Knex,
  subscriberIds: readonly number[],
  { from, until }: { from: Date; until: Date },
): Promise<Map<number, Date>> {
  const rows = await inChunks(subscriberIds, (ids) =>
    trx('call_ins')
      .whereIn('subscriber_id', ids)
      .where('called_at', '>=', from.getTime())
      .where('called_at', '<', until.getTime())
      .select<{ subscriber_id: number; called_at: number }[]>('subscriber_id', 'called_at'),
  );
  const latestLast = rows.sort((one, other) => one.called_at - other.called_at);
  return new Map(latestLast.map((row) => [row.subscriber_id, new Date(row.called_at)]));
}

/** Who of them has a pause on this date. */
export async function pausedOn(
  trx: Knex,
  subscriberIds: readonly number[],
  date: string,
): Promise<Set<number>> {
  const rows = await inChunks(subscriberIds, (ids) =>
    trx('pauses')
      .whereIn('subscriber_id', ids)
      .where('from_on', '<=', date)
      .where('until_on', '>=', date)
      .select<{ subscriber_id: number }[]>('subscriber_id'),
  );
  return new Set(rows.map(({ subscriber_id: id }) => id));
}

async function inChunks<Value, Row>(
  values: readonly Value[],
  read: (chunk: readonly Value[]) => PromiseLike<Row[]>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let from = 0; from < values.length; from += valuesPerStatement) {
    rows.push(...(await read(values.slice(from, from + valuesPerStatement))));
  }
  return rows;
}
