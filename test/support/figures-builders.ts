import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import type { OrganizationKind } from '../../src/organizations/organization-store.js';
import { seedCheckin, seedStation, seedSubscriber, type SeededSubscriber } from './builders.js';
import { seedCounsellor } from './consultation-builders.js';

/** Tuesday 2026-11-24, noon in Japan. */
export const countedToday = new Date('2026-11-24T12:00:00+09:00');

export interface CountedTown {
  city: number;
  association: number;
}

const at = (moment: string): number => Date.parse(`${moment}+09:00`);

/** Writes an autumn of two tenants, small enough to be counted by hand. */
export async function seedFigures(database: Database, codec: PersonalDataCodec): Promise<CountedTown> {
  const city = await seedTenant(database, codec, '数え市', 'municipality');
  const association = await seedTenant(database, codec, '数え町会', 'communityAssociation');
  const person = async (
    station: typeof city,
    enrolledOn: string,
    withdrawnOn: string | null = null,
  ): Promise<SeededSubscriber> => {
    const one = await seedSubscriber(database, codec, station);
    const dates = { enrolled_on: enrolledOn, withdrawn_on: withdrawnOn };
    await database('subscribers').where({ id: one.subscriberId }).update(dates);
    await database('check_in_plans')
      .where({ id: one.planId })
      .update({ starts_at: at(`${enrolledOn}T00:00`), ended_on: withdrawnOn });
    return one;
  };
  const first = await person(city, '2026-09-01');
  const second = await person(city, '2026-09-15');
  const third = await person(city, '2026-10-05');
  await person(city, '2026-10-06', '2026-10-20');
  const fifth = await person(association, '2026-11-10');

  const answered = { state: 'answered', result: 'ok', attempts: 1 } as const;
  const silent = { state: 'alerted', result: 'noAnswer', attempts: 2 } as const;
  await seedCheckin(database, first, '2026-09-10', answered);
  const missed = await seedCheckin(database, second, '2026-09-20', silent);
  await seedCheckin(database, second, '2026-09-27', { state: 'cancelled', result: 'paused' });
  // Just after midnight of Japan: still September in UTC.
  const unwell = await seedCheckin(database, first, '2026-10-01', {
    ...{ state: 'alerted', result: 'unwell', attempts: 1 },
  });
  await seedCheckin(database, third, '2026-10-15', answered);
  await seedCheckin(database, second, '2026-10-31', { state: 'confirmed', result: 'noAnswer', attempts: 1 });
  await seedCheckin(database, first, '2026-11-10', answered);
  const late = await seedCheckin(database, fifth, '2026-11-20', silent);
  await seedCheckin(database, third, '2026-11-24');
  await seedCheckin(database, first, '2026-11-25');

  const alert = (of: SeededSubscriber, checkinId: number, opened: string, minutes?: number) =>
    database('alerts').insert({
      ...{ organization_id: of.organizationId, station_id: of.stationId, subscriber_id: of.subscriberId },
      ...{ check_in_id: checkinId, reason: 'noResponse', opened_at: at(opened) },
      ...(minutes !== undefined && { state: 'closed', closed_at: at(opened) + minutes * 60_000 + 20_000 }),
    });
  await alert(second, missed, '2026-09-20T12:00', 30);
  await alert(first, unwell, '2026-10-01T00:10');
  await alert(fifth, late, '2026-11-20T12:00', 45);
  await alert(fifth, late, '2026-11-24T11:00');
  await database('alerts').insert({ reason: 'dialingStopped', opened_at: at('2026-11-20T12:00') });

  await seedConsultations(database, codec, city.organizationId);
  return { city: city.organizationId, association: association.organizationId };
}

/** Three calls of one person, a case that was worked on in two months, and a lease. */
async function seedConsultations(
  database: Database,
  codec: PersonalDataCodec,
  organizationId: number,
): Promise<void> {
  const workerId = await seedCounsellor(database, codec, organizationId, '181');
  const own = { organization_id: organizationId };
  const [caseId = 0]: number[] = await database('consultation_cases').insert({
    ...{ ...own, title: codec.encode('住まい'), opened_at: at('2026-10-05T10:00') },
  });
  for (const [received, state] of [
    ['2026-10-05T10:00', 'finished'],
    ['2026-10-31T23:50', 'finished'],
    ['2026-11-02T10:00', 'finished'],
    ['2026-11-03T10:00', 'draft'],
  ] as const) {
    await database('consultation_cards').insert({
      ...{ ...own, channel: 'phone', triage: 'standard', number_lookup: 'one person', state },
      ...{ received_at: at(received), saved_at: at(received), content: codec.encode('{}') },
    });
  }
  for (const started of ['2026-10-06T10:00', '2026-11-06T10:00']) {
    await database('support_actions').insert({
      ...{ ...own, case_id: caseId, kind: 'phone', category: 'preMoveIn', worker_id: workerId },
      ...{ started_at: at(started), created_at: at(started), minutes: 10, note: codec.encode('') },
    });
  }
  await database('concluded_leases').insert({
    ...{ ...own, case_id: caseId, signed_on: '2026-11-20' },
    ...{ content: codec.encode('{}'), created_at: at('2026-11-20T10:00') },
  });
}

async function seedTenant(
  database: Database,
  codec: PersonalDataCodec,
  organizationName: string,
  kind: OrganizationKind,
): Promise<{ organizationId: number; stationId: number }> {
  const station = await seedStation(database, codec, { organizationName });
  await database('organizations').where({ id: station.organizationId }).update({ kind });
  return station;
}
