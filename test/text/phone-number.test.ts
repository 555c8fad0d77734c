import assert from 'node:assert/strict';
import { inGroups } from '../../web/src/text/phone-number.js';

describe('a phone number on the screen', () => {
  for (const [number, shown] of [
    ['0473912345', '047-391-2345'],
    ['0312345678', '03-1234-5678'],
    ['0120386117', '0120-386-117'],
    ['0800123456', '0800123456'],
    ['09012345678', '090-1234-5678'],
    ['05012345678', '050-1234-5678'],
    ['0466212345', '0466-21-2345'],
    ['0499221234', '04992-2-1234'],
    ['110', '110'],
    ['0104412345678', '0104412345678'],
    ['+81473912345', '+81473912345'],
    ['047-391-2345', '047-391-2345'],
    ['12', '12'],
    ['', ''],
    ['not a number', 'not a number'],
  ] as const)
    it(`is ${shown || 'empty'} for ${number || 'none'}`, () => {
      assert.equal(inGroups(number), shown);
    });
});
