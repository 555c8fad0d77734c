import { DateTime } from 'luxon';
import { zoneNamed } from '../time-zone.js';

/** The date, `YYYY-MM-DD`, that a calendar on the wall shows at this moment. */
export function localDate(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone: zoneNamed(zone) }).toISODate() ?? '';
}

/** From the first moment of a date up to, not including, the first of the next one; 23 or 25 hours on some days. */
export function boundsOfDay(date: string, zone: string): { from: Date; until: Date } {
  const start = DateTime.fromISO(date, { zone: zoneNamed(zone) }).startOf('day');
  return { from: start.toJSDate(), until: start.plus({ days: 1 }).toJSDate() };
}
