import assert from 'node:assert/strict';
import {
  countedUntil,
  fiscalYearOf,
  lastDayOf,
  monthsBetween,
  monthsOfYear,
} from '../../src/figures/fiscal-year.js';

describe('a fiscal year', () => {
  it('goes from April to March', () => {
    const months = monthsOfYear(2026);
    assert.deepEqual(
      [months.length, months[0], months[8], months[9], months[11]],
      [12, '2026-04', '2026-12', '2027-01', '2027-03'],
    );
  });

  for (const [date, year] of [
    ['2026-03-31', 2025],
    ['2026-04-01', 2026],
    ['2026-12-31', 2026],
    ['2027-01-01', 2026],
  ] as const) {
    it(`of ${date} is ${year}`, () => assert.equal(fiscalYearOf(date), year));
  }

  for (const [month, day] of [
    ['2028-02', '2028-02-29'],
    ['2027-02', '2027-02-28'],
    ['2100-02', '2100-02-28'],
    ['2026-11', '2026-11-30'],
    ['2026-12', '2026-12-31'],
  ] as const) {
    it(`has ${day} as the last day of ${month}`, () => assert.equal(lastDayOf(month), day));
  }

  for (const [month, today, until] of [
    ['2026-10', '2026-11-24', '2026-10-31'],
    ['2026-11', '2026-11-24', '2026-11-24'],
    ['2026-11', '2026-11-30', '2026-11-30'],
    ['2026-12', '2026-11-24', undefined],
    ['2028-02', '2028-02-29', '2028-02-29'],
  ] as const) {
    it(`counts ${month} on ${today} until ${until ?? 'nothing'}`, () =>
      assert.equal(countedUntil(month, today), until));
  }

  it('has months between two of them, over the turn of the year', () => {
    assert.deepEqual(monthsBetween('2026-11', '2027-02'), ['2026-11', '2026-12', '2027-01', '2027-02']);
    assert.deepEqual(monthsBetween('2027-02', '2027-01'), []);
  });
});
