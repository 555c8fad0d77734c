import { DateTime } from 'luxon';
import { boundsOfDay } from '../checkins/local-day.js';
import { zoneNamed } from '../time-zone.js';

/** What is kept for a time, of each tenant; each by its own rule. */
export const tenantRuleKinds = [
  'withdrawnPeople',
  'checkInDays',
  'alertNotes',
  'callIns',
  'consultations',
  'hotlineCalls',
  'hotlineTasks',
  'accessLog',
] as const;
/** What belongs to no tenant. */
export const serviceRuleKinds = ['mails', 'testCalls', 'unassignedCalls'] as const;
export const ruleKinds = [...tenantRuleKinds, ...serviceRuleKinds] as const;

export type RuleKind = (typeof ruleKinds)[number];

/** The service itself, where a tenant's id is asked for. */
export const serviceItself = 0;

export interface RuleBounds {
  /** How many months as long as nobody says otherwise. */
  usual: number;
  least: number;
  most: number;
  /** From when the months run: the day of the event, or the end of its fiscal year, the 31st of March. */
  from: 'day' | 'fiscalYear';
}

/**
 * The usual months and their bounds, each with where it comes from. `[E2]` and the like are the project's list of sources.
 *
 * - The ledger of 居住サポート住宅 holds each watch visit, each anomaly with what was done, and each referral, and is kept
 *   five years after the fiscal year [E2]; the support centre's subsidy needs its activity records for as long [E8][E9].
 * - Records of handing personal data to others are kept three years: 個人情報保護法 29条・30条, 施行規則 21条・25条. The
 *   consents and contacts of a person are these records, so nobody's go sooner after their withdrawal.
 * - For the rest the law names no time: what is no longer needed is erased without delay (個人情報保護法 22条).
 * - Figures change for three months still, and are summed again: no day's calls go sooner.
 */
export const ruleBounds: Readonly<Record<RuleKind, RuleBounds>> = {
  withdrawnPeople: { usual: 60, least: 36, most: 120, from: 'fiscalYear' },
  checkInDays: { usual: 24, least: 6, most: 84, from: 'day' },
  alertNotes: { usual: 60, least: 12, most: 120, from: 'fiscalYear' },
  callIns: { usual: 24, least: 3, most: 84, from: 'day' },
  consultations: { usual: 60, least: 60, most: 120, from: 'fiscalYear' },
  hotlineCalls: { usual: 36, least: 6, most: 84, from: 'day' },
  hotlineTasks: { usual: 12, least: 3, most: 84, from: 'day' },
  accessLog: { usual: 36, least: 12, most: 120, from: 'day' },
  mails: { usual: 3, least: 1, most: 24, from: 'day' },
  testCalls: { usual: 12, least: 1, most: 24, from: 'day' },
  unassignedCalls: { usual: 12, least: 3, most: 36, from: 'day' },
};

/** Everything of before is old enough. */
export interface Cut {
  /** `YYYY-MM-DD`: the first day that is kept. */
  date: string;
  /** Its first moment, in ms. */
  at: number;
}

/** Where a rule cuts on this day of a zone. Months are those of the calendar: a month before the 31st of March is the 28th or 29th of February. */
export function cutOf({ from }: Pick<RuleBounds, 'from'>, months: number, today: string, zone: string): Cut {
  const limit = DateTime.fromISO(today, { zone: 'utc' }).minus({ months });
  const first =
    from === 'day'
      ? limit
      : DateTime.fromObject(
          { year: limit.month >= 4 ? limit.year : limit.year - 1, month: 4, day: 1 },
          { zone: 'utc' },
        );
  const date = first.toISODate() ?? '';
  return { date, at: boundsOfDay(date, zone).from.getTime() };
}

export function isWithin({ least, most }: RuleBounds, months: number): boolean {
  return Number.isInteger(months) && months >= least && months <= most;
}

export function isServiceRule(kind: RuleKind): boolean {
  return (serviceRuleKinds as readonly string[]).includes(kind);
}

/** The hour of the night, where the tenant is, at which it is done: no check-in call is made then. */
export const nightHour = 2;

/** The next moment at which it is done by itself. */
export function nextRun(now: Date, zone: string): Date {
  const today = DateTime.fromJSDate(now, { zone: zoneNamed(zone) }).set({
    hour: nightHour,
    minute: 0,
    second: 0,
    millisecond: 0,
  });
  return (today.toJSDate() > now ? today : today.plus({ days: 1 })).toJSDate();
}

/** Whether it is night there: from two until five. */
export function isNight(now: Date, zone: string): boolean {
  const { hour } = DateTime.fromJSDate(now, { zone: zoneNamed(zone) });
  return hour >= nightHour && hour < nightHour + 3;
}
