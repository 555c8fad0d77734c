import { DateTime } from 'luxon';
import { zoneNamed } from '../time-zone.js';
import type { CallPolicy } from './call-policy.js';

type Hours = CallPolicy['callingHours'];

/** Whether a phone may ring at this moment, in the tenant's zone: from the first minute, up to but not at the last. */
export function isWithinCallingHours(at: Date, hours: Hours, zone: string): boolean {
  const { opens, closes } = hoursOfDay(DateTime.fromJSDate(at, { zone: zoneNamed(zone) }), hours);
  return opens <= at && at < closes;
}

/** This moment if a phone may ring then, else the next opening. */
export function nextCallingMoment(at: Date, hours: Hours, zone: string): Date {
  const day = DateTime.fromJSDate(at, { zone: zoneNamed(zone) });
  const today = hoursOfDay(day, hours);
  if (at < today.opens) return today.opens;
  if (at < today.closes) return at;
  return hoursOfDay(day.plus({ days: 1 }), hours).opens;
}

/** The last moment for a call of a check-in that is due at `dueAt`, never past the calling hours of its last day. */
export function giveUpMoment(
  dueAt: Date,
  policy: Pick<CallPolicy, 'giveUp' | 'callingHours'>,
  zone: string,
): Date {
  const allDay = policy.callingHours.from === '00:00' && policy.callingHours.until === '24:00';
  const lastDue = DateTime.fromJSDate(dueAt, { zone: zoneNamed(zone) }).plus({ days: policy.giveUp.days });
  const { closes } = hoursOfDay(lastDue, policy.callingHours);
  const wanted = lastDue.plus({ minutes: policy.giveUp.minutes }).toJSDate();
  // Hours that never end do not end at midnight; a check-in due outside the hours still gets its end: the wanted one.
  return !allDay && wanted > closes && lastDue.toJSDate() < closes ? closes : wanted;
}

function hoursOfDay(day: DateTime, hours: Hours): { opens: Date; closes: Date } {
  return { opens: atTime(day, hours.from), closes: atTime(day, hours.until) };
}

function atTime(day: DateTime, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const start = day.startOf('day');
  return (hour === 24 ? start.plus({ days: 1 }) : start.set({ hour, minute })).toJSDate();
}
