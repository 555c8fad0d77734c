/** One call as the carrier saw it, from the INVITE to the end; instants in ms. */
export interface CallSpan {
  startedAt: number;
  endedAt: number;
}

/** How a series of calls used the lines that it was allowed. */
export interface ChannelUse {
  calls: number;
  /** Most calls at one moment. */
  peak: number;
  /** From the first INVITE until as many calls were started as there are lines. */
  rampSeconds: number;
  /** While work remained: from the end of the ramp to the last start. */
  steadySeconds: number;
  /** From the last start to the last end, when there is nothing left to start. */
  tailSeconds: number;
  /** Calls started in the steady part; each had to wait for another's end. */
  steadyStarts: number;
  /** Share of the lines in use, the mean over the steady part. */
  usedShare: number;
}

/**
 * Splits a series of calls into ramp, steady part and tail, and measures the steady part.
 *
 * @param lines calls allowed at one time
 * @throws RangeError when there are not more calls than lines: then no part of it is steady
 */
export function channelUse(calls: readonly CallSpan[], lines: number): ChannelUse {
  const starts = calls.map(({ startedAt }) => startedAt).sort((one, other) => one - other);
  const [first] = starts;
  const full = starts[lines - 1];
  const last = starts.at(-1);
  if (first === undefined || full === undefined || last === undefined || calls.length <= lines) {
    throw new RangeError(`${calls.length} calls on ${lines} lines: more calls than lines are needed`);
  }
  const lastEnd = calls.reduce((latest, { endedAt }) => Math.max(latest, endedAt), last);
  const steadyMs = last - full;
  return {
    calls: calls.length,
    peak: peakOf(calls),
    rampSeconds: (full - first) / 1000,
    steadySeconds: steadyMs / 1000,
    tailSeconds: (lastEnd - last) / 1000,
    steadyStarts: calls.length - lines,
    usedShare: steadyMs > 0 ? busyMs(calls, full, last) / (lines * steadyMs) : 1,
  };
}

/** Most calls at one moment; a line that is freed and taken in the same moment is one line. */
export function peakOf(calls: readonly CallSpan[]): number {
  const changes = calls
    .flatMap(({ startedAt, endedAt }) => [
      { at: startedAt, by: 1 },
      { at: endedAt, by: -1 },
    ])
    .sort((one, other) => one.at - other.at || one.by - other.by);
  let now = 0;
  let peak = 0;
  for (const { by } of changes) {
    now += by;
    peak = Math.max(peak, now);
  }
  return peak;
}

/** Time spent in calls between two moments, all lines together. */
function busyMs(calls: readonly CallSpan[], from: number, until: number): number {
  let busy = 0;
  for (const { startedAt, endedAt } of calls) {
    busy += Math.max(0, Math.min(endedAt, until) - Math.max(startedAt, from));
  }
  return busy;
}
