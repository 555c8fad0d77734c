import assert from 'node:assert/strict';
import { inFormat, numberFormatOf } from '../../src/trunk/number-format.js';

describe('a number in the form of a carrier', () => {
  for (const [domestic, format, wanted] of [
    ['0471234567', '0', '0471234567'],
    ['0471234567', '81', '81471234567'],
    ['0471234567', '+81', '+81471234567'],
    ['09012345678', '+81', '+819012345678'],
    ['0120386117', '81', '81120386117'],
    ['119', '+81', '119'],
    ['110', '81', '110'],
    ['', '+81', ''],
  ] as const) {
    it(`is ${wanted || 'empty'} for ${domestic || 'nothing'} as ${format}`, () => {
      assert.equal(inFormat(domestic, format), wanted);
    });
  }

  it('is the plain one when the exchange tells no form that we know', () => {
    assert.deepEqual(['0', '81', '+81', '', '0081'].map(numberFormatOf), ['0', '81', '+81', '0', '0']);
  });
});
