import { parseJapaneseDate } from '../../../src/subscribers/japanese-date';
import { dayInWords } from '../text/dates';

/** A day in both ways of counting years, with the age that somebody born then has: 昭和15年3月2日（1940年）86歳. */
export function dayTold(date: string, today: string, isBirth: boolean): string {
  const japanese = dayInWords(date, 'ja', 'japanese', false);
  const year = date.slice(0, 4);
  if (!isBirth) return `${japanese}（${year}年）`;
  const age = Number(today.slice(0, 4)) - Number(year) - (today.slice(5) < date.slice(5) ? 1 : 0);
  return `${japanese}（${year}年）${age}歳`;
}

/** What was typed as a date, read; undefined while it cannot be. */
export function readDay(typed: string): string | undefined {
  const parsed = parseJapaneseDate(typed);
  return parsed.ok ? parsed.date : undefined;
}

/** Numbers as they are typed one after the other: parted by commas, spaces or lines. */
export function readPhones(typed: string): string[] {
  return typed
    .split(/[、,\n]/)
    .map((one) => one.trim())
    .filter(Boolean);
}

/** A whole number as it was typed, wide or narrow; the text itself when it is none. */
export function readWhole(typed: string): number | string | null {
  const narrow = typed.normalize('NFKC').replaceAll(',', '').trim();
  if (narrow === '') return null;
  return /^\d{1,12}$/.test(narrow) ? Number(narrow) : typed;
}

/** A time of day as a field for times takes it: 09:05. */
export function clockTime(at: Date, zone: string): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(at);
}

/** A moment with its offset, from a day and a time of day in a zone: 2026-11-24T10:05:00+09:00. */
export function instantIn(day: string, time: string, zone: string): string {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    timeZoneName: 'longOffset',
  }).formatToParts(new Date(`${day}T${time}:00Z`));
  const offset = parts.find(({ type }) => type === 'timeZoneName')?.value.replace('GMT', '');
  return `${day}T${time}:00${offset === undefined || offset === '' ? 'Z' : offset}`;
}
