import type { Language } from './text';

/** How a calendar year is counted in Japanese text: 2026年, or 令和8年. */
export type Era = 'western' | 'japanese';

/** A calendar day `YYYY-MM-DD` in words: 2026年11月24日(火), 令和8年11月24日(火), 24 November 2026. */
export function dayInWords(date: string, language: Language, era: Era = 'western', weekday = true): string {
  const locale = language === 'en' ? 'en-GB' : era === 'japanese' ? 'ja-JP-u-ca-japanese' : 'ja-JP';
  return new Intl.DateTimeFormat(locale, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    ...(language === 'ja' && era === 'japanese' && { era: 'long' }),
    ...(weekday && { weekday: 'short' }),
  }).format(new Date(`${date}T00:00:00Z`));
}

/** The same without its year, while that is this year: 11月24日(火). */
export function dayNear(date: string, today: string, language: Language): string {
  if (date.slice(0, 4) !== today.slice(0, 4)) return dayInWords(date, language);
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : 'ja-JP', {
    timeZone: 'UTC',
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(new Date(`${date}T00:00:00Z`));
}

/** Today's date `YYYY-MM-DD` in a zone. */
export function todayIn(zone: string, now = new Date()): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(now);
}
