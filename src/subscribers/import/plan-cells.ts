import { narrow } from '../narrow-text.js';
import { accept, type CellValue, refuse } from './cell-value.js';
import { quoteCell } from './import-error.js';

/** ISO weekdays, 1 Monday to 7 Sunday, ascending without repeats; or every day. */
export type CallDays = { kind: 'weekly'; days: number[] } | { kind: 'daily' };

const WEEKDAYS = '月火水木金土日';
const ENGLISH_WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/**
 * 火, 火曜, 火曜日, 月・木, 月木, 月、水、金, 毎日; also mon, "mon thu", daily.
 * A dash or wave between days is refused: 月-木 is two days to one reader and four to another.
 */
export function parseDays(text: string): CellValue<CallDays> {
  const plain = text.normalize('NFKC').trim().toLowerCase();
  if (plain === '毎日' || plain === 'daily') return accept({ kind: 'daily' });

  const days = new Set<number>();
  for (const word of plain.split(/[・･、,,/／\s()]+/)) {
    const read = readDays(word);
    if (!read)
      return refuse(`${quoteCell(text)}は読み取れません。「火」「月・木」「毎日」のように書いてください。`);
    read.forEach((day) => days.add(day));
  }
  if (days.size === 0) return refuse('「火」「月・木」「毎日」のように書いてください。');
  return accept({ kind: 'weekly', days: [...days].sort((a, b) => a - b) });
}

/** The days of one run of letters (月木, 火曜日, thu); undefined when anything in it is not a day. */
function readDays(word: string): number[] | undefined {
  const english = ENGLISH_WEEKDAYS.indexOf(word);
  if (english >= 0) return [english + 1];
  // Read from the left, never back: 火曜日曜 could be Tuesday alone or Tuesday and Sunday.
  const letters = word.replace(/([月火水木金土日])曜日?/g, '$1');
  if (!/^[月火水木金土日]*$/.test(letters)) return undefined;
  return Array.from(letters, (day) => WEEKDAYS.indexOf(day) + 1);
}

/** 9:00, 09:00, 9:00:00, ９時, 9時30分, 9時半, 午後3時 to `HH:mm`. */
export function parseTime(text: string): CellValue<string> {
  const wrong = `${quoteCell(text)}は読み取れません。「9:00」「9時30分」のように書いてください。`;
  const plain = narrow(text).replace(/\s/g, '');
  const parts = /^(午前|午後)?(\d{1,2})(?::(\d{2})(?::00)?|時(?:(\d{1,2})分|(半))?)$/.exec(plain);
  if (!parts) return refuse(wrong);

  const half = parts[1];
  const minute = parts[5] ? 30 : Number(parts[3] ?? parts[4] ?? '0');
  const written = Number(parts[2]);
  // 午後12時 is noon to some and midnight to others: too much for a phone that rings.
  if (minute > 59 || written > (half ? 11 : 23)) return refuse(wrong);
  const hour = half === '午後' ? written + 12 : written;
  return accept(`${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
}
