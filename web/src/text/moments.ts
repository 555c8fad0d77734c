import type { Language } from './text';

const locales: Readonly<Record<Language, string>> = { ja: 'ja-JP', en: 'en-GB' };

/** A time of day in the tenant's zone, such as 9:05. */
export function timeOfDay(at: Date, zone: string, language: Language, seconds = false): string {
  const second = seconds ? ({ second: '2-digit' } as const) : {};
  return new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    hour: 'numeric',
    minute: '2-digit',
    hour12: false,
    ...second,
  }).format(at);
}

/** A day in the tenant's zone, such as 11月24日(火). */
export function dayOf(at: Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(locales[language], {
    timeZone: zone,
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  }).format(at);
}

/** The time of day, with the day before it when that is not today's. */
export function momentOf(at: Date, now: Date, zone: string, language: Language): string {
  const day = dayOf(at, zone, language);
  const time = timeOfDay(at, zone, language);
  return day === dayOf(now, zone, language) ? time : `${day} ${time}`;
}

/** How long something lasts, in two units at most: 45秒, 2分05秒, 3時間20分, 2日. */
export function lengthOf(ms: number, language: Language): string {
  const all = Math.max(0, Math.floor(ms / 1000));
  const [days, hours, minutes, seconds] = [
    Math.floor(all / 86_400),
    Math.floor(all / 3600) % 24,
    Math.floor(all / 60) % 60,
    all % 60,
  ];
  const two = (value: number): string => String(value).padStart(2, '0');
  const [d, h, m, s] = language === 'ja' ? ['日', '時間', '分', '秒'] : ['d', 'h', 'm', 's'];
  if (days > 0) return `${days}${d}`;
  if (hours > 0) return `${hours}${h}${two(minutes)}${m}`;
  return minutes > 0 ? `${minutes}${m}${two(seconds)}${s}` : `${seconds}${s}`;
}
