import { setTimeout as delay } from 'node:timers/promises';
import { readCarrierRecord } from '../testbed/carrier-record.js';
import type { RunningChild } from '../testbed/child-process.js';
import { startService } from '../testbed/service-child.js';
import type { Stage } from '../testbed/stage.js';
import { until } from '../testbed/until.js';
import { BenchError } from './bench-error.js';
import { hangUpsBetween } from './board-lag.js';
import { BoardPages } from './board-pages.js';
import { BoardSockets } from './board-sockets.js';
import { onBenchStage } from './on-bench-stage.js';
import { processUsage, type ProcessUsage } from './process-usage.js';
import { progressLine } from './progress.js';
import { wallboardResult, type WallboardBenchResult } from './wallboard-result.js';
import { WallboardTown } from './wallboard-town.js';

export interface WallboardBenchOptions {
  minutes: number;
  boards: number;
  callsPerSecond: number;
  /** How many of the boards are shown by a real browser. */
  browsers: number;
  /** Where the service leaves a profile of its CPU time. */
  profileDir?: string | undefined;
}

/** Calls of 2.3 s at 20 a second take about 50. */
const channelCap = 100;
/** People for the time until all boards are open, and for the last ones' ends. */
const spareSeconds = 90;
/** The memory is judged from here on. */
const longestWarmUpSeconds = 60;
/** Memory is compared as it was over this time, for it swings with each collection of garbage. */
const rssSeconds = 10;

/**
 * Boards of five tenants while check-in calls are made at an even rate, on real exchanges. What is timed is the
 * hang-up: the carrier's own record tells its moment, and a board shows it by not listing the call as going any
 * more. (Keys cannot be timed so: these people hang up 150 ms after they begin to press, and a board is renewed
 * four times a second at most.) All clocks are this machine's.
 */
export async function benchWallboard(options: WallboardBenchOptions): Promise<WallboardBenchResult> {
  const seconds = options.minutes * 60;
  const people = Math.ceil((seconds + spareSeconds) * options.callsPerSecond);
  return onBenchStage(
    channelCap,
    (stage) => WallboardTown.open(stage, people),
    (stage, town) => withService(stage, town, seconds, options),
  );
}

async function withService(
  stage: Stage,
  town: WallboardTown,
  seconds: number,
  { boards, browsers, callsPerSecond, profileDir }: WallboardBenchOptions,
): Promise<WallboardBenchResult> {
  const tickets = await town.admit(boards, browsers);
  const settings = { STARTS_PER_SECOND: String(callsPerSecond), FINISH_SECONDS: '10' };
  const profiling = profileDir ? ['--cpu-prof', `--cpu-prof-dir=${profileDir}`] : [];
  const port = Number(stage.environment.HTTP_PORT);
  let pages: BoardPages | undefined;
  let sockets: BoardSockets | undefined;
  const service = await startService({ ...stage.environment, ...settings }, undefined, profiling);
  try {
    sockets = await BoardSockets.open(port, tickets.slice(browsers));
    pages = await BoardPages.open(port, tickets.slice(0, browsers));
    const calls = () => readCarrierRecord(stage.carrierRecordFile);
    await until(() => calls().some(({ endedAt }) => endedAt), { what: 'calls are made', timeoutMs: 60_000 });
    const from = Date.now();
    const viewsBefore = sockets.views;
    const { samples, before, after } = await watchService(service, seconds, pages);
    const end = Date.now();
    const views = sockets.views - viewsBefore;
    // What ended in the last moment has yet to come to the boards.
    await delay(2000);
    const pageRecords = await pages.collect();
    const elapsed = (end - from) / 1000;
    const warmUp = Math.min(longestWarmUpSeconds, Math.floor(seconds / 2));
    return wallboardResult({
      boards,
      wantedCallsPerSecond: callsPerSecond,
      seconds: elapsed,
      hangUps: hangUpsBetween(calls(), town.persons, from, end),
      pages: pageRecords,
      sockets: sockets.records,
      views,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      warmRssMB: samples.slice(warmUp, warmUp + rssSeconds),
      lastRssMB: samples.slice(-rssSeconds),
      socketsLost: sockets.lost,
      boardsStale: sockets.stale + pages.stale,
      failedCalls: await town.failedAttempts(),
      pageFaults: pages.faults,
    });
  } finally {
    sockets?.close();
    await pages?.close();
    await service.stop('SIGTERM', 20_000);
  }
}

/** Looks at the service once a second. */
async function watchService(
  service: RunningChild,
  seconds: number,
  pages: BoardPages,
): Promise<{ samples: number[]; before: ProcessUsage; after: ProcessUsage }> {
  const look = (): ProcessUsage => {
    const usage = processUsage(service.pid);
    if (usage && !service.hasEnded()) return usage;
    throw new BenchError(`the service has ended:\n${service.lastLines().slice(-5).join('\n')}`);
  };
  const samples: number[] = [];
  const before = look();
  const progress = progressLine('seconds', Math.round(seconds));
  const began = performance.now();
  for (;;) {
    const gone = (performance.now() - began) / 1000;
    progress(Math.min(Math.round(seconds), Math.floor(gone)));
    if (gone >= seconds) return { samples, before, after: look() };
    await delay(Math.min(1000, 1000 * (seconds - gone)));
    samples.push(look().rssMB);
    if (samples.length % 10 === 0) await pages.collect();
  }
}
