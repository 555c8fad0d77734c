import type { DialRequest, TurnResult } from './dial.js';
import { totalOf, type Contender, type Total } from './turns.js';

/** What `bench dial` prints; all of it but the process's own use comes from the carrier's record. */
export interface DialResult {
  calls: number;
  channels: number;
  /** Who ran when, as O (ours) and B (the baseline). */
  turns: string;
  callsPerSecond: number;
  baselineCallsPerSecond: number;
  ratio: number;
  usedShare: number;
  baselineUsedShare: number;
  peakChannels: number;
  baselinePeakChannels: number;
  rampSeconds: number;
  baselineRampSeconds: number;
  tailSeconds: number;
  baselineTailSeconds: number;
  /** With ramp and tail. */
  wholeCallsPerSecond: number;
  baselineWholeCallsPerSecond: number;
  wholeRatio: number;
  nodeCpuSeconds: number;
  nodeCpuMsPerCall: number;
  nodeRssMB: number;
  nodeRssGrowthMB: number;
  errors: number;
  /** What the errors are, by kind. */
  errorKinds: Record<string, number>;
}

export function dialResult({ calls, channels }: DialRequest, results: readonly TurnResult[]): DialResult {
  const total = (contender: Contender): Total =>
    totalOf(results.filter(({ turn }) => turn.contender === contender).map(({ use }) => use));
  const [ours, baseline] = [total('ours'), total('baseline')];
  const accounts = results.flatMap(({ account }) => account ?? []);
  const cpuSeconds = accounts.reduce((sum, { usage }) => sum + usage.cpuSeconds, 0);
  const errorKinds = errorsIn(results);
  return {
    calls,
    channels,
    turns: results.map(({ turn }) => (turn.contender === 'ours' ? 'O' : 'B')).join(' '),
    callsPerSecond: round(ours.callsPerSecond, 2),
    baselineCallsPerSecond: round(baseline.callsPerSecond, 2),
    ratio: round(ours.callsPerSecond / baseline.callsPerSecond, 3),
    usedShare: round(ours.usedShare, 4),
    baselineUsedShare: round(baseline.usedShare, 4),
    peakChannels: ours.peakChannels,
    baselinePeakChannels: baseline.peakChannels,
    rampSeconds: round(ours.rampSeconds, 2),
    baselineRampSeconds: round(baseline.rampSeconds, 2),
    tailSeconds: round(ours.tailSeconds, 2),
    baselineTailSeconds: round(baseline.tailSeconds, 2),
    wholeCallsPerSecond: round(ours.wholeCallsPerSecond, 2),
    baselineWholeCallsPerSecond: round(baseline.wholeCallsPerSecond, 2),
    wholeRatio: round(ours.wholeCallsPerSecond / baseline.wholeCallsPerSecond, 3),
    nodeCpuSeconds: round(cpuSeconds, 2),
    nodeCpuMsPerCall: round((cpuSeconds * 1000) / ours.calls, 2),
    nodeRssMB: round(Math.max(...accounts.map(({ usage }) => usage.peakRssMB)), 1),
    nodeRssGrowthMB: round(Math.max(...accounts.map(({ rssGrowthMB }) => rssGrowthMB)), 1),
    errors: Object.values(errorKinds).reduce((sum, count) => sum + count, 0),
    errorKinds,
  };
}

/** Everything that must be nought, of our turns and of the baseline's, which would not be a fair one otherwise. */
function errorsIn(results: readonly TurnResult[]): Record<string, number> {
  const sum = (count: (result: TurnResult) => number): number =>
    results.reduce((so, result) => so + count(result), 0);
  return {
    attemptsNotOk: sum(({ account }) => account?.attemptsNotOk ?? 0),
    checkinsNotAnswered: sum(({ account }) => account?.checkinsNotAnswered ?? 0),
    callsWithoutAttempt: sum(({ account, carrierCalls }) =>
      account ? Math.abs(carrierCalls - account.attempts) : 0,
    ),
    keysLost: sum(({ account, carrierKeys }) => (account ? Math.abs(carrierKeys - account.keys) : 0)),
    callsWithoutEnd: sum(({ endless }) => endless),
    baselineCallsMissing: sum(({ account, turn, carrierKeys }) =>
      account ? 0 : Math.abs(turn.calls - carrierKeys),
    ),
  };
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
