import type { CarrierCall } from '../testbed/carrier-record.js';

/** A board stopped showing a call as one that goes on. */
export interface CallLeft {
  /** What stands for the person. */
  who: string;
  /** Epoch ms. */
  at: number;
}

/** What one board showed, and from when on it was watched (epoch ms). */
export interface BoardRecord {
  organizationId: number;
  openedAt: number;
  left: readonly CallLeft[];
}

/** Somebody hung up, by the carrier's own record. */
export interface HangUp {
  who: string;
  organizationId: number;
  at: number;
}

export interface Lags {
  /** From the hang-up to the board, in ms, one for each board that showed the call. */
  lagsMs: number[];
  /** Hang-ups of a board's tenant whose call that board did not show at that moment. */
  notShown: number;
}

/**
 * The hang-ups that fell into a time, each person's first one; `persons` says whose a number is.
 *
 * @param from epoch ms
 * @param until epoch ms
 */
export function hangUpsBetween(
  calls: readonly CarrierCall[],
  persons: ReadonlyMap<string, { who: string; organizationId: number }>,
  from: number,
  until: number,
): HangUp[] {
  const seen = new Set<string>();
  return calls.flatMap(({ number, endedAt }) => {
    const person = persons.get(number);
    if (!person || !endedAt || seen.has(number)) return [];
    seen.add(number);
    const at = endedAt.getTime();
    return at >= from && at < until ? [{ ...person, at }] : [];
  });
}

/**
 * How long each board went on showing a call that was over. A call that a board listed leaves the list for no
 * other reason than its end, so that a late board gives a large lag and never a missing one; a call that was
 * not among the listed when it ended says nothing, and is counted as not shown.
 */
export function lagsOf(boards: readonly BoardRecord[], hangUps: readonly HangUp[]): Lags {
  const lagsMs: number[] = [];
  let notShown = 0;
  for (const { organizationId, openedAt, left } of boards) {
    const leftAt = new Map(left.map(({ who, at }) => [who, at]));
    for (const { who, at, organizationId: whose } of hangUps) {
      if (whose !== organizationId || at < openedAt) continue;
      const shown = leftAt.get(who);
      if (shown === undefined) notShown++;
      else lagsMs.push(shown - at);
    }
  }
  return { lagsMs, notShown };
}
