import { DateTime } from 'luxon';
import { missReasons } from '../checkins/attempt-outcome.js';
import type { CallPolicy, Gap } from '../checkins/call-policy.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export const zone = 'Asia/Tokyo';
const tenants = 5;
const rowsPerStatement = 500;

/** Recordings that every opening plays: the tenant's name and the station's. */
export const spokenNames = ['names/matsudo', 'names/tokiwadaira'] as const;

/** A number of the benchmark's block: 04738 NNNNN, each person alike. */
export function benchNumber(which: number): string {
  return `04738${String(which).padStart(5, '0')}`;
}

/** At any hour, and a call that fails by our fault comes again at once, so that a run always ends. */
const policy: CallPolicy = {
  maxMissed: 2,
  gaps: Object.fromEntries(
    missReasons.map((reason): [string, Gap[]] => [reason, [{ kind: 'seconds', seconds: 2 }]]),
  ) as CallPolicy['gaps'],
  faultGapSeconds: 2,
  maxRung: 4,
  minimumGapSeconds: 0,
  callingHours: { from: '00:00', until: '24:00' },
  giveUp: { days: 0, minutes: 720 },
};

/** Writes people of some tenants, each with a number and one check-in planned for this minute. */
export async function writePeople(
  database: Database,
  codec: PersonalDataCodec,
  numbers: readonly string[],
  now: Date,
): Promise<void> {
  const stations = await writeStations(database, now);
  const local = DateTime.fromJSDate(now, { zone });
  for (let from = 0; from < numbers.length; from += rowsPerStatement) {
    const batch = numbers.slice(from, from + rowsPerStatement).map((number, index) => {
      const id = from + index + 1;
      const station = stations[id % stations.length];
      if (!station) throw new Error('no station');
      return { id, number, ...station };
    });
    await database.transaction(async (trx) => {
      await trx('subscribers').insert(batch.map((person) => subscriberRow(person, codec, now)));
      await trx('phone_numbers').insert(
        batch.map(({ id, number }) => ({
          subscriber_id: id,
          position: 1,
          number: codec.encode(number),
          number_lookup: codec.lookup('number', number),
        })),
      );
      await trx('check_in_plans').insert(
        batch.map(({ id, organizationId }) => ({
          organization_id: organizationId,
          subscriber_id: id,
          kind: 'once',
          once_on: local.toISODate(),
          time: local.toFormat('HH:mm'),
          policy_preset: 'sameDay',
          starts_at: now.getTime() - 60_000,
          planned_until: local.toISODate(),
        })),
      );
    });
  }
}

interface BenchStation {
  organizationId: number;
  stationId: number;
}

async function writeStations(database: Database, now: Date): Promise<BenchStation[]> {
  const organizations = new OrganizationStore(database);
  const stations: BenchStation[] = [];
  for (let n = 1; n <= tenants; n++) {
    const [tenantName, stationName] = spokenNames;
    const organizationId = await organizations.add(
      { kind: 'municipality', name: `計測市${n}`, spokenName: tenantName, policies: { sameDay: policy } },
      now,
    );
    const stationId = await organizations.addStation(
      { organizationId, name: '計測ステーション', spokenName: stationName },
      now,
    );
    stations.push({ organizationId, stationId });
  }
  return stations;
}

function subscriberRow(
  { id, organizationId, stationId }: BenchStation & { id: number },
  codec: PersonalDataCodec,
  now: Date,
): Record<string, string | number> {
  const memberNumber = String(id);
  return {
    id,
    organization_id: organizationId,
    station_id: stationId,
    member_number: codec.encode(memberNumber),
    member_number_lookup: codec.lookup('memberNumber', memberNumber),
    name: codec.encode(`計測 ${id}`),
    kana: codec.encode('けいそく'),
    enrolled_on: '2026-01-01',
    notes: codec.encode(''),
    ring_seconds: 20,
    created_at: now.getTime(),
    updated_at: now.getTime(),
  };
}
