/** The twelve months `YYYY-MM` of the fiscal year that begins on 1 April of this calendar year. */
export function monthsOfYear(fiscalYear: number): string[] {
  return Array.from({ length: 12 }, (_none, index) => {
    const month = 4 + index;
    return month > 12 ? nameOf(fiscalYear + 1, month - 12) : nameOf(fiscalYear, month);
  });
}

/** The fiscal year, from April to March, that a date `YYYY-MM-DD` is in. */
export function fiscalYearOf(date: string): number {
  const year = Number(date.slice(0, 4));
  return date.slice(5, 7) < '04' ? year - 1 : year;
}

/** The first date of a month `YYYY-MM`. */
export function firstDayOf(month: string): string {
  return `${month}-01`;
}

/** The last date of a month `YYYY-MM`; the 29th in February of a leap year. */
export function lastDayOf(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

export function nextMonth(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12 ? nameOf(year + 1, 1) : nameOf(year, number + 1);
}

/** All months from one to another, both included; none when the first is after the last. */
export function monthsBetween(from: string, until: string): string[] {
  const months: string[] = [];
  for (let month = from; month <= until; month = nextMonth(month)) months.push(month);
  return months;
}

/** The last day of a month that there are figures of: today in this month; undefined for a month to come. */
export function countedUntil(month: string, today: string): string | undefined {
  if (month > today.slice(0, 7)) return undefined;
  const last = lastDayOf(month);
  return last < today ? last : today;
}

function nameOf(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}
