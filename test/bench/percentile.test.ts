import { equal, throws } from 'node:assert/strict';
import { median, percentile } from '../../src/bench/percentile.js';

describe('percentiles', () => {
  it('finds the middle of an odd and of an even number of values, in any order', () => {
    equal(median([9, 1, 5]), 5);
    equal(median([4, 1, 3, 2]), 2.5);
    equal(median([7]), 7);
  });

  it('goes between neighbours in proportion', () => {
    equal(percentile([0, 10, 20, 30, 40], 0.9), 36);
    equal(percentile([1, 2, 3], 0), 1);
    equal(percentile([1, 2, 3], 1), 3);
  });

  it('sorts by size and not by spelling', () => equal(median([10, 9, 100]), 10));

  it('has no answer for nothing', () => throws(() => median([]), RangeError));
});
