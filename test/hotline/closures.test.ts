import assert from 'node:assert/strict';
import { withoutDay } from '../../src/hotline/closures.js';

const closure = (fromOn: string, untilOn: string) => ({ fromOn, untilOn });
const longOne = closure('2026-12-29', '2027-01-03');

describe('a day that is opened again', () => {
  for (const [what, day, left] of [
    [
      'in the middle leaves two closures',
      '2026-12-31',
      [
        ['2026-12-29', '2026-12-30'],
        ['2027-01-01', '2027-01-03'],
      ],
    ],
    ['at the beginning leaves the rest', '2026-12-29', [['2026-12-30', '2027-01-03']]],
    ['at the end leaves what is before', '2027-01-03', [['2026-12-29', '2027-01-02']]],
  ] as const) {
    it(what, () => {
      const found = withoutDay([longOne, closure('2027-02-01', '2027-02-01')], day);
      assert.deepEqual(found.gone, [longOne]);
      assert.deepEqual(
        found.left.map(({ fromOn, untilOn }) => [fromOn, untilOn]),
        left,
      );
    });
  }

  it('that was open changes nothing', () => {
    assert.deepEqual(withoutDay([longOne], '2027-01-04'), { gone: [], left: [] });
  });

  it('that was a closure of its own leaves none', () => {
    const [one] = [closure('2026-12-01', '2026-12-01')];
    assert.deepEqual(withoutDay([one], '2026-12-01'), { gone: [one], left: [] });
  });
});
