import assert from 'node:assert/strict';
import type { EndedCalls } from '../../src/checkins/ended-call-store.js';
import { causesOf } from '../../src/trunk/call-causes.js';

const busy = { pbxId: 'pbx1', outcome: 'busy', sipStatus: 486, cause: 17, isAnswered: false, count: 2 };

describe('what the carrier said today', () => {
  it('is summed up over lines, the most frequent first', () => {
    const calls: EndedCalls[] = [
      busy,
      { ...busy, outcome: 'ok', sipStatus: undefined, cause: 16, isAnswered: true, count: 4 },
      { ...busy, pbxId: 'pbx2', count: 3 },
    ];
    assert.deepEqual(causesOf(calls), [
      { outcome: 'busy', sipStatus: 486, cause: 17, count: 5 },
      { outcome: 'ok', sipStatus: undefined, cause: 16, count: 4 },
    ]);
  });

  it('keeps apart what differs in one thing only', () => {
    const calls: EndedCalls[] = [busy, { ...busy, cause: undefined }, { ...busy, sipStatus: 600 }];
    assert.equal(causesOf(calls).length, 3);
  });

  it('is nothing before the first call', () => {
    assert.deepEqual(causesOf([]), []);
  });
});
