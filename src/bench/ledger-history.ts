import type { Knex } from 'knex';
import { engineOf, type Database } from '../storage/database.js';
import { morning } from './ledger-town.js';

const weekMs = 7 * 24 * 3600_000;

/**
 * Writes the weeks before today as the service would have left them: each check-in called once and answered.
 * It copies today's check-ins inside the database, a week at a time; call it before any of them is called.
 *
 * @param lastOfToday id of the last of today's check-ins, which come first in the table
 * @param weeks the first and the last week to write, 1 for last week
 */
export async function writeHistory(
  database: Database,
  lastOfToday: number,
  weeks: { from: number; until: number },
  tell: (week: number) => void,
): Promise<void> {
  for (let week = weeks.from; week <= weeks.until; week++) {
    const date = morning.minus({ weeks: week }).toISODate();
    const back = week * weekMs;
    await database.transaction(async (trx) => {
      if (engineOf(database) === 'mariadb') await trx.raw('set unique_checks = 0, foreign_key_checks = 0');
      const after = await lastCheckin(trx);
      await trx.raw(
        `insert into check_ins (organization_id, station_id, subscriber_id, plan_id, policy_preset, planned_on, due_on,
           due_at, give_up_at, state, result, next_call_at, rung, attempts, settled_at)
         select organization_id, station_id, subscriber_id, plan_id, policy_preset, ?, ?,
           due_at - ?, give_up_at - ?, 'answered', 'ok', due_at - ?, 1, 1, due_at - ? + 40000
         from check_ins where id <= ?`,
        [date, date, back, back, back, back, lastOfToday],
      );
      await trx.raw(
        `insert into attempts (id, check_in_id, subscriber_id, pbx_id, phone_position, state, claimed_at, ringing_at,
           answered_at, ended_at, outcome, cause, hung_up_by, settled_by)
         select ${idOfAttempt(database)}, id, subscriber_id, 'pbx1', 1, 'ended', due_at + 1000, due_at + 2000,
           due_at + 10000, due_at + 40000, 'ok', 16, 'us', 'call'
         from check_ins where id > ?`,
        [after],
      );
      await trx.raw(
        `insert into keys_pressed (attempt_id, position, digit, answer, pressed_at)
         select a.id, 1, '1', 'ok', a.answered_at + 20000 from attempts a where a.check_in_id > ?`,
        [after],
      );
      if (engineOf(database) === 'mariadb') await trx.raw('set unique_checks = 1, foreign_key_checks = 1');
    });
    tell(week);
  }
}

/** The id of the newest check-in. */
export async function lastCheckin(database: Knex): Promise<number> {
  const [last] = await database('check_ins').max<{ id: number }[]>({ id: 'id' });
  return last?.id ?? 0;
}

/** Like those that the dialler makes: the moment first, and chance after it. */
function idOfAttempt(database: Database): string {
  return engineOf(database) === 'sqlite'
    ? "printf('%012x', due_at + 1000) || '-7' || lower(hex(randomblob(11)))"
    : "concat(lpad(lower(hex(due_at + 1000)), 12, '0'), '-7', left(md5(concat(rand(), id)), 22))";
}
