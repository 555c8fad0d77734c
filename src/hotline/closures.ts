import { DateTime } from 'luxon';
import type { Closure } from './opening-hours.js';

/** What is left of closures when one day of them is open again: a row of days may fall into two. */
export function withoutDay<Kind extends Closure>(
  closures: readonly Kind[],
  date: string,
): { gone: Kind[]; left: Kind[] } {
  const gone = closures.filter(({ fromOn, untilOn }) => fromOn <= date && date <= untilOn);
  const left = gone.flatMap((one) => [
    ...(one.fromOn < date ? [{ ...one, untilOn: dayBeside(date, -1) }] : []),
    ...(one.untilOn > date ? [{ ...one, fromOn: dayBeside(date, 1) }] : []),
  ]);
  return { gone, left };
}

function dayBeside(date: string, days: number): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days }).toISODate() ?? date;
}
