import assert from 'node:assert/strict';
import { cutOf, isNight, isWithin, nextRun, ruleBounds, ruleKinds } from '../../src/retention/rules.js';
import { eraseOn } from '../../src/retention/erasure-request.js';

const tokyo = 'Asia/Tokyo';

describe('a rule of keeping', () => {
  for (const [from, months, today, date] of [
    ['day', 24, '2026-11-24', '2024-11-24'],
    ['day', 1, '2027-03-31', '2027-02-28'],
    ['day', 12, '2028-02-29', '2027-02-28'],
    ['fiscalYear', 60, '2026-11-24', '2021-04-01'],
    // What was closed in the fiscal year 2021 ends with March 2022: five years after, on the last day, it is still kept.
    ['fiscalYear', 60, '2027-03-31', '2021-04-01'],
    ['fiscalYear', 60, '2027-04-01', '2022-04-01'],
  ] as const) {
    it(`of ${months} months from the ${from} keeps on ${today} what is of ${date} or later`, () => {
      const cut = cutOf({ from }, months, today, tokyo);
      assert.deepEqual(cut, { date, at: Date.parse(`${date}T00:00:00+09:00`) });
    });
  }

  it('begins within its own bounds', () => {
    for (const kind of ruleKinds) assert.ok(isWithin(ruleBounds[kind], ruleBounds[kind].usual), kind);
  });

  it('takes whole months within its bounds, and no others', () => {
    const { least, most } = ruleBounds.consultations;
    assert.deepEqual(
      [least - 1, least, most, most + 1, least + 0.5].map((months) =>
        isWithin(ruleBounds.consultations, months),
      ),
      [false, true, true, false, false],
    );
  });

  it('is done at two in the night of the tenant', () => {
    const at = (time: string) => new Date(`2026-11-24T${time}+09:00`);
    assert.equal(nextRun(at('01:59'), tokyo).toISOString(), at('02:00').toISOString());
    assert.equal(nextRun(at('02:00'), tokyo).toISOString(), '2026-11-24T17:00:00.000Z');
    assert.deepEqual(
      ['01:59', '02:00', '04:59', '05:00', '12:00'].map((time) => isNight(at(time), tokyo)),
      [false, true, true, false, false],
    );
  });

  it('leaves a week to take an erasure back', () => {
    assert.equal(eraseOn('2026-12-28'), '2027-01-04');
  });
});
