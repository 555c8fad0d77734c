import type { MissReason } from './attempt-outcome.js';
import type { CallPolicy } from './call-policy.js';
import { giveUpMoment, nextCallingMoment } from './calling-hours.js';
import { decideNextStep, type AlertReason } from './retry-policy.js';

/** What happens to somebody who is due at a moment, when every call ends in the same way. */
export interface PolicyPreview {
  /** When it rings. */
  calls: Date[];
  /** When the station is told, at the latest. */
  alertAt: Date;
  reason: AlertReason;
}

/** How long a telephone rings before nobody is there. */
const ringSeconds = 45;

/** Plays a policy through with the functions that decide about real calls. */
export function previewPolicy(
  policy: CallPolicy,
  zone: string,
  dueAt: Date,
  reason: MissReason,
): PolicyPreview {
  const giveUpAt = giveUpMoment(dueAt, policy, zone);
  const calls: Date[] = [];
  let at = nextCallingMoment(dueAt, policy.callingHours, zone);
  // A call that would come too late is never made: the deadline tells the station.
  while (at < giveUpAt) {
    calls.push(at);
    const endedAt = new Date(at.getTime() + ringSeconds * 1000);
    const facts = { dueAt, giveUpAt, missed: calls.length, rung: calls.length };
    const next = decideNextStep({ kind: 'missed', reason }, facts, policy, zone, endedAt);
    if (next.kind === 'alert') return { calls, alertAt: endedAt, reason: next.reason };
    if (next.kind === 'done') break;
    const rested = new Date(at.getTime() + policy.minimumGapSeconds * 1000);
    at = nextCallingMoment(next.at > rested ? next.at : rested, policy.callingHours, zone);
  }
  return { calls, alertAt: giveUpAt, reason: calls.length > 0 ? 'noResponse' : 'weCouldNotCall' };
}
