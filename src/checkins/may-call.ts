import { isWithinCallingHours, nextCallingMoment } from './calling-hours.js';
import type { CallPolicy } from './call-policy.js';
import type { DueCheckin } from './due-checkin.js';

export type MayCall =
  { kind: 'call' } | { kind: 'cancel'; why: 'paused' | 'withdrawn' } | { kind: 'postpone'; until: Date };

/** Whether this person may be called at this moment: asked when a line is free, not when the call was planned. */
export function mayCallNow(
  checkin: Pick<DueCheckin, 'paused' | 'withdrawn' | 'lastCalledAt'>,
  policy: Pick<CallPolicy, 'callingHours' | 'minimumGapSeconds'>,
  zone: string,
  now: Date,
): MayCall {
  if (checkin.withdrawn) return { kind: 'cancel', why: 'withdrawn' };
  if (checkin.paused) return { kind: 'cancel', why: 'paused' };
  if (!isWithinCallingHours(now, policy.callingHours, zone)) {
    return { kind: 'postpone', until: nextCallingMoment(now, policy.callingHours, zone) };
  }
  const rested = checkin.lastCalledAt ? checkin.lastCalledAt.getTime() + policy.minimumGapSeconds * 1000 : 0;
  if (rested > now.getTime()) return { kind: 'postpone', until: new Date(rested) };
  return { kind: 'call' };
}
