import { DateTime } from 'luxon';
import { z } from 'zod';
import { zoneNamed } from '../time-zone.js';

const timeOfDay = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const spanSchema = z
  .object({
    from: z.string().regex(timeOfDay, 'a time such as 10:00'),
    until: z.string().regex(timeOfDay, 'a time such as 16:00'),
  })
  .refine(({ from, until }) => from < until, 'must end after it begins');

/** Seven lists of times, Monday first; the times of a day follow each other and do not overlap. */
export const weekSchema = z
  .array(
    z
      .array(spanSchema)
      .refine(
        (spans) => spans.every(({ from }, index) => index === 0 || from >= (spans[index - 1]?.until ?? '')),
        'times must follow each other',
      ),
  )
  .length(7);

/** From the first minute, up to but not at the last; `HH:mm`, `until` may be `24:00`. */
export type Span = z.infer<typeof spanSchema>;
export type Week = z.infer<typeof weekSchema>;

const office: Span[] = [{ from: '10:00', until: '16:00' }];
/** What is printed on the cards: Monday to Friday, ten to four. */
export const printedWeek: Week = [office, office, office, office, office, [], []];

/** Both days included, `YYYY-MM-DD`. */
export interface Closure {
  fromOn: string;
  untilOn: string;
}

export interface HoursOfLine {
  week: Week;
  timeZone: string;
  closedOnHolidays: boolean;
  /** 29 December to 3 January. */
  closedAtYearEnd: boolean;
  /** Public holidays, `YYYY-MM-DD`. */
  holidays: ReadonlySet<string>;
  closures: readonly Closure[];
}

/** When a line takes calls. */
export interface OpeningHours {
  isOpen(at: Date): boolean;
  /** The first moment after this one at which a closed line opens; undefined when it does not within 400 days. */
  nextOpening(after: Date): Date | undefined;
}

/** How far ahead closed days are looked up and told to the exchange. */
export const daysKnownAhead = 400;

/** The hours of a line as a calendar of its zone shows them. */
export function openingHours(line: HoursOfLine): OpeningHours {
  const zone = zoneNamed(line.timeZone);
  const spansOf = (day: DateTime): { opens: Date; closes: Date }[] => {
    if (isClosedDay(day.toISODate() ?? '', line)) return [];
    const spans = line.week[day.weekday - 1] ?? [];
    return spans
      .map(({ from, until }) => ({ opens: atTime(day, from), closes: atTime(day, until) }))
      .filter(({ opens, closes }) => opens < closes);
  };
  const isOpen = (at: Date): boolean =>
    spansOf(DateTime.fromJSDate(at, { zone })).some(({ opens, closes }) => opens <= at && at < closes);
  return {
    isOpen,
    nextOpening: (after) => {
      const today = DateTime.fromJSDate(after, { zone }).startOf('day');
      for (let ahead = 0; ahead <= daysKnownAhead; ahead++) {
        const openings = spansOf(today.plus({ days: ahead })).map(({ opens }) => opens);
        // Times that touch, at midnight too, are one opening.
        const next = openings.find((opens) => opens > after && !isOpen(new Date(opens.getTime() - 1)));
        if (next) return next;
      }
      return undefined;
    },
  };
}

/** Whether nobody answers on this date, whatever the week says. */
export function isClosedDay(
  date: string,
  line: Pick<HoursOfLine, 'closedOnHolidays' | 'closedAtYearEnd' | 'holidays' | 'closures'>,
): boolean {
  if (line.closedAtYearEnd && isYearEnd(date)) return true;
  if (line.closedOnHolidays && line.holidays.has(date)) return true;
  return line.closures.some(({ fromOn, untilOn }) => fromOn <= date && date <= untilOn);
}

function isYearEnd(date: string): boolean {
  const day = date.slice(5);
  return day >= '12-29' || day <= '01-03';
}

function atTime(day: DateTime, time: string): Date {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const start = day.startOf('day');
  return (hour === 24 ? start.plus({ days: 1 }) : start.set({ hour, minute })).toJSDate();
}
