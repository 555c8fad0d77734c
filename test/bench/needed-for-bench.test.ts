import assert from 'node:assert/strict';
import { BenchError } from '../../src/bench/bench-error.js';
import { neededForBench } from '../../src/bench/needed-for-bench.js';

const failing = (code: string) => () => Promise.reject(Object.assign(new Error('no'), { code }));

describe('a library of the benchmarks', () => {
  it('is named when it is missing, with the command that brings it', async () => {
    await assert.rejects(
      neededForBench('playwright-core', failing('ERR_MODULE_NOT_FOUND')),
      (error) => error instanceof BenchError && /playwright-core.*npm ci --include=dev/.test(error.message),
    );
  });

  it('breaks with its own words otherwise, and is given when it is there', async () => {
    await assert.rejects(neededForBench('it', failing('EACCES')), /^Error: no$/);
    assert.equal(await neededForBench('it', () => Promise.resolve(7)), 7);
  });
});
