import { deepEqual, equal, throws } from 'node:assert/strict';
import { channelUse, peakOf, type CallSpan } from '../../src/bench/channel-use.js';

/** Calls as [start, end] in seconds. */
function calls(...spans: [number, number][]): CallSpan[] {
  return spans.map(([start, end]) => ({ startedAt: start * 1000, endedAt: end * 1000 }));
}

describe('how calls use their lines', () => {
  it('splits a run into ramp, steady part and tail', () => {
    // Two lines, four calls: full from second 1, the last start at second 5.
    const use = channelUse(calls([0, 3], [1, 5], [3, 7], [5, 9]), 2);
    deepEqual(use, {
      calls: 4,
      peak: 2,
      rampSeconds: 1,
      steadySeconds: 4,
      tailSeconds: 4,
      steadyStarts: 2,
      usedShare: 1,
    });
  });

  it('counts a line as unused from the end of one call to the start of the next', () => {
    // In the four steady seconds, one of two lines is idle for one.
    const { usedShare } = channelUse(calls([0, 3], [1, 9], [4, 9], [5, 9]), 2);
    equal(usedShare, 7 / 8);
  });

  it('does not depend on the order in which the record names the calls', () => {
    const spans = calls([0, 3], [1, 5], [3, 7], [5, 9]);
    deepEqual(channelUse(spans.toReversed(), 2), channelUse(spans, 2));
  });

  it('counts a line once that is freed and taken in one moment', () => {
    equal(peakOf(calls([0, 2], [2, 4])), 1);
    equal(peakOf(calls([0, 2], [1, 4], [2, 5])), 2);
    equal(peakOf([]), 0);
  });

  it('says when there is no steady part to measure', () => {
    throws(() => channelUse(calls([0, 1], [0, 1]), 2), RangeError);
    throws(() => channelUse([], 1), RangeError);
  });
});
