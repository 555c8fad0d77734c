import { DateTime } from 'luxon';
import { fillDemo } from '../../src/demo/demo-data.js';
import { writePastDays } from '../../src/demo/past-store.js';
import { presetPolicies } from '../../src/checkins/call-policy.js';
import type { AlertReason } from '../../src/checkins/retry-policy.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { PauseStore } from '../../src/subscribers/pause-store.js';
import { RecordChangeStore } from '../../src/subscribers/record-change-store.js';
import { seedAttempt, seedCheckin } from './builders.js';

interface Month {
  database: Database;
  codec: PersonalDataCodec;
  zone: string;
  now: Date;
}

/** What this morning brought, by the person's place in the lists; everybody else pressed 1 at the first call. */
const mornings: Readonly<Record<number, Morning>> = {
  2: { missedAfter: [0, 15, 40], alert: 'noResponse' },
  5: { pressed: ['2', 'unwell'], alert: 'unwell' },
  8: { missedAfter: [0], again: true },
  11: { pressed: ['3', 'contactRequested'], alert: 'contactRequested' },
  13: { missedAfter: [0, 30], again: true },
  14: { paused: true },
  24: { missedAfter: [0, 15, 40], alert: 'noResponse' },
  31: { missedAfter: [0], again: true },
};

interface Morning {
  /** Minutes after nine. */
  missedAfter?: readonly number[];
  pressed?: readonly [digit: string, answer: string];
  alert?: AlertReason;
  /** One more call is to come. */
  again?: true;
  paused?: true;
}

interface Person {
  planId: number;
  organizationId: number;
  subscriberId: number;
  stationId: number;
}

/** The demo's two stations with eight weeks behind them, in the middle of a morning. @returns their organization */
export async function fillCheckIns({ database, codec, zone, now }: Month): Promise<number> {
  const organizationId = await fillDemo(database, codec, now);
  await database('organizations').where({ id: organizationId }).update({ time_zone: zone });
  for (const [preset, policy] of Object.entries(presetPolicies))
    await database('call_policies')
      .where({ organization_id: organizationId, preset })
      .update({ policy: JSON.stringify(policy) });
  const today = DateTime.fromJSDate(now, { zone }).startOf('day');
  await database('check_in_plans').update({
    time: '09:00',
    starts_at: today.minus({ years: 1 }).toMillis(),
    planned_until: today.plus({ days: 1 }).toISODate(),
  });
  await writePastDays(database, 'pbx1', zone, now);
  const people = await database('check_in_plans as p')
    .join('subscribers as s', 's.id', 'p.subscriber_id')
    .orderBy('s.id')
    .select<Person[]>(
      'p.id as planId',
      's.organization_id as organizationId',
      's.id as subscriberId',
      's.station_id as stationId',
    );
  for (const [index, person] of people.entries())
    await writeMorning(database, person, { index, today, now, morning: mornings[index] ?? {} });
  // Half of them came in the course of this year.
  for (const [index, { subscriberId }] of people.entries())
    if (index % 2 === 1)
      await database('subscribers')
        .where({ id: subscriberId })
        .update({ enrolled_on: today.minus({ days: 60 + ((index * 13) % 170) }).toISODate() });
  await tellOfContacts({ database, codec, zone, now }, people);
  return organizationId;
}

async function writeMorning(
  database: Database,
  person: Person,
  { index, today, now, morning }: { index: number; today: DateTime; now: Date; morning: Morning },
): Promise<void> {
  const { missedAfter = [], pressed, alert, again, paused } = morning;
  const date = today.toISODate() ?? '';
  const nine = today.set({ hour: 9 }).toMillis();
  const minutes = (count: number): number => nine + count * 60_000 + ((index * 37) % 50) * 1000;
  const missed = missedAfter.map(minutes);
  const talked = missedAfter.length === 0 && !paused ? minutes((index * 7) % 20) : undefined;
  const [digit, answer] = pressed ?? ['1', 'ok'];
  const last = (talked ?? missed.at(-1) ?? nine) + 50_000;
  const checkinId = await seedCheckin(database, person, date, {
    ...{ policy_preset: 'sameDay', due_at: nine, missed: missed.length },
    ...{ attempts: missed.length + (talked ? 1 : 0), rung: missed.length + (talked ? 1 : 0) },
    state: paused ? 'cancelled' : again ? 'due' : alert ? 'alerted' : 'answered',
    result: paused ? 'paused' : again ? 'noAnswer' : (alert ?? 'ok'),
    next_call_at: again ? now.getTime() + (index + 5) * 60_000 : nine,
    settled_at: again ? null : last,
  });
  const of = { checkinId, subscriberId: person.subscriberId };
  for (const at of missed) await seedAttempt(database, of, at);
  if (talked !== undefined)
    await seedAttempt(
      database,
      of,
      talked,
      { answered_at: talked + 9000, ended_at: last, outcome: answer, cause: 16, hung_up_by: 'us' },
      [{ digit, answer, at: talked + 24_000 }],
    );
  if (alert)
    await database('alerts').insert({
      ...{ organization_id: person.organizationId, station_id: person.stationId },
      ...{ subscriber_id: person.subscriberId, check_in_id: checkinId, reason: alert },
      ...{ open_key: `checkin:${checkinId}`, mail_due: null, opened_at: last },
    });
}

/** A daughter, a neighbour with the key, a week in hospital, and a pause that ends soon. */
async function tellOfContacts(
  { database, codec, zone, now }: Month,
  people: readonly Person[],
): Promise<void> {
  const changes = new RecordChangeStore({ database, codec });
  const pauses = new PauseStore({ database, codec });
  const day = (days: number): string => DateTime.fromJSDate(now, { zone }).plus({ days }).toISODate() ?? '';
  const changing = { userId: undefined, now };
  const daughter = {
    ...{ name: '伊藤 直美', relationship: '長女', number: '09039012345', mail: 'naomi@example.jp' },
    ...{ consent: 'all' as const, consentBy: 'ご本人', consentSince: '2024-06-24' },
    ...{ keyHolder: false, notes: '平日は18時より後に' },
  };
  const neighbour = {
    ...{ name: '中村 ふみ', relationship: '隣の方', number: '0473901188', mail: '' },
    ...{ consent: 'onlyWhenUnreachable' as const, consentBy: 'ご本人', consentSince: '2024-06-24' },
    ...{ keyHolder: true, notes: '' },
  };
  for (const index of [2, 5, 11]) {
    const { subscriberId } = people[index] ?? { subscriberId: 0 };
    const row = await database('subscribers')
      .where({ id: subscriberId })
      .first<{ version: number }>('version');
    await changes.changeContacts(subscriberId, row.version, [daughter, neighbour], changing);
  }
  const rests = [
    { index: 14, fromOn: day(-3), untilOn: day(2), reason: '入院（検査）' },
    { index: 2, fromOn: day(20), untilOn: day(26), reason: '長女の家へ' },
  ];
  for (const { index, ...pause } of rests)
    await pauses.addTo(people[index]?.subscriberId ?? 0, pause, changing);
}
