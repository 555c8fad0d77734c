/** What the lines allow. */
export interface PaceLimits {
  /** Calls at one time on this exchange and trunk, in both directions. */
  channelCap: number;
  /** Lines that are never taken by check-ins: the hotline's and the alerts'. */
  reservedForOthers: number;
  startsPerSecond: number;
}

/** How the lines have behaved lately; kept by the dialler, changed only here. */
export interface Pace {
  /** Share of the limits in use: cut by a fault, regained slowly. */
  level: number;
  /** The latest ends, newest last: true for a fault of the network or of ours. */
  recent: readonly { fault: boolean; at: number }[];
  /** Set while dialling is stopped: one call tries the line at this moment. */
  stopped: { since: number; probeAt: number; probes: number } | undefined;
}

export const freshPace: Pace = { level: 1, recent: [], stopped: undefined };

const lookBack = 20;
const lookBackMs = 5 * 60_000;
const faultsToStop = 5;
const faultShareToStop = 0.5;
const firstProbeMs = 15_000;
const longestProbeMs = 120_000;
const lowestLevel = 0.1;

/**
 * Takes in how a call ended. One fault slows us down; many together stop the dialling, for then
 * it is the trunk or the area that fails, not the people. One good probe starts it again, slowly.
 */
export function paceAfterEnd(pace: Pace, fault: boolean, now: number): Pace {
  const recent = [...pace.recent, { fault, at: now }]
    .filter((end) => end.at > now - lookBackMs)
    .slice(-lookBack);
  if (pace.stopped) {
    if (!fault) return { level: lowestLevel, recent: [], stopped: undefined };
    // A call that was under way when we stopped, not a probe: it tells nothing new.
    if (now < pace.stopped.probeAt) return { ...pace, recent };
    const probes = pace.stopped.probes + 1;
    const probeAt = now + Math.min(longestProbeMs, firstProbeMs * 2 ** probes);
    return { ...pace, recent, stopped: { ...pace.stopped, probes, probeAt } };
  }
  const faults = recent.filter((end) => end.fault).length;
  if (fault && faults >= faultsToStop && faults >= recent.length * faultShareToStop) {
    return { level: lowestLevel, recent, stopped: { since: now, probeAt: now + firstProbeMs, probes: 0 } };
  }
  const level = fault ? Math.max(lowestLevel, pace.level * 0.7) : Math.min(1, pace.level + 0.05);
  return { level, recent, stopped: undefined };
}

export interface PaceFacts {
  channelsInUse: number;
  /** Starts that the rate still allows at this moment. */
  startsLeft: number;
  /** The operator's word is awaited before anybody is called. */
  held: boolean;
}

/** How many calls may start now: none while held, never above the cap, never on the reserved lines, one probe while stopped. */
export function callsToStart(pace: Pace, facts: PaceFacts, limits: PaceLimits, now: number): number {
  if (facts.held) return 0;
  const cap = Math.max(0, limits.channelCap - limits.reservedForOthers);
  if (pace.stopped) {
    return cap > 0 && facts.channelsInUse === 0 && facts.startsLeft >= 1 && now >= pace.stopped.probeAt
      ? 1
      : 0;
  }
  const allowed = Math.max(Math.min(1, cap), Math.floor(cap * pace.level));
  return Math.max(0, Math.min(allowed - facts.channelsInUse, Math.floor(facts.startsLeft)));
}

/** A bucket of starts: filled at the allowed rate, never holding more than one second's worth. */
export interface StartBucket {
  starts: number;
  filledAt: number;
}

export function fillBucket(bucket: StartBucket, startsPerSecond: number, now: number): StartBucket {
  const room = Math.max(1, startsPerSecond);
  const earned = (Math.max(0, now - bucket.filledAt) / 1000) * startsPerSecond;
  return { starts: Math.min(room, bucket.starts + earned), filledAt: now };
}
