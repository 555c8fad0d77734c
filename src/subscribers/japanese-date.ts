import { narrow } from './narrow-text.js';

export type DateRefusal =
  | 'empty'
  | 'unreadable'
  | 'noSuchDay' // 2月30日
  | 'outsideEra' // 昭和64年1月8日
  | 'outOfRange' // a Western year we cannot mean
  | 'yearUnclear' // 35/2/3: 1935 or 昭和35年?
  | 'excelSerial'; // 12345: a date cell that lost its format

export type DateParse = { ok: true; date: string } | { ok: false; reason: DateRefusal };

interface Era {
  name: string;
  letter: string;
  /** The Western year before the era's year 1. */
  offset: number;
  from: string;
  to: string;
}

/**
 * First and last day of each era, both included. Sources: 大正 改元の詔書 ("七月三十日以後"), 昭和 改元の詔書
 * ("十二月二十五日以後"), 平成 昭和64年政令第1号 (from the next day, 1989-01-08), 令和 平成31年政令第143号.
 * 明治 is readable from 明治6年 only: before it the calendar was lunar and its months were not ours
 * (明治5年太政官布告第337号).
 */
export const ERAS: readonly Era[] = [
  { name: '明治', letter: 'M', offset: 1867, from: '1873-01-01', to: '1912-07-29' },
  { name: '大正', letter: 'T', offset: 1911, from: '1912-07-30', to: '1926-12-24' },
  { name: '昭和', letter: 'S', offset: 1925, from: '1926-12-25', to: '1989-01-07' },
  { name: '平成', letter: 'H', offset: 1988, from: '1989-01-08', to: '2019-04-30' },
  { name: '令和', letter: 'R', offset: 2018, from: '2019-05-01', to: '2199-12-31' },
];

const FIRST_YEAR = 1873;
const LAST_YEAR = 2199;

/** Year, month, day with one kind of separator: 10年2月3日, 10-2-3, 10/2/3, 10.2.3. */
const YEAR_MONTH_DAY = /^(元|\d{1,4})(?:年(\d{1,2})月(\d{1,2})日|([-/.])(\d{1,2})\4(\d{1,2}))$/;
const ERA_PREFIX = /^(明治?|大正?|昭和?|平成?|令和?|[MTSHR])\.?(?=[元\d])/i;

/**
 * Reads a date in Western or Japanese years, as typed or as Excel writes it, to `YYYY-MM-DD`.
 * Never guesses: a two-digit year without its era, or Excel's bare day number, is refused.
 */
export function parseJapaneseDate(text: string): DateParse {
  // NFKC on top of `narrow` opens the one-character eras ㍾ ㍽ ㍼ ㍻ ㋿.
  const plain = narrow(text.normalize('NFKC'))
    .replace(/\s0?0:00(?::00)?$/, '') // Excel adds the midnight of a date cell
    .replace(/\s/g, '');
  if (plain === '') return refuse('empty');
  if (/^\d{4,5}(?:\.\d+)?$/.test(plain)) return refuse('excelSerial');
  if (/^\d{6}$/.test(plain)) return refuse('yearUnclear');

  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (compact) return westernDate(Number(compact[1]), Number(compact[2]), Number(compact[3]));

  const prefix = ERA_PREFIX.exec(plain);
  const parts = YEAR_MONTH_DAY.exec(prefix ? plain.slice(prefix[0].length) : plain);
  if (!parts) return refuse('unreadable');
  const year = parts[1] === '元' ? 1 : Number(parts[1]);
  const month = Number(parts[2] ?? parts[5]);
  const day = Number(parts[3] ?? parts[6]);

  const era = findEra(prefix?.[1]);
  if (era) return eraDate(era, year, month, day);
  if (parts[1] === '元') return refuse('unreadable');
  return parts[1]?.length === 4 ? westernDate(year, month, day) : refuse('yearUnclear');
}

function findEra(sign: string | undefined): Era | undefined {
  if (sign === undefined) return undefined;
  return ERAS.find((era) => era.name.startsWith(sign) || era.letter === sign.toUpperCase());
}

function eraDate(era: Era, year: number, month: number, day: number): DateParse {
  if (year < 1 || year > LAST_YEAR - era.offset) return refuse('outsideEra');
  const date = toIsoDate(era.offset + year, month, day);
  if (date === undefined) return refuse('noSuchDay');
  return date >= era.from && date <= era.to ? { ok: true, date } : refuse('outsideEra');
}

function westernDate(year: number, month: number, day: number): DateParse {
  if (year < FIRST_YEAR || year > LAST_YEAR) return refuse('outOfRange');
  const date = toIsoDate(year, month, day);
  return date === undefined ? refuse('noSuchDay') : { ok: true, date };
}

/** `YYYY-MM-DD`, or undefined when the month has no such day. Years have four digits. */
function toIsoDate(year: number, month: number, day: number): string | undefined {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  if (days === undefined || day < 1 || day > days) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

function refuse(reason: DateRefusal): { ok: false; reason: DateRefusal } {
  return { ok: false, reason };
}
