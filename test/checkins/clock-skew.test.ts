import assert from 'node:assert/strict';
import { clockSkew, mostSkewMs } from '../../src/checkins/clock-skew.js';

const hour = 3_600_000;

describe('clocks that are compared', () => {
  for (const [what, clocks, worstMs, between, off] of [
    ['agree', { node: 1000, database: 900, exchange: 1100 }, 200, ['database', 'exchange'], undefined],
    [
      'one is an hour ahead',
      { node: 0, database: 5, exchange: hour },
      hour,
      ['node', 'exchange'],
      'exchange',
    ],
    [
      'one is an hour behind',
      { node: -hour, database: 5, exchange: 0 },
      hour + 5,
      ['node', 'database'],
      'node',
    ],
    [
      'all differ',
      { node: 0, database: hour, exchange: 3 * hour },
      3 * hour,
      ['node', 'exchange'],
      undefined,
    ],
    ['two differ: nobody can say which', { node: 0, exchange: hour }, hour, ['node', 'exchange'], undefined],
    [
      'one has no clock of its own',
      { node: 0, database: undefined, exchange: 10 },
      10,
      ['node', 'exchange'],
      undefined,
    ],
    ['one did not answer sensibly', { node: 0, exchange: Number.NaN }, 0, undefined, undefined],
    [
      'exactly at the bound',
      { node: 0, database: 0, exchange: mostSkewMs },
      mostSkewMs,
      ['node', 'exchange'],
      undefined,
    ],
    ['nothing is known', {}, 0, undefined, undefined],
  ] as const) {
    it(`: ${what}`, () => {
      assert.deepEqual(clockSkew(clocks), { worstMs, between, off });
    });
  }
});
