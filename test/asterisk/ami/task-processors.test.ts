import assert from 'node:assert/strict';
import { deepestQueue } from '../../../src/asterisk/ami/task-processors.js';

describe('the depth of Asterisk’s queues', () => {
  it('is that of the deepest one', () => {
    const lines = [
      'Processor                                          Processed   In Queue  Max Depth  Low water High water',
      'ast_msg_queue                                              0          0          0        450        500',
      'pjsip/distributor-00000021                               912        131        140        450        500',
      'stasis/m:manager:core-00000006                           284          2          9        450        500',
      '3 taskprocessors',
    ];
    assert.equal(deepestQueue(lines), 131);
  });

  it('is nothing when Asterisk tells nothing', () => {
    assert.equal(deepestQueue([]), 0);
  });
});
