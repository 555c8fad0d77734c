import type { Knex } from 'knex';
import { keepTodayAndReplan, type PlannedPerson } from './plan-change-store.js';

/** The stations of a move, as the log of changes names them. */
export interface MovedBetween {
  from: string;
  to: string;
}

/** Whether the person's tenant has this station. */
export async function isStationOf(trx: Knex, organizationId: number, stationId: number): Promise<boolean> {
  const row = await trx('stations')
    .where({ id: stationId, organization_id: organizationId })
    .first<{ id: number } | undefined>('id');
  return row !== undefined;
}

/**
 * Lets another station look after a person. What is still to be done moves along: check-ins that are due, and
 * alerts that nobody has taken, which the new station is told of. A call that rings now stays with the station
 * that waits for it, as does what somebody sees to already. From tomorrow on the plan is written anew, for
 * stations are closed on different days.
 *
 * @param trx has written the person's row already: no other change of this person goes on
 */
export async function movePerson(
  trx: Knex,
  person: PlannedPerson,
  stationId: number,
  moment: { organizationId: number; zone: string; now: Date },
): Promise<MovedBetween> {
  const { subscriberId } = person;
  const names = await trx('stations as t')
    .leftJoin('subscribers as s', (join) => join.on('s.station_id', 't.id').andOnVal('s.id', subscriberId))
    .whereNotNull('s.id')
    .orWhere('t.id', stationId)
    .select<{ name: string; id: number; subscriber: number | null }[]>(
      't.name',
      't.id',
      's.id as subscriber',
    );
  await trx('subscribers').where({ id: subscriberId }).update({ station_id: stationId });
  // First the plans: the planner locks them too, and what it has written by then is moved below.
  await keepTodayAndReplan(trx, person, moment);
  await trx('check_ins')
    .where({ subscriber_id: subscriberId, state: 'due' })
    .update({ station_id: stationId });
  await trx('alerts')
    .where({ subscriber_id: subscriberId, state: 'open' })
    .whereNull('owner_id')
    .update({ station_id: stationId, mail_due: 'opened' });
  return {
    from: names.find(({ subscriber }) => subscriber !== null)?.name ?? '',
    to: names.find(({ id }) => id === stationId)?.name ?? '',
  };
}
