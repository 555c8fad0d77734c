import { lagsOf, type BoardRecord, type HangUp } from './board-lag.js';
import { percentile } from './percentile.js';

export interface WallboardFigures {
  boards: number;
  wantedCallsPerSecond: number;
  seconds: number;
  hangUps: readonly HangUp[];
  pages: readonly BoardRecord[];
  sockets: readonly BoardRecord[];
  /** Boards that the sockets received meanwhile. */
  views: number;
  /** Of the service, meanwhile. */
  cpuSeconds: number;
  /** Of the service, looked at every second: right after the warm-up, and at the end. */
  warmRssMB: readonly number[];
  lastRssMB: readonly number[];
  socketsLost: number;
  boardsStale: number;
  /** By how they ended. */
  failedCalls: Readonly<Record<string, number>>;
  pageFaults: number;
}

/** What `bench wallboard` prints. */
export interface WallboardBenchResult {
  boards: number;
  browsers: number;
  seconds: number;
  /** That ended meanwhile. */
  calls: number;
  callsPerSecond: number;
  /** From the carrier's record of a hang-up to the changed document of a browser. */
  eventToPixelP50Ms: number;
  eventToPixelP95Ms: number;
  eventToPixelP99Ms: number;
  samples: number;
  /** Of the calls of the browsers' tenants, those that a board did not list when they ended. */
  notShown: number;
  /** From the same moment to the arrival at the other sockets. */
  socketP50Ms: number;
  socketP95Ms: number;
  /** Boards that the other sockets received, all together. */
  viewsPerSecond: number;
  /** CPU time of the service as a share of the time: below 1, one process carries it. */
  serverCpuShare: number;
  rssMB: number;
  /** Median at the end less the median after the warm-up. */
  rssGrowthMB: number;
  errors: number;
  errorKinds: Record<string, number>;
  /** The failed calls, by how they ended. */
  failedCalls: Record<string, number>;
}

/** Fewer moments than this tell nothing of the slowest twentieth. */
const enoughSamples = 100;
/** With fewer calls it was not the wanted load. */
const leastShareOfCalls = 0.9;

/** Puts together what the carrier, the browsers, the sockets and the kernel each saw by themselves. */
export function wallboardResult(figures: WallboardFigures): WallboardBenchResult {
  const { boards, seconds, hangUps, pages, sockets, wantedCallsPerSecond } = figures;
  const onPages = lagsOf(pages, hangUps);
  const atSockets = lagsOf(sockets, hangUps);
  const callsPerSecond = hangUps.length / seconds;
  // A short trial has few calls, and its tenants share them.
  const wantedSamples = Math.min(enoughSamples, Math.floor((wantedCallsPerSecond * seconds) / 10));
  const errorKinds = {
    socketsLost: figures.socketsLost,
    boardsStale: figures.boardsStale,
    callsFailed: sumOf(figures.failedCalls),
    pageFaults: figures.pageFaults,
    callsTooFew: callsPerSecond < leastShareOfCalls * wantedCallsPerSecond ? 1 : 0,
    samplesTooFew: pages.length > 0 && onPages.lagsMs.length < wantedSamples ? 1 : 0,
  };
  return {
    boards,
    browsers: pages.length,
    seconds: round(seconds, 1),
    calls: hangUps.length,
    callsPerSecond: round(callsPerSecond, 2),
    eventToPixelP50Ms: shareOf(onPages.lagsMs, 0.5),
    eventToPixelP95Ms: shareOf(onPages.lagsMs, 0.95),
    eventToPixelP99Ms: shareOf(onPages.lagsMs, 0.99),
    samples: onPages.lagsMs.length,
    notShown: onPages.notShown,
    socketP50Ms: shareOf(atSockets.lagsMs, 0.5),
    socketP95Ms: shareOf(atSockets.lagsMs, 0.95),
    viewsPerSecond: round(figures.views / seconds, 1),
    serverCpuShare: round(figures.cpuSeconds / seconds, 3),
    rssMB: round(percentile(figures.lastRssMB, 0.5), 1),
    rssGrowthMB: round(percentile(figures.lastRssMB, 0.5) - percentile(figures.warmRssMB, 0.5), 1),
    errors: sumOf(errorKinds),
    errorKinds,
    failedCalls: { ...figures.failedCalls },
  };
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((sum, count) => sum + count, 0);
}

function shareOf(values: readonly number[], share: number): number {
  return values.length === 0 ? Number.NaN : round(percentile(values, share), 1);
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
