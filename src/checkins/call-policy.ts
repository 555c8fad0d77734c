import { z } from 'zod';
import { missReasons } from './attempt-outcome.js';

const gap = z.union([
  z.object({ kind: z.literal('seconds'), seconds: z.number().int().min(0) }),
  /** The next day, at the time of the check-in. */
  z.object({ kind: z.literal('nextDay') }),
]);
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time such as 08:00');

/** How often, when and how long a person is called: a tenant's data, not code. */
export const callPolicySchema = z.object({
  /** Misses after which the station is told. */
  maxMissed: z.number().int().min(1).max(10),
  /** Wait after the first, second … miss of this kind; the last one holds from there on. */
  gaps: z.record(z.enum(missReasons), z.array(gap).min(1)),
  /** Wait after a fault of ours. */
  faultGapSeconds: z.number().int().min(1),
  /** Calls in all that may have rung, our faults included: then the station is told. */
  maxRung: z.number().int().min(1).max(20),
  /** Between two calls to one person, whatever they are about. */
  minimumGapSeconds: z.number().int().min(0),
  callingHours: z.object({ from: timeOfDay, until: timeOfDay }),
  /** The last moment for a call: so many days and minutes after it was due, within calling hours. */
  giveUp: z.object({ days: z.number().int().min(0).max(7), minutes: z.number().int().min(1) }),
});

export type CallPolicy = z.infer<typeof callPolicySchema>;
export type Gap = z.infer<typeof gap>;

export const policyPresets = ['matsudo', 'sameDay'] as const;
export type PolicyPreset = (typeof policyPresets)[number];

const seconds = (minutes: number): Gap => ({ kind: 'seconds', seconds: minutes * 60 });
const nextDay: Gap = { kind: 'nextDay' };
/** 8:00-20:00 is the window most services keep; 21-8 is barred for debt collection and serves as the outer bound. */
const daytime = { from: '08:00', until: '20:00' };

/**
 * The two presets. 松戸方式: one try a day, again next day at the same time, then the station.
 * 当日再発信: again after 30 and 60 minutes (busy: 10), then the station.
 */
export const presetPolicies: Readonly<Record<PolicyPreset, CallPolicy>> = {
  matsudo: {
    maxMissed: 2,
    gaps: {
      noAnswer: [nextDay],
      busy: [nextDay],
      rejected: [nextDay],
      machine: [nextDay],
      screened: [seconds(5)],
      // Somebody picked up and was not understood: a day is too long to leave it.
      answeredNoKey: [seconds(10)],
      invalidKey: [seconds(10)],
    },
    faultGapSeconds: 120,
    maxRung: 4,
    minimumGapSeconds: 300,
    callingHours: daytime,
    giveUp: { days: 1, minutes: 60 },
  },
  sameDay: {
    maxMissed: 3,
    gaps: {
      noAnswer: [seconds(30), seconds(60)],
      busy: [seconds(10)],
      rejected: [seconds(30), seconds(60)],
      machine: [seconds(30), seconds(60)],
      screened: [seconds(5)],
      answeredNoKey: [seconds(10)],
      invalidKey: [seconds(10)],
    },
    faultGapSeconds: 120,
    maxRung: 5,
    minimumGapSeconds: 300,
    callingHours: daytime,
    giveUp: { days: 0, minutes: 180 },
  },
};
