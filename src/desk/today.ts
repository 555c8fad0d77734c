import { localDate } from '../checkins/local-day.js';
import type { LedgerLine } from '../checkins/ledger.js';
import type { CloseReason } from '../alerts/alert-work.js';
import type { StationCallOutcome, StationCallState } from './station-call.js';

/** What a station has to do with a person now, the most pressing first. */
export const todayGroups = [
  'overdue', // should have been called by now, and was not
  'mustAct', // somebody must see to them
  'calling',
  'callingAgain', // later today
  'toCome',
  'handled', // seen to, and not confirmed as well
  'callingTomorrow',
  'well',
  'away', // paused, left, or moved to another day
] as const;
export type TodayGroup = (typeof todayGroups)[number];

export interface Handled {
  reason: CloseReason;
  at: Date;
  by?: string;
  checkinId: number;
  alertId?: number;
}

export interface TodayCall {
  id: string;
  state: StationCallState;
  outcome?: StationCallOutcome;
  placedAt: Date;
  seconds?: number;
}

/** One person of the day, with what the station does about them. */
export interface TodayLine extends LedgerLine {
  group: TodayGroup;
  /** The day it was due on, when that is an earlier one. */
  dueOn?: string;
  owner?: { id: number; name: string };
  /** What somebody did last. */
  handled?: Handled;
  /** The last call by click. */
  call?: TodayCall;
}

/** Calls begin within this of their time. */
const startsWithinMs = 10 * 60_000;

/** What there is to do about a line. @param isToday a day that is over has nothing to come */
export function groupOf(line: LedgerLine, now: Date, isToday: boolean): TodayGroup {
  switch (line.state) {
    case 'stillUnknown':
      return !isToday || now.getTime() - line.dueAt.getTime() < startsWithinMs ? 'toCome' : 'overdue';
    case 'unwell':
    case 'contactRequested':
    case 'noResponse':
    case 'hungUpEarly':
    case 'numberInvalid':
    case 'weCouldNotCall':
      return line.openAlert ? 'mustAct' : 'handled';
    case 'calling':
      return 'calling';
    case 'callingAgain':
      return 'callingAgain';
    case 'callingAgainTomorrow':
      return 'callingTomorrow';
    case 'ok':
    case 'confirmedByOther':
      return 'well';
    case 'moved':
    case 'paused':
    case 'withdrawn':
    case 'closedDay':
    case 'cancelled':
      return 'away';
  }
}

/** A line of an earlier day as it concerns this one: what was for tomorrow then may be for today. */
export function asOfToday(line: LedgerLine, date: string, zone: string): LedgerLine {
  const again = line.state === 'callingAgainTomorrow' && line.nextCallAt;
  return again && localDate(again, zone) <= date ? { ...line, state: 'callingAgain' } : line;
}

/** Counts of people by what there is to do, for the headline. */
export function countGroups(lines: readonly { group: TodayGroup }[]): Record<TodayGroup, number> {
  const counts = Object.fromEntries(todayGroups.map((group) => [group, 0])) as Record<TodayGroup, number>;
  for (const { group } of lines) counts[group]++;
  return counts;
}

/** The order of the ledger within each group; whom nobody sees to before those whom somebody has taken. */
export function inOrderOfWork(lines: readonly TodayLine[]): TodayLine[] {
  return lines.toSorted(
    (one, other) =>
      todayGroups.indexOf(one.group) - todayGroups.indexOf(other.group) ||
      Number(one.owner !== undefined) - Number(other.owner !== undefined),
  );
}
