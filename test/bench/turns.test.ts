import { deepEqual, equal, ok } from 'node:assert/strict';
import { planTurns, totalOf } from '../../src/bench/turns.js';

describe('the turns of a benchmark', () => {
  it('interleaves halves, so that both have an early and a late turn', () => {
    const turns = planTurns('interleaved', 601, 100);
    deepEqual(
      turns.map(({ contender, calls }) => [contender, calls]),
      [
        ['ours', 301],
        ['baseline', 301],
        ['baseline', 300],
        ['ours', 300],
      ],
    );
  });

  it('does not halve what is short already', () => {
    equal(planTurns('interleaved', 599, 100).length, 2);
  });

  it('keeps to an order that is asked for', () => {
    deepEqual(planTurns('baseline-first', 1000, 10), [
      { contender: 'baseline', calls: 1000 },
      { contender: 'ours', calls: 1000 },
    ]);
    equal(planTurns('ours-first', 1000, 10)[0]?.contender, 'ours');
  });

  it('weights each turn by its time', () => {
    const turn = { calls: 30, peak: 10, rampSeconds: 1, tailSeconds: 2, steadyStarts: 20 };
    const total = totalOf([
      { ...turn, steadySeconds: 2, usedShare: 0.9 },
      { ...turn, steadySeconds: 6, usedShare: 0.5, peak: 11 },
    ]);
    equal(total.callsPerSecond, 40 / 8);
    equal(total.wholeCallsPerSecond, 60 / 14);
    ok(Math.abs(total.usedShare - 0.6) < 1e-9);
    equal(total.peakChannels, 11);
    equal(total.rampSeconds, 1);
    equal(total.tailSeconds, 2);
  });
});
