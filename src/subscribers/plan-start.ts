import { DateTime } from 'luxon';
import type { CallPlan, ImportedSubscriber } from './import/subscriber-row.js';

/** When a new plan begins: now, but nobody is called before the day of enrolment. */
export function startOfPlan(enrolledOn: string, now: Date, zone: string): Date {
  const enrolment = DateTime.fromISO(enrolledOn, { zone }).toJSDate();
  return enrolment > now ? enrolment : now;
}

/**
 * Whether a changed plan leaves today's check-in as it is: the plan names today, too, but at a time that
 * has passed. To cancel the old one would then be to forget the person for a day.
 */
export function leavesTodayAlone(
  { plan, withdrawnOn }: Pick<ImportedSubscriber, 'plan' | 'withdrawnOn'>,
  now: Date,
  zone: string,
): boolean {
  const local = DateTime.fromJSDate(now, { zone });
  if (withdrawnOn !== undefined && withdrawnOn <= (local.toISODate() ?? '')) return false;
  return namesWeekday(plan, local.weekday) && plan.time < local.toFormat('HH:mm');
}

function namesWeekday(plan: CallPlan, weekday: number): boolean {
  return plan.kind === 'daily' || plan.days.includes(weekday);
}
