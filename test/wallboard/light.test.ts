import assert from 'node:assert/strict';
import { lightDownTo, lightUpTo, worstLight, type Light } from '../../src/wallboard/light.js';

describe('the light of a figure', () => {
  for (const [value, limit, light] of [
    [0, 10, 'green'],
    [6, 10, 'green'],
    [7, 10, 'yellow'],
    [9, 10, 'yellow'],
    [10, 10, 'red'],
    [200, 10, 'red'],
    [0, 1, 'green'],
    [1, 1, 'red'],
    [5, null, 'none'],
    [null, 10, 'none'],
  ] as const) {
    it(`is ${light} at ${value} of ${limit}`, () =>
      assert.equal(lightUpTo(value, limit), light satisfies Light));
  }

  for (const [share, limit, light] of [
    [1, 0.6, 'green'],
    [0.72, 0.6, 'green'],
    [0.71, 0.6, 'yellow'],
    [0.6, 0.6, 'yellow'],
    [0.59, 0.6, 'red'],
    [null, 0.6, 'none'],
    [0.1, null, 'none'],
  ] as const) {
    it(`of a share that should be ${limit} or more is ${light} at ${share}`, () =>
      assert.equal(lightDownTo(share, limit), light satisfies Light));
  }

  it('of a whole is that of its worst part', () => {
    assert.equal(worstLight(['green', 'red', 'none']), 'red');
    assert.equal(worstLight(['green', 'none']), 'green');
    assert.equal(worstLight([]), 'none');
  });
});
