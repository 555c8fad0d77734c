import { DateTime } from 'luxon';
import { zoneNamed } from '../time-zone.js';
import { hoursOf, type Line } from './line.js';
import { daysKnownAhead, isClosedDay, type Week } from './opening-hours.js';

/** What the exchange keeps for its dialplan: a path such as `hotline-line/1/week` → its value. */
export type Entries = ReadonlyMap<string, string>;

/** Paths of lines that are ours to write; a greeting or a menu put there by hand stays. */
export const ownedLinePaths =
  /^(hotline-line\/\d+\/(week|until|max-wait|recording|number|closed\/\d{8})|hotline-did\/\d+)$/;

/** Everything that the dialplan needs to know of these lines, for the coming days. */
export function entriesOfLines(lines: readonly Line[], holidays: ReadonlySet<string>, now: Date): Entries {
  return new Map(lines.flatMap((line) => entriesOfLine(line, holidays, now)));
}

function entriesOfLine(line: Line, holidays: ReadonlySet<string>, now: Date): [string, string][] {
  const under = `hotline-line/${line.slot}`;
  const hours = hoursOf(line, holidays);
  const today = DateTime.fromJSDate(now, { zone: zoneNamed(line.timeZone) }).startOf('day');
  const days = Array.from({ length: daysKnownAhead + 1 }, (_, ahead) => today.plus({ days: ahead }));
  const closed = days.filter((day) => isClosedDay(day.toISODate() ?? '', hours));
  return [
    [`${under}/week`, weekEntry(line.week)],
    ...closed.map((day): [string, string] => [`${under}/closed/${day.toFormat('yyyyMMdd')}`, '1']),
    // Told last: an exchange that knows `until` knows every closed day before it.
    [`${under}/until`, days.at(-1)?.toFormat('yyyyMMdd') ?? ''],
    [`${under}/max-wait`, String(line.maxWaitSeconds)],
    [`${under}/number`, line.shownNumber],
    ...(line.recordsCalls ? [] : ([[`${under}/recording`, 'no']] as [string, string][])),
    ...line.numbers.map((number): [string, string] => [`hotline-did/${number}`, String(line.slot)]),
  ];
}

/** Seven fields, Monday first, such as `1000-1200,1300-1600||…`. */
export function weekEntry(week: Week): string {
  const compact = (time: string): string => time.replace(':', '');
  return week
    .map((spans) => spans.map(({ from, until }) => `${compact(from)}-${compact(until)}`).join(','))
    .join('|');
}

export interface EntryChanges {
  put: readonly (readonly [path: string, value: string])[];
  remove: readonly string[];
}

/**
 * The steps from what is there to what should be, in the order of `wanted`.
 *
 * @param owned paths that may be removed; anything else that is there is somebody else's
 */
export function changesOfEntries(there: Entries, wanted: Entries, owned: RegExp): EntryChanges {
  return {
    put: [...wanted].filter(([path, value]) => there.get(path) !== value),
    remove: [...there.keys()].filter((path) => owned.test(path) && !wanted.has(path)),
  };
}
