import { DateTime } from 'luxon';
import { writePastDays } from '../demo/past-store.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { benchNumber, zone } from './bench-people.js';

const rowsPerStatement = 500;

/** A tenant as large as the plan of the project's owner allows for. */
export interface ConsoleTown {
  stationId: number;
  /** Ways in which somebody looks for a person. */
  searches: readonly string[];
}

const families = [
  ['佐藤', 'さとう'],
  ['鈴木', 'すずき'],
  ['高橋', 'たかはし'],
  ['田中', 'たなか'],
  ['渡辺', 'わたなべ'],
  ['伊藤', 'いとう'],
  ['小林', 'こばやし'],
  ['中村', 'なかむら'],
  ['大野', 'おおの'],
  ['五十嵐', 'いがらし'],
] as const;
const given = [
  ['キヨ', 'きよ'],
  ['茂', 'しげる'],
  ['清', 'きよし'],
  ['ハナ', 'はな'],
  ['久子', 'ひさこ'],
  ['正一', 'しょういち'],
  ['千代', 'ちよ'],
  ['勇', 'いさむ'],
] as const;

/**
 * Adds stations with people to a tenant: the first station has all of those who are called today, with eight
 * weeks behind them and a morning as it usually goes; the other people only have to be found.
 */
export async function writeConsoleTown(
  database: Database,
  codec: PersonalDataCodec,
  { organizationId, people, calledToday }: { organizationId: number; people: number; calledToday: number },
): Promise<ConsoleTown> {
  const now = new Date();
  const organizations = new OrganizationStore(database);
  const stationId = await organizations.addStation({ organizationId, name: '計測ステーション' }, now);
  const farId = await organizations.addStation({ organizationId, name: 'となりのステーション' }, now);
  const all = Array.from({ length: people }, (_none, index) => index + 1);
  for (let from = 0; from < all.length; from += rowsPerStatement) {
    const batch = all.slice(from, from + rowsPerStatement);
    await database.transaction(async (trx) => {
      await trx('subscribers').insert(
        batch.map((id) =>
          subscriberRow(id, organizationId, id <= calledToday ? stationId : farId, codec, now),
        ),
      );
      await trx('phone_numbers').insert(
        batch.map((id) => ({
          subscriber_id: id,
          position: 1,
          number: codec.encode(benchNumber(id)),
          number_lookup: codec.lookup('number', benchNumber(id)),
        })),
      );
      const called = batch.filter((id) => id <= calledToday);
      if (called.length > 0) {
        await trx('check_in_plans').insert(called.map((id) => planRow(id, organizationId, now)));
      }
    });
  }
  await writePastDays(database, 'pbx1', zone, now);
  await writeToday(database, now);
  const searches = all
    .filter((id) => id % Math.ceil(people / 50) === 1)
    .flatMap((id) => [
      kanaOf(id),
      kanaOf(id).slice(0, 3),
      benchNumber(id),
      benchNumber(id).slice(-4),
      `M${id}`,
    ]);
  return { stationId, searches };
}

function nameOf(id: number): string {
  return `${pick(families, id)[0]}　${pick(given, id >> 3)[0]}`;
}

function kanaOf(id: number): string {
  return `${pick(families, id)[1]}　${pick(given, id >> 3)[1]}`;
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

function subscriberRow(
  id: number,
  organizationId: number,
  stationId: number,
  codec: PersonalDataCodec,
  now: Date,
): Record<string, string | number> {
  return {
    id,
    organization_id: organizationId,
    station_id: stationId,
    member_number: codec.encode(`M${id}`),
    member_number_lookup: codec.lookup('memberNumber', `M${id}`),
    name: codec.encode(nameOf(id)),
    kana: codec.encode(kanaOf(id)),
    enrolled_on: '2025-04-01',
    notes: codec.encode(id % 5 === 0 ? '耳が遠い。ゆっくり話す。' : ''),
    created_at: now.getTime(),
    updated_at: now.getTime(),
  };
}

/** Planned from tomorrow on: what is due today is written here. */
function planRow(id: number, organizationId: number, now: Date): Record<string, string | number> {
  const tomorrow = DateTime.fromJSDate(now, { zone }).plus({ days: 1 });
  return {
    organization_id: organizationId,
    subscriber_id: id,
    kind: 'daily',
    time: '09:00',
    policy_preset: 'sameDay',
    starts_at: now.getTime(),
    planned_until: tomorrow.toISODate() ?? '',
  };
}

/** Today as yesterday went, with every tenth person still to be called in some hours. */
async function writeToday(database: Database, now: Date): Promise<void> {
  const today = DateTime.fromJSDate(now, { zone }).toISODate() ?? '';
  const yesterday = DateTime.fromJSDate(now, { zone }).minus({ days: 1 }).toISODate() ?? '';
  const later = now.getTime() + 6 * 3600_000;
  const [last] = await database('check_ins').max<{ id: number }[]>({ id: 'id' });
  const before = last?.id ?? 0;
  const dayMs = 24 * 3600_000;
  await database.raw(
    `insert into check_ins (organization_id, station_id, subscriber_id, plan_id, policy_preset, planned_on, due_on,
       due_at, give_up_at, state, result, next_call_at, missed, rung, attempts, settled_at)
     select organization_id, station_id, subscriber_id, plan_id, policy_preset, ?, ?, due_at + ${dayMs},
       ?, case when subscriber_id % 10 = 0 then 'due' else state end,
       case when subscriber_id % 10 = 0 then null else result end, ?, missed, rung, attempts, settled_at + ${dayMs}
     from check_ins where due_on = ? and id <= ?`,
    [today, today, later + dayMs, later, yesterday, before],
  );
  // What silence and a wish to be called back left open this morning.
  await database.raw(
    `insert into alerts (organization_id, station_id, subscriber_id, check_in_id, reason, open_key, opened_at)
     select c.organization_id, c.station_id, c.subscriber_id, c.id,
       case when c.result = 'confirmedByOther' then 'noResponse' else c.result end, 'checkin:' || c.id, ?
     from check_ins c where c.due_on = ? and c.id > ? and c.state in ('alerted', 'confirmed')`,
    [now.getTime(), today, before],
  );
  await database('check_ins')
    .where('id', '>', before)
    .where({ state: 'confirmed' })
    .update({ state: 'alerted' });
}
