import { DateTime } from 'luxon';
import { zoneNamed } from '../time-zone.js';
import type { AttemptOutcome, MissReason } from './attempt-outcome.js';
import type { CallPolicy } from './call-policy.js';
import { nextCallingMoment } from './calling-hours.js';

export const alertReasons = [
  'unwell',
  'contactRequested',
  'hungUpEarly',
  'numberInvalid',
  'noResponse',
  'weCouldNotCall',
] as const;
export type AlertReason = (typeof alertReasons)[number];

export type NextStep =
  { kind: 'done' } | { kind: 'callAgain'; at: Date } | { kind: 'alert'; reason: AlertReason };

/** What is known of a check-in when an attempt has ended; `missed` and `rung` include this attempt. */
export interface CheckinFacts {
  dueAt: Date;
  giveUpAt: Date;
  missed: number;
  rung: number;
}

/**
 * Decides what happens to a check-in once an attempt has ended.
 *
 * A fault on our side never counts as a missed call: the subscriber was not asked.
 * No retry is planned at or after `giveUpAt`, nor outside the calling hours:
 * a later call would hide the silence that we exist to report.
 */
export function decideNextStep(
  outcome: AttemptOutcome,
  checkin: CheckinFacts,
  policy: CallPolicy,
  zone: string,
  now: Date,
): NextStep {
  const callAgainAt = (wanted: Date, ifTooLate: AlertReason): NextStep => {
    const at = nextCallingMoment(wanted, policy.callingHours, zone);
    return at < checkin.giveUpAt ? { kind: 'callAgain', at } : { kind: 'alert', reason: ifTooLate };
  };
  const inSeconds = (seconds: number): Date => new Date(now.getTime() + seconds * 1000);

  switch (outcome.kind) {
    case 'ok':
      return { kind: 'done' };
    case 'unwell':
    case 'contactRequested':
    case 'hungUpEarly':
    case 'numberInvalid':
      return { kind: 'alert', reason: outcome.kind };
    case 'trunkError':
      if (checkin.rung >= policy.maxRung) return { kind: 'alert', reason: 'weCouldNotCall' };
      return callAgainAt(inSeconds(policy.faultGapSeconds), 'weCouldNotCall');
    case 'missed': {
      if (checkin.missed >= policy.maxMissed || checkin.rung >= policy.maxRung) {
        return { kind: 'alert', reason: 'noResponse' };
      }
      const gap = gapAfter(outcome.reason, checkin.missed, policy);
      const wanted =
        gap.kind === 'seconds' ? inSeconds(gap.seconds) : sameTimeNextDay(checkin.dueAt, zone, now);
      return callAgainAt(wanted, 'noResponse');
    }
  }
}

function gapAfter(
  reason: MissReason,
  missed: number,
  policy: CallPolicy,
): { kind: 'nextDay' } | { kind: 'seconds'; seconds: number } {
  const gaps = policy.gaps[reason];
  return gaps[Math.min(Math.max(missed, 1), gaps.length) - 1] ?? { kind: 'nextDay' };
}

/** The check-in's time of day on the day after today, by the tenant's clock. */
function sameTimeNextDay(dueAt: Date, zone: string, now: Date): Date {
  const due = DateTime.fromJSDate(dueAt, { zone: zoneNamed(zone) });
  return DateTime.fromJSDate(now, { zone: zoneNamed(zone) })
    .startOf('day')
    .plus({ days: 1 })
    .set({ hour: due.hour, minute: due.minute, second: due.second })
    .toJSDate();
}
