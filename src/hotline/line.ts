import type { Closure, HoursOfLine, Week } from './opening-hours.js';

/** One public service that people call: its numbers, its hours and its queue. */
export interface Line {
  id: number;
  organizationId: number;
  /** 1 to 32: which of the exchange's queues is its own. */
  slot: number;
  name: string;
  /** The ordinary number that calls of its counsellors show; digits. */
  shownNumber: string;
  /** Numbers that lead to it; digits. */
  numbers: readonly string[];
  timeZone: string;
  week: Week;
  closedOnHolidays: boolean;
  closedAtYearEnd: boolean;
  closures: readonly Closure[];
  recordsCalls: boolean;
  recordingDays: number;
  maxWaitSeconds: number;
  serviceLevelSeconds: number;
  shortAbandonSeconds: number;
}

export const slots = 32;

/** What decides when a line is open. */
export function hoursOf(line: Line, holidays: ReadonlySet<string>): HoursOfLine {
  const { week, timeZone, closedOnHolidays, closedAtYearEnd, closures } = line;
  return { week, timeZone, closedOnHolidays, closedAtYearEnd, closures, holidays };
}
