import type { LedgerStore } from './ledger-store.js';
import { localDate } from './local-day.js';

/** Today's check-ins of all organizations by state, each by its own calendar. */
export async function countToday(
  ledgers: Pick<LedgerStore, 'countDay'>,
  organizations: Iterable<{ id: number; timeZone: string }>,
  now: Date,
): Promise<Map<string, number>> {
  const sums = new Map<string, number>();
  for (const { id, timeZone } of organizations) {
    const counts = await ledgers.countDay(id, localDate(now, timeZone));
    for (const [state, count] of counts) sums.set(state, (sums.get(state) ?? 0) + count);
  }
  return sums;
}
