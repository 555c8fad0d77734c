import assert from 'node:assert/strict';
import { monthsToSum } from '../../src/figures/months-to-sum.js';

const today = '2026-11-24';
const summed = (...days: [month: string, on: string][]) => new Map(days);

describe('the months to sum', () => {
  for (const [what, firstOn, known, expected] of [
    ['are none before the first check-in', undefined, summed(), []],
    ['are none in its first month', '2026-11-02', summed(), []],
    ['are all of the past at first', '2026-09-30', summed(), ['2026-09', '2026-10']],
    ['are none twice a day', '2026-09-30', summed(['2026-09', today], ['2026-10', today]), []],
    [
      'are the latest ones again the next day',
      '2026-09-30',
      summed(['2026-09', '2026-11-23'], ['2026-10', '2026-11-23']),
      ['2026-09', '2026-10'],
    ],
    [
      'are the latest three, and of the older ones that which was summed longest ago',
      '2026-06-01',
      summed(
        ['2026-06', '2026-11-20'],
        ['2026-07', '2026-11-19'],
        ...(['2026-08', '2026-09', '2026-10'] as const).map((one): [string, string] => [one, '2026-11-23']),
      ),
      ['2026-07', '2026-08', '2026-09', '2026-10'],
    ],
    [
      'are no second older one on a day',
      '2026-06-01',
      summed(
        ['2026-06', '2026-11-20'],
        ...(['2026-07', '2026-08', '2026-09', '2026-10'] as const).map((one): [string, string] => [
          one,
          today,
        ]),
      ),
      [],
    ],
    [
      'are those that were never summed, wherever they are',
      '2026-06-01',
      summed(
        ...(['2026-06', '2026-08', '2026-09', '2026-10'] as const).map((one): [string, string] => [
          one,
          today,
        ]),
      ),
      ['2026-07'],
    ],
  ] as const) {
    it(what, () => assert.deepEqual(monthsToSum(firstOn, today, known), expected));
  }
});
