import type { LedgerState } from '../checkins/ledger-state.js';

/** People of a day in one state; counted, without anybody's name. */
export interface CountedState {
  state: LedgerState;
  /** Their next call's moment is here already, or they are being called. */
  overdue: boolean;
  count: number;
}

/** What is read of a tenant's day, besides the states. */
export interface DayFacts {
  counted: readonly CountedState[];
  /** Of those who have no end yet, the last moment at which somebody is to be called; undefined when nobody is. */
  lastCallAt: Date | undefined;
  /** How many came to their end in the window before `readAt`. */
  settledLately: number;
  windowMinutes: number;
  readAt: Date;
}

/** A day of check-ins; due = done + unknown, and done = well + unwell + contact + unreachable. */
export interface DayProgress {
  due: number;
  done: number;
  well: number;
  unwell: number;
  contact: number;
  unreachable: number;
  /** The headline: of these people nothing is known yet. */
  unknown: number;
  /** What the unknown consist of. */
  notCalledYet: number;
  calling: number;
  callingAgain: number;
  callingAgainTomorrow: number;
  /** Of the unknown, those whose time has come. */
  overdue: number;
  /** Paused, moved to another day, withdrawn or cancelled: nobody waits for these today. */
  notDue: number;
  /** When the last one is expected to be known; null when all are, or nothing can be said. ISO 8601. */
  expectedEndAt: string | null;
}

const kinds = {
  stillUnknown: 'notCalledYet',
  calling: 'calling',
  callingAgain: 'callingAgain',
  callingAgainTomorrow: 'callingAgainTomorrow',
  ok: 'well',
  confirmedByOther: 'well',
  unwell: 'unwell',
  contactRequested: 'contact',
  noResponse: 'unreachable',
  hungUpEarly: 'unreachable',
  numberInvalid: 'unreachable',
  weCouldNotCall: 'unreachable',
  moved: 'notDue',
  paused: 'notDue',
  withdrawn: 'notDue',
  closedDay: 'notDue',
  cancelled: 'notDue',
} as const satisfies Record<LedgerState, keyof DayProgress>;

/** A call with its question and its answer. */
const usualCallMs = 60_000;

/** Adds up a day. */
export function dayProgress(facts: DayFacts): DayProgress {
  const sums = {
    notCalledYet: 0,
    calling: 0,
    callingAgain: 0,
    callingAgainTomorrow: 0,
    well: 0,
    unwell: 0,
    contact: 0,
    unreachable: 0,
    notDue: 0,
  };
  let overdue = 0;
  for (const { state, overdue: isOverdue, count } of facts.counted) {
    sums[kinds[state]] += count;
    if (isOverdue && ['stillUnknown', 'calling', 'callingAgain'].includes(state)) overdue += count;
  }
  const today = sums.notCalledYet + sums.calling + sums.callingAgain;
  const unknown = today + sums.callingAgainTomorrow;
  const done = sums.well + sums.unwell + sums.contact + sums.unreachable;
  return { ...sums, unknown, done, due: done + unknown, overdue, expectedEndAt: expectedEnd(facts, today) };
}

/**
 * The later of two: when the last planned call is over, and when the rest is done at the pace of late. A retry that
 * nobody can foresee makes it later.
 */
function expectedEnd(
  { lastCallAt, settledLately, windowMinutes, readAt }: DayFacts,
  open: number,
): string | null {
  if (open === 0) return null;
  const planned = lastCallAt ? Math.max(lastCallAt.getTime(), readAt.getTime()) + usualCallMs : 0;
  const paced = settledLately > 0 ? readAt.getTime() + (open / settledLately) * windowMinutes * 60_000 : 0;
  // Before the first end there is no pace; with a whole day ahead, the plan tells the time.
  const end = Math.max(planned, paced);
  return end === 0 ? null : new Date(end).toISOString();
}
