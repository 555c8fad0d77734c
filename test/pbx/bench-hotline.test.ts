import assert from 'node:assert/strict';
import { benchHotline } from '../../src/bench/hotline.js';
import { townTimeoutMs } from '../support/pbx-town.js';

describe('the benchmark of the hotline', function () {
  this.timeout(townTimeoutMs);

  it('loses nobody, and sees every card', async () => {
    const result = await benchHotline({ minutes: 0.1, callsPerSecond: 2, waiting: 6, phones: 5 });
    assert.deepEqual(
      [result.offered, result.answered, result.lost, result.errors],
      [18, 18, 0, 0],
      JSON.stringify(result),
    );
    assert.ok(result.answerToCardP95Ms < 1000 && result.waitErrorP95Ms < 1000, JSON.stringify(result));
  });
});
