import { missReasons } from '../checkins/attempt-outcome.js';
import type { CallPolicy, Gap, PolicyPreset } from '../checkins/call-policy.js';

/**
 * The two presets with their minutes and days pressed into seconds, so that a whole day of retries
 * can be watched. They hold at any hour of any day.
 */
export const demoPolicies: Readonly<Record<PolicyPreset, CallPolicy>> = {
  matsudo: compressed(12),
  sameDay: compressed(8),
};

function compressed(seconds: number): CallPolicy {
  const gap: Gap[] = [{ kind: 'seconds', seconds }];
  return {
    maxMissed: 2,
    gaps: Object.fromEntries(missReasons.map((reason) => [reason, gap])) as CallPolicy['gaps'],
    faultGapSeconds: 5,
    maxRung: 5,
    minimumGapSeconds: 3,
    callingHours: { from: '00:00', until: '24:00' },
    giveUp: { days: 0, minutes: 12 },
  };
}
