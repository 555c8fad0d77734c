import assert from 'node:assert/strict';
import { reconnectDelayMs } from '../../src/asterisk/backoff.js';

describe('the wait before the next try at a link', () => {
  it('doubles from a quarter of a second, half of it by chance', () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((attempt) => reconnectDelayMs(attempt, 0)),
      [125, 250, 500, 1000],
    );
    assert.equal(reconnectDelayMs(0, 1), 250);
  });

  it('never grows past 3 s, so that a living call is taken up within 5 s of the return of the link', () => {
    for (const attempt of [4, 10, 100_000]) assert.equal(reconnectDelayMs(attempt, 1), 3000);
  });
});
