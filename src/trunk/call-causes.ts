import type { EndedCalls } from '../checkins/ended-call-store.js';

/** What the carrier said to our calls of a day, whichever line they took. */
export type CallCause = Pick<EndedCalls, 'outcome' | 'sipStatus' | 'cause' | 'count'>;

/** The causes of the calls, the most frequent first. */
export function causesOf(calls: readonly EndedCalls[]): CallCause[] {
  const causes = new Map<string, CallCause>();
  for (const { outcome, sipStatus, cause, count } of calls) {
    const key = JSON.stringify([outcome, sipStatus, cause]);
    causes.set(key, { outcome, sipStatus, cause, count: (causes.get(key)?.count ?? 0) + count });
  }
  return [...causes.values()].sort((one, other) => other.count - one.count);
}
