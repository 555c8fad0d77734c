import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import type { PolicyPreset } from '../../src/checkins/call-policy.js';

/** Monday 2026-11-02, 08:00 in Japan: when everything seeded came to be. */
const longAgo = Date.parse('2026-11-01T23:00:00Z');
let count = 0;

/** Writes a tenant and one station of it. */
export async function seedStation(
  database: Database,
  _codec: PersonalDataCodec,
  overrides: { organizationId?: number; organizationName?: string; timeZone?: string; name?: string } = {},
): Promise<{ organizationId: number; stationId: number }> {
  const n = ++count;
  const organizationId =
    overrides.organizationId ??
    (await insert(database, 'organizations', {
      kind: 'municipality',
      name: overrides.organizationName ?? `試験市${n}`,
      time_zone: overrides.timeZone ?? 'Asia/Tokyo',
      key_map: JSON.stringify({ 1: 'ok', 2: 'unwell', 3: 'contactRequested' }),
      created_at: longAgo,
    }));
  const stationId = await insert(database, 'stations', {
    organization_id: organizationId,
    name: overrides.name ?? `試験ステーション${n}`,
    created_at: longAgo,
  });
  return { organizationId, stationId };
}

export interface SeededSubscriber {
  organizationId: number;
  stationId: number;
  subscriberId: number;
  planId: number;
  /** Domestic digits of the first phone. */
  number: string;
}

/** Writes a person with one phone number and a daily plan. */
export async function seedSubscriber(
  database: Database,
  codec: PersonalDataCodec,
  station: { organizationId: number; stationId: number },
  overrides: {
    memberNumber?: string;
    name?: string;
    kana?: string;
    number?: string;
    withdrawnOn?: string;
    time?: string;
    preset?: PolicyPreset;
    plannedUntil?: string;
  } = {},
): Promise<SeededSubscriber> {
  const n = ++count;
  const { organizationId, stationId } = station;
  const memberNumber = overrides.memberNumber ?? String(1000 + n);
  const number = overrides.number ?? `04739${String(n).padStart(5, '0')}`;
  const subscriberId = await insert(database, 'subscribers', {
    organization_id: organizationId,
    station_id: stationId,
    member_number: codec.encode(memberNumber),
    member_number_lookup: codec.lookup('memberNumber', memberNumber),
    name: codec.encode(overrides.name ?? `見守 花子${n}`),
    kana: codec.encode(overrides.kana ?? 'みまもり はなこ'),
    enrolled_on: '2026-11-02',
    withdrawn_on: overrides.withdrawnOn ?? null,
    notes: codec.encode(''),
    created_at: longAgo,
    updated_at: longAgo,
  });
  await insert(database, 'phone_numbers', {
    subscriber_id: subscriberId,
    position: 1,
    number: codec.encode(number),
    number_lookup: codec.lookup('number', number),
  });
  const planId = await insert(database, 'check_in_plans', {
    organization_id: organizationId,
    subscriber_id: subscriberId,
    kind: 'daily',
    time: overrides.time ?? '09:00',
    policy_preset: overrides.preset ?? 'sameDay',
    starts_at: longAgo,
    planned_until: overrides.plannedUntil ?? '2027-12-31',
  });
  return { organizationId, stationId, subscriberId, planId, number };
}

/** Columns of check_ins as stored; instants in ms. */
export interface CheckinColumns {
  policy_preset: PolicyPreset;
  planned_on: string;
  due_on: string;
  due_at: number;
  give_up_at: number;
  state: 'due' | 'calling' | 'answered' | 'alerted' | 'confirmed' | 'cancelled';
  result: string | null;
  next_call_at: number;
  missed: number;
  rung: number;
  attempts: number;
  settled_at: number | null;
}

/** Writes a check-in, by default due at 09:00 Japanese time of its day and not called yet. */
export async function seedCheckin(
  database: Database,
  subscriber: Omit<SeededSubscriber, 'number'>,
  dueOn: string,
  overrides: Partial<CheckinColumns> = {},
): Promise<number> {
  const dueAt = overrides.due_at ?? Date.parse(`${dueOn}T09:00:00+09:00`);
  return insert(database, 'check_ins', {
    organization_id: subscriber.organizationId,
    station_id: subscriber.stationId,
    subscriber_id: subscriber.subscriberId,
    plan_id: subscriber.planId,
    policy_preset: 'sameDay',
    planned_on: dueOn,
    due_on: dueOn,
    due_at: dueAt,
    give_up_at: dueAt + 3 * 3_600_000,
    state: 'due',
    next_call_at: dueAt,
    ...overrides,
  });
}

/** Columns of attempts as stored; instants in ms. */
export interface AttemptColumns {
  id: string;
  pbx_id: string;
  state: 'calling' | 'ended';
  busy_number: string | null;
  claimed_at: number;
  ringing_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  started: boolean;
  outcome: string | null;
  cause: number | null;
  sip_status: number | null;
  hung_up_by: string | null;
  settled_by: 'call' | 'record' | null;
}

/** Writes an attempt with its keys, by default one that nobody answered. */
export async function seedAttempt(
  database: Database,
  of: { checkinId: number; subscriberId: number },
  claimedAt: number,
  overrides: Partial<AttemptColumns> = {},
  keys: readonly { digit: string; answer?: string; at: number }[] = [],
): Promise<string> {
  const id = overrides.id ?? `attempt-${++count}`;
  await database('attempts').insert({
    check_in_id: of.checkinId,
    subscriber_id: of.subscriberId,
    pbx_id: 'pbx1',
    phone_position: 1,
    state: 'ended',
    claimed_at: claimedAt,
    ringing_at: claimedAt + 2000,
    ended_at: claimedAt + 47_000,
    outcome: 'noAnswer',
    cause: 19,
    ...overrides,
    id,
  });
  for (const [index, key] of keys.entries()) {
    await insert(database, 'keys_pressed', {
      attempt_id: id,
      position: index + 1,
      digit: key.digit,
      answer: key.answer ?? null,
      pressed_at: key.at,
    });
  }
  return id;
}

async function insert(database: Database, table: string, row: Record<string, unknown>): Promise<number> {
  const ids: number[] = await database(table).insert(row);
  return ids[0] ?? 0;
}
