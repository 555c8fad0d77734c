import assert from 'node:assert/strict';
import { firstDayOf, lastDayOf } from '../../src/figures/fiscal-year.js';
import { countPeople, type CountedMonth, type PersonSpan } from '../../src/figures/people-months.js';

const at = (date: string): number => Date.parse(`${date}T00:00:00+09:00`);
const month = (name: string, until = lastDayOf(name)): CountedMonth => ({
  ...{ month: name, from: firstDayOf(name), until },
  endsAt: at(until) + 86_400_000,
});
/** February of a leap year among them; April is cut at its 10th, which is today. */
const months = [month('2028-01'), month('2028-02'), month('2028-03'), month('2028-04', '2028-04-10')];
const plan = (from: string, endedOn?: string, onceOn?: string) => ({ startsAt: at(from), endedOn, onceOn });
const person = (
  enrolledOn: string,
  plans: PersonSpan['plans'] = [plan(enrolledOn)],
  withdrawnOn?: string,
): PersonSpan => ({ enrolledOn, withdrawnOn, plans });

/** Each person → 加入者, 稼働 and 解約 of January, February, March and April until the 10th. */
const cases: Record<string, [PersonSpan, subscribers: string, active: string, withdrawals: string]> = {
  'from before on': [person('2027-05-01'), '1111', '1111', '0000'],
  'enrolled on the last day of a month': [person('2028-01-31'), '1111', '1111', '0000'],
  'enrolled on a leap day': [person('2028-02-29'), '0111', '0111', '0000'],
  'enrolled on a first day': [person('2028-03-01'), '0011', '0011', '0000'],
  'enrolled today': [person('2028-04-10'), '0001', '0001', '0000'],
  'enrolled tomorrow': [person('2028-04-11'), '0000', '0000', '0000'],
  'withdrawn on a leap day': [person('2027-05-01', undefined, '2028-02-29'), '1111', '1000', '0100'],
  'withdrawn on a first day': [person('2027-05-01', undefined, '2028-03-01'), '1111', '1100', '0010'],
  'withdrawn from tomorrow on': [person('2027-05-01', undefined, '2028-04-11'), '1111', '1111', '0000'],
  'enrolled and withdrawn in one month': [
    person('2028-02-03', undefined, '2028-02-20'),
    '0111',
    '0000',
    '0100',
  ],
  'returned: the plan has a gap': [
    person('2027-05-01', [plan('2027-05-01', '2028-01-20'), plan('2028-03-15')]),
    '1111',
    '1011',
    '0000',
  ],
  'whose plan was changed in a month': [
    person('2027-05-01', [plan('2027-05-01', '2028-02-10'), plan('2028-02-10')]),
    '1111',
    '1111',
    '0000',
  ],
  'whose plan ended on a first day': [
    person('2027-05-01', [plan('2027-05-01', '2028-02-01')]),
    '1111',
    '1000',
    '0000',
  ],
  'without a plan': [person('2027-05-01', []), '1111', '0000', '0000'],
  'whose plan comes after the enrolment': [
    person('2028-01-05', [plan('2028-02-01')]),
    '1111',
    '0111',
    '0000',
  ],
  'who is called once only': [
    person('2027-05-01', [plan('2027-05-01', undefined, '2028-02-29')]),
    '1111',
    '0100',
    '0000',
  ],
  'who will be called once, tomorrow': [
    person('2027-05-01', [plan('2027-05-01', undefined, '2028-04-11')]),
    '1111',
    '0000',
    '0000',
  ],
};

describe('people, month by month', () => {
  for (const [what, [who, ...expected]] of Object.entries(cases)) {
    it(`count somebody ${what}`, () => {
      const counts = countPeople([who], months);
      assert.deepEqual(
        [
          counts.map(({ subscribers }) => subscribers).join(''),
          counts.map(({ active }) => active).join(''),
          counts.map(({ withdrawals }) => withdrawals).join(''),
        ],
        expected,
      );
    });
  }

  it('count together, and nobody is nobody', () => {
    const all = Object.values(cases).map(([who]) => who);
    assert.deepEqual(
      countPeople(all, months).map(({ subscribers }) => subscribers),
      [12, 14, 15, 16],
    );
    assert.deepEqual(countPeople([], months.slice(0, 1)), [{ subscribers: 0, active: 0, withdrawals: 0 }]);
  });
});
