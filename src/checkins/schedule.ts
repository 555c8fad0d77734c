import { DateTime } from 'luxon';
import { zoneNamed } from '../time-zone.js';
import { giveUpMoment, nextCallingMoment } from './calling-hours.js';
import type { CallPolicy, PolicyPreset } from './call-policy.js';

/** When a person wants to be called. Dates are `YYYY-MM-DD` and times `HH:mm`, in the tenant's zone. */
export interface CheckinPlan {
  id: number;
  kind: 'weekly' | 'daily' | 'once';
  /** ISO weekdays, 1 = Monday. */
  weekdays: readonly number[];
  onceOn: string | undefined;
  time: string;
  preset: PolicyPreset;
  startsAt: Date;
  /** The first day without a call any more. */
  endedOn: string | undefined;
}

/** When nobody is at the station, and what then becomes of a call. */
export interface StationCalendar {
  closedDays: 'callAnyway' | 'nextOpenDay';
  isClosed: (date: string) => boolean;
}

export interface PlannedCheckin {
  planId: number;
  plannedOn: string;
  dueOn: string;
  dueAt: Date;
  nextCallAt: Date;
  giveUpAt: Date;
  /** The day is closed and the person is called on the next open day for another check-in anyway: a line, no call. */
  mergedIntoNextOpenDay: boolean;
}

/** A longer closure is a mistake of the calendar: then the person is called on the day itself. */
const longestClosureDays = 14;

/** The check-ins that a plan names from one day up to, not including, another. */
export function plannedCheckins(
  plan: CheckinPlan,
  { from, until }: { from: string; until: string },
  calendar: StationCalendar,
  policies: Readonly<Record<PolicyPreset, CallPolicy>>,
  zone: string,
): PlannedCheckin[] {
  const planned: PlannedCheckin[] = [];
  // Who is enrolled at 9:00:30 for 9:00 is called this minute.
  const firstMinute = DateTime.fromJSDate(plan.startsAt).startOf('minute').toJSDate();
  for (
    let day = DateTime.fromISO(from, { zone: zoneNamed(zone) });
    (day.toISODate() ?? '') < until;
    day = day.plus({ days: 1 })
  ) {
    const plannedOn = day.toISODate() ?? '';
    if (!isNamed(plan, day)) continue;
    const dueDay = dueDayFor(day, calendar);
    const [hour = 0, minute = 0] = plan.time.split(':').map(Number);
    // A time that a change of clocks skips is the first one after it: luxon moves it forward.
    const dueAt = dueDay.set({ hour, minute }).toJSDate();
    if (dueAt < firstMinute) continue;
    const policy = policies[plan.preset];
    planned.push({
      planId: plan.id,
      plannedOn,
      dueOn: dueDay.toISODate() ?? '',
      dueAt,
      nextCallAt: nextCallingMoment(dueAt, policy.callingHours, zone),
      giveUpAt: giveUpMoment(dueAt, policy, zone),
      mergedIntoNextOpenDay: !dueDay.equals(day) && isMerged(plan, day, dueDay, calendar),
    });
  }
  return planned;
}

function isNamed(plan: CheckinPlan, day: DateTime): boolean {
  const date = day.toISODate() ?? '';
  if (plan.endedOn !== undefined && date >= plan.endedOn) return false;
  switch (plan.kind) {
    case 'daily':
      return true;
    case 'weekly':
      return plan.weekdays.includes(day.weekday);
    case 'once':
      return plan.onceOn === date;
  }
}

function dueDayFor(day: DateTime, calendar: StationCalendar): DateTime {
  if (calendar.closedDays === 'callAnyway') return day;
  for (let ahead = 0; ahead <= longestClosureDays; ahead++) {
    const candidate = day.plus({ days: ahead });
    if (!calendar.isClosed(candidate.toISODate() ?? '')) return candidate;
  }
  return day;
}

/** Whether any later day up to the open one is named by the plan too: one call serves them all. */
function isMerged(plan: CheckinPlan, day: DateTime, dueDay: DateTime, calendar: StationCalendar): boolean {
  for (let later = day.plus({ days: 1 }); later <= dueDay; later = later.plus({ days: 1 })) {
    if (isNamed(plan, later) && dueDayFor(later, calendar).equals(dueDay)) return true;
  }
  return false;
}
