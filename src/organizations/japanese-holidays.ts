import holidayTable from '@holiday-jp/holiday_jp';
import type { Holiday } from './holiday-store.js';

/**
 * The public holidays of Japan in these years, substitute holidays among them. Read by their date as
 * text: the package's own look-up takes a Date by the machine's zone, and may be a day off.
 */
export function japaneseHolidays(years: readonly number[]): Holiday[] {
  const wanted = new Set(years.map(String));
  return Object.entries(holidayTable.holidays)
    .filter(([date]) => wanted.has(date.slice(0, 4)))
    .map(([date, { name }]) => ({ date, name }));
}
