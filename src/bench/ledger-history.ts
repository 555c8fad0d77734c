import { engineOf, type Database } from '../storage/database.js';
import { morning } from './ledger-town.js';

const weekMs = 7 * 24 * 3600_000;

/**
 * Writes the weeks before today as the service would have left them: each check-in called once and answered.
 * It copies today's check-ins inside the database, a week at a time; call it before any of them is called.
 *
 * @param from first week to write, 1 for last week
 */
export async function writeHistory(
  database: Database,
  weeks: { from: number; until: number },
  tell: (week: number) => void,
): Promise<void> {
  const today = morning.toISODate();
  for (let week = weeks.from; week <= weeks.until; week++) {
    const date = morning.minus({ weeks: week }).toISODate();
    const back = week * weekMs;
    await database.transaction(async (trx) => {
      const [last] = await trx('check_ins').max<{ id: number }[]>({ id: 'id' });
      const after = last?.id ?? 0;
      await trx.raw(
        `insert into check_ins (organization_id, station_id, subscriber_id, plan_id, policy_preset, planned_on, due_on,
           due_at, give_up_at, state, result, next_call_at, rung, attempts, settled_at)
         select organization_id, station_id, subscriber_id, plan_id, policy_preset, ?, ?,
           due_at - ?, give_up_at - ?, 'answered', 'ok', due_at - ?, 1, 1, due_at - ? + 40000
         from check_ins where due_on = ?`,
        [date, date, back, back, back, back, today],
      );
      await trx.raw(
        `insert into attempts (id, check_in_id, subscriber_id, pbx_id, phone_position, state, claimed_at, ringing_at,
           answered_at, ended_at, outcome, cause, hung_up_by, settled_by)
         select ${randomId(database)}, id, subscriber_id, 'pbx1', 1, 'ended', due_at + 1000, due_at + 2000,
           due_at + 10000, due_at + 40000, 'ok', 16, 'us', 'call'
         from check_ins where id > ?`,
        [after],
      );
      await trx.raw(
        `insert into keys_pressed (attempt_id, position, digit, answer, pressed_at)
         select a.id, 1, '1', 'ok', a.answered_at + 20000 from attempts a where a.check_in_id > ?`,
        [after],
      );
    });
    tell(week);
  }
}

/** As scattered as the ids that the dialler makes: in order, they would spare the index all its work. */
function randomId(database: Database): string {
  return engineOf(database) === 'sqlite' ? 'lower(hex(randomblob(16)))' : 'md5(concat(rand(), id))';
}
