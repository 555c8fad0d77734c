import type { RecordedCall } from './phone.js';

/** What the database knows of an attempt that the exchange's record tells of, too. */
export interface KnownAttempt {
  checkinId: number;
  state: 'calling' | 'ended';
  outcome: string | undefined;
  answered: boolean;
}

/** A check-in that would be called when dialling goes on. */
export interface WaitingCheckin {
  checkinId: number;
  subscriberId: number;
  dueAt: Date;
  giveUpAt: Date;
  /** Look-up values of the person's numbers. */
  marks: readonly string[];
}

/** A check-in that waits for its call, and had one that the database has forgotten. */
export interface CalledCheckin {
  checkinId: number;
  subscriberId: number;
  calls: number;
  answered: boolean;
  lastCalledAt: Date;
}

export interface CalledSince {
  checkins: CalledCheckin[];
  /** Calls to people of whom nothing waits any more. */
  settledCalls: number;
  /** Calls of which nobody can say to whom they were made. */
  unknownCalls: number;
}

/**
 * Finds the check-ins that the exchange has called while the database knew nothing of it.
 *
 * A call counts when a telephone may have rung. One that the database settled by the exchange's record is no news,
 * unless somebody answered: then a key may have been pressed, and the key is what is lost.
 */
export function calledSince(
  calls: readonly RecordedCall[],
  known: ReadonlyMap<string, KnownAttempt>,
  waiting: readonly WaitingCheckin[],
): CalledSince {
  const called = new Map<number, CalledCheckin>();
  let [settledCalls, unknownCalls] = [0, 0];
  for (const call of calls.filter(mayHaveRung)) {
    const attempt = known.get(call.attemptId);
    if (attempt && !isLost(attempt)) continue;
    if (!attempt && call.mark === undefined) {
      unknownCalls++;
      continue;
    }
    const meant = attempt
      ? waiting.filter(({ checkinId }) => checkinId === attempt.checkinId)
      : waiting.filter((one) => isMeant(one, call));
    if (meant.length === 0) settledCalls++;
    for (const { checkinId, subscriberId } of meant) {
      const before = called.get(checkinId);
      const at = call.end?.at ?? call.startedAt;
      called.set(checkinId, {
        checkinId,
        subscriberId,
        calls: (before?.calls ?? 0) + 1,
        answered: before?.answered === true || call.answeredAt !== undefined,
        lastCalledAt: before && before.lastCalledAt > at ? before.lastCalledAt : at,
      });
    }
  }
  return { checkins: [...called.values()], settledCalls, unknownCalls };
}

function mayHaveRung({ answeredAt, end }: RecordedCall): boolean {
  if (answeredAt !== undefined || end === undefined) return true;
  return end.reason !== 'networkFault' && end.reason !== 'numberInvalid';
}

function isLost({ state, outcome, answered }: KnownAttempt): boolean {
  return state === 'ended' && outcome === 'trunkError' && answered;
}

function isMeant({ marks, dueAt, giveUpAt }: WaitingCheckin, { mark, startedAt }: RecordedCall): boolean {
  return mark !== undefined && marks.includes(mark) && dueAt <= startedAt && startedAt <= giveUpAt;
}
