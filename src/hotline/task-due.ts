import type { OpeningHours } from './opening-hours-of.js';

const hourMs = 3_600_000;

/**
 * When somebody who waits to be phoned must have been: within an hour while the line is open, else within the
 * first hour of the next opening. What comes in the last hour of the day may be done in the first of the next.
 */
export function dueTime(at: Date, hours: OpeningHours | undefined): Date {
  const withinTheHour = new Date(at.getTime() + hourMs);
  if (!hours) return withinTheHour;
  const lastMoment = new Date(withinTheHour.getTime() - 1);
  if (hours.isOpen(at) && hours.isOpen(lastMoment)) return withinTheHour;
  const opening = hours.nextOpening(hours.isOpen(at) ? lastMoment : at);
  return opening ? new Date(opening.getTime() + hourMs) : withinTheHour;
}
