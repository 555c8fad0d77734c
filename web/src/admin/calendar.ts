import type { Week } from '../../../src/hotline/opening-hours';
import type { StationRow } from './settings-data';

/** A line with its hours, as the service answers it. */
export interface LineRow {
  id: number;
  name: string;
  version: number;
  week: Week;
  closedOnHolidays: boolean;
  closedAtYearEnd: boolean;
  closures: { fromOn: string; untilOn: string }[];
  isOpen: boolean;
  nextOpening?: string;
}

export interface HoursAnswer {
  today: string;
  timeZone: string;
  holidays: { date: string; name: string }[];
  holidaysAreLoaded: boolean;
  stations: StationRow[];
  closedDays: { stationId: number; date: string; reason: string }[];
  lines: LineRow[];
}

/** Whose calendar is shown. */
export type Whose = { kind: 'stations'; ids: readonly number[] } | { kind: 'line'; id: number };

/**
 * `own`: closed by somebody's click; `some`: only some of the stations are; `regular`: closed by a rule of the
 * week, of holidays or of the year's end.
 */
export type DayState = 'open' | 'own' | 'some' | 'regular';

export function stateOfDay(answer: HoursAnswer, whose: Whose, date: string): DayState {
  return whose.kind === 'line' ? ofLine(answer, whose.id, date) : ofStations(answer, whose.ids, date);
}

function ofStations(
  { stations, closedDays, holidays }: HoursAnswer,
  ids: readonly number[],
  date: string,
): DayState {
  const wanted = stations.filter(({ id }) => ids.includes(id));
  const own = closedDays.filter((day) => day.date === date && ids.includes(day.stationId)).length;
  if (own > 0) return own === wanted.length ? 'own' : 'some';
  const isHoliday = holidays.some((holiday) => holiday.date === date);
  const regular = wanted.filter(
    ({ closedWeekdays, closedOnHolidays }) =>
      closedWeekdays.includes(weekdayOf(date)) || (closedOnHolidays && isHoliday),
  ).length;
  return regular > 0 && regular === wanted.length ? 'regular' : 'open';
}

function ofLine({ lines, holidays }: HoursAnswer, lineId: number, date: string): DayState {
  const line = lines.find(({ id }) => id === lineId);
  if (!line) return 'open';
  if (line.closures.some(({ fromOn, untilOn }) => fromOn <= date && date <= untilOn)) return 'own';
  const isYearEnd = date.slice(5) >= '12-29' || date.slice(5) <= '01-03';
  const isHoliday = holidays.some((holiday) => holiday.date === date);
  const hasHours = (line.week[weekdayOf(date) - 1] ?? []).length > 0;
  const byRule = (line.closedAtYearEnd && isYearEnd) || (line.closedOnHolidays && isHoliday);
  return byRule || !hasHours ? 'regular' : 'open';
}

/** 1 = Monday. */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** A month in weeks from Monday; undefined where the week is another month's. */
export function weeksOf(month: string): (string | undefined)[][] {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const days = new Date(Date.UTC(year, number, 0)).getUTCDate();
  const dates = Array.from({ length: days }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
  const before = weekdayOf(`${month}-01`) - 1;
  const cells = [...Array.from({ length: before }, () => undefined), ...dates];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    cells.slice(week * 7, week * 7 + 7),
  );
  return weeks.map((week) => [...week, ...Array.from({ length: 7 - week.length }, () => undefined)]);
}

export function monthBeside(month: string, months: number): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

/** 29 December to 3 January: those that begin in, or reach into, the year of a month. */
export function yearEndOf(month: string): string[] {
  const year = Number(month.slice(0, 4)) - (month.endsWith('-01') ? 1 : 0);
  return [
    `${year}-12-29`,
    `${year}-12-30`,
    `${year}-12-31`,
    ...[1, 2, 3].map((day) => `${year + 1}-01-0${day}`),
  ];
}

/** `10:00-12:00, 13:00-16:00`; empty on a closed day. */
export function spansText(spans: Week[number]): string {
  return spans.map(({ from, until }) => `${from}-${until}`).join(', ');
}

/** A week in as few words as it takes: neighbouring days, 1 = Monday, that are open alike. */
export function daysAlike(week: Week): { from: number; until: number; spans: string }[] {
  const groups: { from: number; until: number; spans: string }[] = [];
  for (const day of [1, 2, 3, 4, 5, 6, 7]) {
    const spans = spansText(week[day - 1] ?? []);
    const last = groups.at(-1);
    if (last?.spans === spans) last.until = day;
    else groups.push({ from: day, until: day, spans });
  }
  return groups;
}

/** @returns undefined when it cannot be read */
export function readSpans(text: string): Week[number] | undefined {
  const narrowed = text
    .normalize('NFKC')
    .replaceAll(/[~〜–—]/g, '-')
    .trim();
  if (narrowed === '') return [];
  const spans = narrowed
    .split(/\s*[,、]\s*/)
    .map((part) => /^(\d{1,2}:\d\d)\s*-\s*(\d{1,2}:\d\d)$/.exec(part));
  if (spans.some((span) => span === null)) return undefined;
  const read = spans.map((span) => ({
    from: (span?.[1] ?? '').padStart(5, '0'),
    until: (span?.[2] ?? '').padStart(5, '0'),
  }));
  const isGood = read.every(
    ({ from, until }, index) => from < until && (index === 0 || from >= (read[index - 1]?.until ?? '')),
  );
  return isGood ? read : undefined;
}
