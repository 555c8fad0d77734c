import assert from 'node:assert/strict';
import { callsToStart, freshPace, paceAfterEnd, type Pace } from '../../src/checkins/pacing.js';

const limits = { channelCap: 50, reservedForOthers: 0, startsPerSecond: 10 };
const idle = { channelsInUse: 0, startsLeft: 5, held: false };

/** So many faults one after the other, all at one moment. */
function afterFaults(count: number, at: number, pace: Pace = freshPace): Pace {
  return Array.from({ length: count }).reduce<Pace>((sofar) => paceAfterEnd(sofar, true, at), pace);
}

describe('the first probe of a line that failed', () => {
  it('comes after 15 s, also when many calls were under way as the dialling stopped', () => {
    const pace = afterFaults(40, 0);
    assert.equal(callsToStart(pace, idle, limits, 14_999), 0);
    assert.equal(callsToStart(pace, idle, limits, 15_000), 1);
  });

  it('puts the next one off to 30 s later when it fails too', () => {
    const pace = afterFaults(1, 16_000, afterFaults(5, 0));
    assert.equal(callsToStart(pace, idle, limits, 45_999), 0);
    assert.equal(callsToStart(pace, idle, limits, 46_000), 1);
  });
});
