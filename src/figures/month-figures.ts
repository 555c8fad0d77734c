import type { PeopleCount } from './people-months.js';

/** Whole minutes → how many: unlike medians, these can be added. */
export type MinuteCounts = ReadonlyMap<number, number>;

/** Check-ins and alerts of one month. */
export interface CallCount {
  /** Check-ins due in the month that were not cancelled (paused, withdrawn, moved into another day's). */
  due: number;
  /** Of these, not settled yet. */
  waiting: number;
  /** Of these, ended with the person's answer, or with a person's word about them. */
  answered: number;
  /** Calls made for them, on whatever day. */
  calls: number;
  /** Alerts about people that were opened in the month. */
  alerts: number;
  /** Of these, how long those took that are closed. */
  closingMinutes: MinuteCounts;
}

/** Consultations of one month, by the organization's own rules. */
export interface ConsultationCount {
  contacts: number;
  persons: number;
  handled: number;
  leases: number;
}

/** All that is counted of one month; each can be added over tenants. */
export interface MonthFacts extends PeopleCount, CallCount, ConsultationCount {
  /** Tenants in use: their first check-in was planned by the month's end. */
  introduced: number;
}

/** One column of the page; null where there is nothing to divide. */
export interface Figures extends Omit<MonthFacts, 'closingMinutes'> {
  /** Answered of those that are settled, 0 to 1. */
  answeredShare: number | null;
  medianMinutesToClose: number | null;
}

export const noCalls: CallCount = {
  ...{ due: 0, waiting: 0, answered: 0, calls: 0, alerts: 0 },
  closingMinutes: new Map(),
};
export const noConsultations: ConsultationCount = { contacts: 0, persons: 0, handled: 0, leases: 0 };
const nothing: MonthFacts = {
  ...{ ...noCalls, ...noConsultations },
  ...{ subscribers: 0, active: 0, withdrawals: 0, introduced: 0 },
};

/** What counts up: its year is the sum of its months. */
const flows = ['withdrawals', 'due', 'waiting', 'answered', 'calls', 'alerts'] as const;
/** What stands at a moment: its year is its last month. */
const stocks = ['subscribers', 'active', 'introduced'] as const;
const numbers = [...flows, ...stocks, 'contacts', 'persons', 'handled', 'leases'] as const;

/** The figures of several tenants together. */
export function addFacts(facts: readonly MonthFacts[]): MonthFacts {
  const sum = { ...nothing };
  for (const one of facts) for (const name of numbers) sum[name] += one[name];
  return { ...sum, closingMinutes: addMinutes(facts.map(({ closingMinutes }) => closingMinutes)) };
}

/**
 * A year of its months. Consultations stand apart: one case is handled once a year, however many months it takes.
 *
 * @param months those that have begun
 */
export function yearFacts(months: readonly MonthFacts[], consultations: ConsultationCount): MonthFacts {
  const year = addFacts(months);
  const last = months.at(-1);
  for (const name of stocks) year[name] = last?.[name] ?? 0;
  return { ...year, ...consultations };
}

export function figuresOf({ closingMinutes, ...facts }: MonthFacts): Figures {
  const settled = facts.due - facts.waiting;
  return {
    ...facts,
    answeredShare: settled > 0 ? facts.answered / settled : null,
    medianMinutesToClose: medianOf(closingMinutes),
  };
}

export function addMinutes(counts: readonly MinuteCounts[]): MinuteCounts {
  const sum = new Map<number, number>();
  for (const one of counts)
    for (const [minutes, count] of one) sum.set(minutes, (sum.get(minutes) ?? 0) + count);
  return sum;
}

/** The middle one; between two middle ones, their mean. Null of none. */
export function medianOf(counts: MinuteCounts): number | null {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const sorted = [...counts].sort(([one], [other]) => one - other);
  const at = (rank: number): number => {
    let passed = 0;
    for (const [minutes, count] of sorted) {
      passed += count;
      if (rank < passed) return minutes;
    }
    return 0;
  };
  return (at(Math.floor((total - 1) / 2)) + at(Math.floor(total / 2))) / 2;
}
