import { monthsBetween } from './fiscal-year.js';

/** So many months past, check-ins and alerts may still change: a call back comes late, an alert stays open. */
const restless = 3;

/**
 * Which past months of a tenant are to be summed now: those that never were; once a day the latest ones; and once a
 * day of the older ones that which was summed longest ago, so that a later correction comes in by itself in the end.
 *
 * @param firstOn the day of the first check-in
 * @param summedOn month → the day on which it was last summed
 */
export function monthsToSum(
  firstOn: string | undefined,
  today: string,
  summedOn: ReadonlyMap<string, string>,
): string[] {
  const past = monthsBetween(firstOn?.slice(0, 7) ?? '9999-12', today.slice(0, 7)).slice(0, -1);
  const missing = past.filter((month) => !summedOn.has(month));
  const stale = past.filter((month) => (summedOn.get(month) ?? today) < today);
  const latest = past.slice(-restless);
  const older = past.slice(0, -restless);
  const anOlderOneWasSummedToday = older.some((month) => summedOn.get(month) === today);
  const [longestAgo] = stale
    .filter((month) => older.includes(month))
    .sort((one, other) => ((summedOn.get(one) ?? '') < (summedOn.get(other) ?? '') ? -1 : 1));
  const inTurn = longestAgo === undefined || anOlderOneWasSummedToday ? [] : [longestAgo];
  return [...missing, ...stale.filter((month) => latest.includes(month)), ...inTurn].sort();
}
