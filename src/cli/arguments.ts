import { InvalidArgumentError } from 'commander';
import { DateTime } from 'luxon';

/** A day as `YYYY-MM-DD`. */
export function parseDay(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || !DateTime.fromISO(text, { zone: 'utc' }).isValid) {
    throw new InvalidArgumentError('Give a day such as 2026-12-29.');
  }
  return text;
}

/** Weekdays such as `6,7`: 1 is Monday, 7 Sunday; ascending, each once. */
export function parseWeekdays(text: string): number[] {
  const days = text.split(',').map((part) => part.trim());
  if (!days.every((day) => /^[1-7]$/.test(day))) {
    throw new InvalidArgumentError('Give weekdays such as 6,7 (1 is Monday, 7 Sunday).');
  }
  return [...new Set(days.map(Number))].sort();
}

/** Keys and what they mean, such as `1=ok,2=unwell,3=contactRequested`. */
export function parseKeys(text: string): Record<string, string> {
  const keys: Record<string, string> = {};
  for (const part of text.split(',')) {
    const [, digit, answer] = /^\s*([1-9])=(ok|unwell|contactRequested)\s*$/.exec(part) ?? [];
    if (digit === undefined || answer === undefined || digit in keys) {
      throw new InvalidArgumentError(
        'Give keys such as 1=ok,2=unwell,3=contactRequested: each digit from 1 to 9 once.',
      );
    }
    keys[digit] = answer;
  }
  if (!Object.values(keys).includes('ok')) throw new InvalidArgumentError('One key must mean ok.');
  return keys;
}

/** An IANA time zone. */
export function parseZone(text: string): string {
  if (!DateTime.now().setZone(text).isValid) {
    throw new InvalidArgumentError('Give a time zone such as Asia/Tokyo.');
  }
  return text;
}

/** A number within bounds, decimals too. */
export function numberFrom(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (value >= least && value <= most) return value;
    throw new InvalidArgumentError(`a number from ${least} to ${most}`);
  };
}

/** The id of a row. */
export function parseId(text: string): number {
  if (!/^[1-9]\d{0,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number from 1.');
  return Number(text);
}
