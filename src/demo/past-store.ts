import { DateTime } from 'luxon';
import { newAttemptId } from '../checkins/attempt-id.js';
import type { Database } from '../storage/database.js';
import { pastDayOf, type PastDay } from './past-days.js';

/** As far back as a station's page looks. */
const pastDays = 56;
const rowsPerStatement = 200;
const pickUpMs = 9000;
const talkMs = 24_000;
const ringMs = 40_000;

interface PlanRow {
  id: number;
  organization_id: number;
  station_id: number;
  subscriber_id: number;
  policy_preset: string;
}

/** Writes the eight weeks before today for everybody who has a plan: mostly well, now and then not. */
export async function writePastDays(
  database: Database,
  pbxId: string,
  zone: string,
  now: Date,
): Promise<void> {
  const plans = await database('check_in_plans as p')
    .join('subscribers as s', 's.id', 'p.subscriber_id')
    .orderBy('p.id')
    .select<PlanRow[]>('p.id', 'p.organization_id', 's.station_id', 'p.subscriber_id', 'p.policy_preset');
  const [last] = await database('check_ins').max<{ id: number | null }[]>({ id: 'id' });
  let id = last?.id ?? 0;
  const rows = {
    check_ins: [] as Row[],
    attempts: [] as Row[],
    keys_pressed: [] as Row[],
    alerts: [] as Row[],
  };
  for (const [person, plan] of plans.entries()) {
    for (let daysAgo = pastDays; daysAgo >= 1; daysAgo--) {
      const dueAt = DateTime.fromJSDate(now, { zone }).minus({ days: daysAgo }).set({ hour: 9, minute: 0 });
      const day = { id: ++id, plan, pbxId, dueAt: dueAt.startOf('minute'), past: pastDayOf(person, daysAgo) };
      rows.check_ins.push(checkInRow(day));
      for (const made of attemptRows(day)) {
        rows.attempts.push(made.attempt);
        if (made.key) rows.keys_pressed.push(made.key);
      }
      if (day.past.alert) rows.alerts.push(alertRow(day, day.past.alert));
    }
  }
  await database.transaction(async (trx) => {
    for (const [table, all] of Object.entries(rows)) await trx.batchInsert(table, all, rowsPerStatement);
  });
}

type Row = Record<string, string | number | boolean | null>;

interface Day {
  id: number;
  plan: PlanRow;
  pbxId: string;
  dueAt: DateTime;
  past: PastDay;
}

function checkInRow({ id, plan, dueAt, past }: Day): Row {
  const { tries, alert, state, result } = past;
  const due = dueAt.toMillis();
  const ended = due + (tries.at(-1)?.afterSeconds ?? 0) * 1000 + ringMs;
  const date = dueAt.toISODate() ?? '';
  const whose = {
    organization_id: plan.organization_id,
    station_id: plan.station_id,
    subscriber_id: plan.subscriber_id,
    plan_id: plan.id,
    policy_preset: plan.policy_preset,
  };
  return {
    ...whose,
    ...{ id, state, result, planned_on: date, due_on: date, due_at: due, next_call_at: due },
    give_up_at: due + 3 * 3600_000,
    missed: tries.filter(({ key }) => !key).length,
    rung: tries.length,
    attempts: tries.length,
    settled_at: alert && state === 'confirmed' ? ended + alert.closedAfterMinutes * 60_000 : ended,
  };
}

function attemptRows({ id, plan, pbxId, dueAt, past }: Day): { attempt: Row; key: Row | undefined }[] {
  return past.tries.map(({ afterSeconds, outcome, key }) => {
    const claimed = dueAt.toMillis() + afterSeconds * 1000;
    const isAnswered = key !== undefined || outcome === 'hungUpEarly';
    const answeredAt = isAnswered ? claimed + pickUpMs : null;
    const attempt = {
      ...{ id: newAttemptId(new Date(claimed)), check_in_id: id, subscriber_id: plan.subscriber_id },
      ...{ pbx_id: pbxId, phone_position: 1, state: 'ended', started: true, outcome, settled_by: 'call' },
      claimed_at: claimed,
      ringing_at: outcome === 'busy' ? null : claimed + 1500,
      answered_at: answeredAt,
      ended_at: answeredAt === null ? claimed + ringMs : answeredAt + talkMs,
      cause: outcome === 'busy' ? 17 : answeredAt === null ? 19 : 16,
      hung_up_by: answeredAt === null ? 'network' : key ? 'us' : 'them',
    };
    const pressed = key && {
      ...{ attempt_id: attempt.id, position: 1, ...key },
      pressed_at: (answeredAt ?? claimed) + 15_000,
    };
    return { attempt, key: pressed };
  });
}

function alertRow({ id, plan, dueAt, past }: Day, alert: NonNullable<PastDay['alert']>): Row {
  const opened = dueAt.toMillis() + (past.tries.at(-1)?.afterSeconds ?? 0) * 1000 + ringMs;
  return {
    organization_id: plan.organization_id,
    station_id: plan.station_id,
    subscriber_id: plan.subscriber_id,
    check_in_id: id,
    reason: alert.reason,
    state: 'closed',
    open_key: null,
    // Nobody is told today of what was over long ago.
    mail_due: null,
    opened_at: opened,
    closed_at: opened + alert.closedAfterMinutes * 60_000,
  };
}
