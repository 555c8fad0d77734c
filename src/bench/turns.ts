import type { ChannelUse } from './channel-use.js';

export type Contender = 'ours' | 'baseline';

export const orders = ['interleaved', 'ours-first', 'baseline-first'] as const;
export type Order = (typeof orders)[number];

/** One contender's share of the calls, run without a break. */
export interface Turn {
  contender: Contender;
  calls: number;
}

/**
 * Who runs when. Interleaved halves (A B B A) take from both what a machine that warms up or tires gives;
 * with few calls, each contender runs once, for a half would be all ramp and tail.
 */
export function planTurns(order: Order, calls: number, lines: number): Turn[] {
  if (order === 'ours-first' || (order === 'interleaved' && calls < 6 * lines)) {
    return [
      { contender: 'ours', calls },
      { contender: 'baseline', calls },
    ];
  }
  if (order === 'baseline-first') {
    return [
      { contender: 'baseline', calls },
      { contender: 'ours', calls },
    ];
  }
  const half = Math.ceil(calls / 2);
  return [
    { contender: 'ours', calls: half },
    { contender: 'baseline', calls: half },
    { contender: 'baseline', calls: calls - half },
    { contender: 'ours', calls: calls - half },
  ];
}

/** What one contender's turns come to together. */
export interface Total {
  calls: number;
  /** In the steady parts: starts, each of which waited for a line. */
  callsPerSecond: number;
  /** From first INVITE to last end, ramp and tail included. */
  wholeCallsPerSecond: number;
  usedShare: number;
  peakChannels: number;
  rampSeconds: number;
  tailSeconds: number;
}

/** Adds turns up: rates by their time, shares weighted with it, the highest peak, the mean ramp and tail. */
export function totalOf(turns: readonly ChannelUse[]): Total {
  const sum = (pick: (use: ChannelUse) => number): number => turns.reduce((so, turn) => so + pick(turn), 0);
  const steady = sum((use) => use.steadySeconds);
  return {
    calls: sum((use) => use.calls),
    callsPerSecond: sum((use) => use.steadyStarts) / steady,
    wholeCallsPerSecond:
      sum((use) => use.calls) / sum((use) => use.rampSeconds + use.steadySeconds + use.tailSeconds),
    usedShare: sum((use) => use.usedShare * use.steadySeconds) / steady,
    peakChannels: Math.max(...turns.map((use) => use.peak)),
    rampSeconds: sum((use) => use.rampSeconds) / turns.length,
    tailSeconds: sum((use) => use.tailSeconds) / turns.length,
  };
}
