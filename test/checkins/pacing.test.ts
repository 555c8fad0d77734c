import assert from 'node:assert/strict';
import fc from 'fast-check';
import { callsToStart, fillBucket, freshPace, paceAfterEnd, type Pace } from '../../src/checkins/pacing.js';

const limits = { channelCap: 10, reservedForOthers: 2, startsPerSecond: 5 };
const after = (ends: readonly boolean[], from: Pace = freshPace, now = 0): Pace =>
  ends.reduce((pace, fault) => paceAfterEnd(pace, fault, now), from);
const start = (pace: Pace, channelsInUse = 0, now = 0, startsLeft = 100): number =>
  callsToStart(pace, { channelsInUse, startsLeft, held: false }, limits, now);
const faults = (count: number): boolean[] => Array.from({ length: count }, () => true);
const goods = (count: number): boolean[] => Array.from({ length: count }, () => false);

describe('pacing', () => {
  it('uses every line but the reserved ones, and no more starts than are left', () => {
    assert.deepEqual([start(freshPace), start(freshPace, 5), start(freshPace, 9)], [8, 3, 0]);
    assert.equal(start(freshPace, 0, 0, 2.9), 2);
  });

  it('starts nobody while the operator must say something first', () => {
    const idle = { channelsInUse: 0, startsLeft: 100, held: true };
    for (const pace of [freshPace, after(faults(10))])
      assert.equal(callsToStart(pace, idle, limits, 60_000), 0);
  });

  it('never takes a reserved line, whatever happened before', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 0, max: 60_000 }))),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 50 }),
        fc.integer({ min: 0, max: 100 }),
        (ends, channelCap, reservedForOthers, channelsInUse, startsLeft) => {
          let [pace, now] = [freshPace, 0];
          for (const [fault, gap] of ends) pace = paceAfterEnd(pace, fault, (now += gap));
          const allowed = { channelCap, reservedForOthers, startsPerSecond: 1 };
          const count = callsToStart(pace, { channelsInUse, startsLeft, held: false }, allowed, now);
          assert.ok(count >= 0 && count <= startsLeft);
          assert.ok(count === 0 || channelsInUse + count <= channelCap - reservedForOthers);
        },
      ),
    );
  });

  it('stops when many calls fail together, and not for one in ten', () => {
    assert.equal(after(faults(4)).stopped, undefined);
    assert.ok(after(faults(5)).stopped);
    const oneInTen = Array.from({ length: 100 }, (_, n) => n % 10 === 0);
    assert.equal(after(oneInTen).stopped, undefined);
  });

  it('tries a stopped line with one call at a time, after longer and longer waits', () => {
    const stopped = after(faults(5));
    assert.deepEqual(
      [start(stopped, 0, 14_999), start(stopped, 0, 15_000), start(stopped, 1, 15_000)],
      [0, 1, 0],
    );
    const again = after([true], stopped, 15_000);
    assert.deepEqual([start(again, 0, 44_999), start(again, 0, 45_000)], [0, 1]);
    const tried = [30_000, 90_000, 250_000, 500_000].reduce((pace, at) => after([true], pace, at), stopped);
    assert.equal(tried.stopped?.probeAt, 620_000);
  });

  it('comes back slowly after one good call', () => {
    const back = after([false], after(faults(5)));
    assert.equal(start(back), 1);
    assert.ok(start(after(goods(4), back)) < 3);
    assert.equal(start(after(goods(20), back)), 8);
  });

  it('earns starts with time, but never saves more than a second of them', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 1000, noNaN: true }),
        fc.array(fc.integer({ min: -1000, max: 1e7 })),
        (rate, gaps) => {
          let [bucket, now] = [{ starts: 0, filledAt: 0 }, 0];
          for (const gap of gaps) bucket = fillBucket(bucket, rate, (now += gap));
          assert.ok(bucket.starts >= 0 && bucket.starts <= Math.max(1, rate));
        },
      ),
    );
    assert.equal(fillBucket({ starts: 0, filledAt: 0 }, 5, 400).starts, 2);
  });
});
