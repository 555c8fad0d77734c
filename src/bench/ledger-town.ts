import { DateTime } from 'luxon';
import { OrganizationStore } from '../organizations/organization-store.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { benchNumber, zone } from './bench-people.js';

const rowsPerStatement = 500;

export interface TownSize {
  tenants: number;
  stationsPerTenant: number;
  subscribers: number;
  weeksShort: number;
  weeksLong: number;
}

/** The plan of the project's owner: 20,000 people called weekly for two years. */
export const fullSize: TownSize = {
  tenants: 50,
  stationsPerTenant: 4,
  subscribers: 20_000,
  weeksShort: 4,
  weeksLong: 104,
};
/** To see that the benchmark runs; its figures say little. */
export const smallSize: TownSize = {
  tenants: 10,
  stationsPerTenant: 4,
  subscribers: 4000,
  weeksShort: 2,
  weeksLong: 8,
};

/** A Monday at seven in the morning: everybody is due today, nobody yet. */
export const morning = DateTime.fromISO('2026-11-23T07:00', { zone });

/** Writes all tenants, stations and people; each person has one call a week, on the morning's weekday. */
export async function writeTown(
  database: Database,
  codec: PersonalDataCodec,
  { tenants, stationsPerTenant, subscribers }: TownSize,
): Promise<void> {
  const organizations = new OrganizationStore(database);
  const longAgo = morning.minus({ years: 3 }).toJSDate();
  const stations: { organizationId: number; stationId: number }[] = [];
  for (let n = 1; n <= tenants; n++) {
    const organizationId = await organizations.add({ kind: 'municipality', name: `計測市${n}` }, longAgo);
    for (let s = 1; s <= stationsPerTenant; s++) {
      const stationId = await organizations.addStation({ organizationId, name: `ステーション${s}` }, longAgo);
      stations.push({ organizationId, stationId });
    }
  }
  for (let from = 1; from <= subscribers; from += rowsPerStatement) {
    const count = Math.min(rowsPerStatement, subscribers + 1 - from);
    const people = Array.from({ length: count }, (_none, index) => {
      const id = from + index;
      const home = stations[id % stations.length];
      if (!home) throw new Error('no station');
      return { id, ...home };
    });
    await database.transaction(async (trx) => {
      await trx('subscribers').insert(
        people.map((person) => subscriberRow(person, codec, longAgo.getTime())),
      );
      await trx('phone_numbers').insert(people.map(({ id }) => phoneRow(id, codec)));
      await trx('check_in_plans').insert(people.map((person) => planRow(person, longAgo.getTime())));
    });
  }
}

interface Person {
  id: number;
  organizationId: number;
  stationId: number;
}

function subscriberRow(
  person: Person,
  codec: PersonalDataCodec,
  at: number,
): Record<string, string | number> {
  const memberNumber = String(person.id);
  return {
    id: person.id,
    organization_id: person.organizationId,
    station_id: person.stationId,
    member_number: codec.encode(memberNumber),
    member_number_lookup: codec.lookup('memberNumber', memberNumber),
    name: codec.encode(`計測 ${person.id}`),
    kana: codec.encode('けいそく'),
    enrolled_on: '2023-11-01',
    notes: codec.encode(''),
    created_at: at,
    updated_at: at,
  };
}

function phoneRow(id: number, codec: PersonalDataCodec): Record<string, string | number> {
  const number = benchNumber(id);
  return {
    subscriber_id: id,
    position: 1,
    number: codec.encode(number),
    number_lookup: codec.lookup('number', number),
  };
}

function planRow({ id, organizationId }: Person, startsAt: number): Record<string, string | number> {
  // Calls are wished for from nine to five, every five minutes.
  const time = morning.set({ hour: 9 }).plus({ minutes: 5 * (id % 96) });
  return {
    id,
    organization_id: organizationId,
    subscriber_id: id,
    kind: 'weekly',
    weekdays: JSON.stringify([morning.weekday]),
    time: time.toFormat('HH:mm'),
    policy_preset: 'sameDay',
    starts_at: startsAt,
    planned_until: morning.toISODate() ?? '',
  };
}
