import { DateTime } from 'luxon';

/** Why somebody's data is to go, in a word: free text would tell of the person. */
export const erasureReasons = ['byPerson', 'byAgent', 'consentWithdrawn', 'noNeed'] as const;
export type ErasureReason = (typeof erasureReasons)[number];

/** So many days it can be taken back. */
export const undoDays = 7;

/** The day on which it may be done, if it is asked for today. */
export function eraseOn(today: string): string {
  return DateTime.fromISO(today, { zone: 'utc' }).plus({ days: undoDays }).toISODate() ?? today;
}

/** How it stands with the erasure of one person. */
export type ErasureState =
  | { state: 'none' }
  | { state: 'marked'; eraseOn: string; reason: ErasureReason; askedAt: Date }
  | { state: 'erased'; at: Date };
