import assert from 'node:assert/strict';
import { benchWallboard } from '../../src/bench/wallboard.js';
import { townTimeoutMs } from '../support/pbx-town.js';

describe('the benchmark of the wallboard', function () {
  this.timeout(townTimeoutMs);

  it('sees each hang-up on the boards, and loses nobody', async () => {
    const result = await benchWallboard({ minutes: 0.1, boards: 12, callsPerSecond: 4, browsers: 1 });
    const { errorKinds, samples, notShown } = result;
    // How many calls a busy machine makes is not the question here.
    assert.equal(result.errors - (errorKinds.callsTooFew ?? 0), 0, JSON.stringify(result));
    assert.ok(samples > 0 && notShown <= samples, JSON.stringify(result));
    assert.ok(result.eventToPixelP50Ms < 2000 && result.socketP50Ms < 2000, JSON.stringify(result));
    assert.deepEqual([result.boards, result.browsers], [12, 1]);
  });
});
