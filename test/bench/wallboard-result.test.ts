import assert from 'node:assert/strict';
import { hangUpsBetween, lagsOf, type BoardRecord, type HangUp } from '../../src/bench/board-lag.js';
import { wallboardResult, type WallboardFigures } from '../../src/bench/wallboard-result.js';
import type { CarrierCall } from '../../src/testbed/carrier-record.js';

const t = (ms: number): number => 1_800_000_000_000 + ms;
const call = (number: string, endedMs: number | undefined): CarrierCall => ({
  id: `${number}-${endedMs}`,
  number,
  from: '',
  startedAt: new Date(t(0)),
  ringingAt: undefined,
  answeredAt: new Date(t(1)),
  keys: [],
  endedAt: endedMs === undefined ? undefined : new Date(t(endedMs)),
});
const persons = new Map(
  ['a', 'b', 'c', 'd'].map((number) => [number, { who: number.toUpperCase(), organizationId: 1 }]),
);
const board = (left: Record<string, number>, openedMs = 0): BoardRecord => ({
  organizationId: 1,
  openedAt: t(openedMs),
  left: Object.entries(left).map(([who, ms]) => ({ who, at: t(ms) })),
});
const hungUp = (who: string, ms: number, organizationId = 1): HangUp => ({ who, organizationId, at: t(ms) });

describe('the lag of boards', () => {
  it("takes each person's first hang-up within the time", () => {
    const calls = [
      call('a', 100),
      call('b', 5000),
      call('c', undefined),
      call('d', 300),
      call('d', 400),
      call('x', 200),
    ];
    assert.deepEqual(hangUpsBetween(calls, persons, t(0), t(1000)), [hungUp('A', 100), hungUp('D', 300)]);
  });

  it('is from the hang-up to each board that showed the call, late ones too', () => {
    const boards = [board({ A: 150, B: 4200 }), board({ A: 220 }, 120)];
    const lags = lagsOf(boards, [hungUp('A', 100), hungUp('B', 200), hungUp('A', 100, 2)]);
    assert.deepEqual(lags, { lagsMs: [50, 4000], notShown: 1 });
  });

  const figures: WallboardFigures = {
    boards: 3,
    wantedCallsPerSecond: 2,
    seconds: 1,
    hangUps: [hungUp('A', 100), hungUp('B', 200)],
    pages: [board({ A: 300, B: 500 })],
    sockets: [board({ A: 200, B: 260 }), board({ A: 220, B: 240 })],
    views: 8,
    cpuSeconds: 0.25,
    warmRssMB: [100, 104, 90],
    lastRssMB: [110, 130, 112],
    socketsLost: 0,
    boardsStale: 0,
    failedCalls: {},
    pageFaults: 0,
  };

  it('is summed up with what it cost', () => {
    const { errorKinds, failedCalls, ...result } = wallboardResult(figures);
    assert.deepEqual(result, {
      boards: 3,
      browsers: 1,
      seconds: 1,
      calls: 2,
      callsPerSecond: 2,
      eventToPixelP50Ms: 250,
      eventToPixelP95Ms: 295,
      eventToPixelP99Ms: 299,
      samples: 2,
      notShown: 0,
      socketP50Ms: 80,
      socketP95Ms: 117,
      viewsPerSecond: 8,
      serverCpuShare: 0.25,
      rssMB: 112,
      rssGrowthMB: 12,
      errors: 0,
    });
    assert.deepEqual(failedCalls, {});
    assert.ok(Object.values(errorKinds).every((count) => count === 0));
  });

  for (const [what, more, kind] of [
    ['a call that ended otherwise', { failedCalls: { hungUpEarly: 1 } }, 'callsFailed'],
    ['a lost socket', { socketsLost: 2 }, 'socketsLost'],
    ['too few calls', { wantedCallsPerSecond: 3 }, 'callsTooFew'],
    [
      'browsers that saw nothing',
      { seconds: 20, wantedCallsPerSecond: 0.1, hangUps: [], pages: [board({})] },
      undefined,
    ],
    ['a load that no browser saw', { seconds: 100, pages: [board({})] }, 'samplesTooFew'],
  ] as const) {
    it(`counts ${what} ${kind === undefined ? 'by what was to be expected' : 'as an error'}`, () => {
      const result = wallboardResult({ ...figures, ...more });
      if (kind !== undefined) assert.ok((result.errorKinds[kind] ?? 0) > 0);
      else assert.equal(result.errorKinds.samplesTooFew, 0);
    });
  }
});
