import assert from 'node:assert/strict';
import {
  addFacts,
  figuresOf,
  medianOf,
  noCalls,
  noConsultations,
  yearFacts,
  type MonthFacts,
} from '../../src/figures/month-figures.js';

const month = (of: Partial<MonthFacts>): MonthFacts => ({
  ...{ ...noCalls, ...noConsultations, subscribers: 0, active: 0, withdrawals: 0, introduced: 0 },
  ...of,
});

describe('the figures of months', () => {
  for (const [what, minutes, median] of [
    ['of nothing', [], null],
    ['of one', [[7, 1]], 7],
    [
      'of three, unsorted',
      [
        [90, 1],
        [5, 1],
        [10, 1],
      ],
      10,
    ],
    [
      'of four, between the middle two',
      [
        [5, 2],
        [10, 2],
      ],
      7.5,
    ],
    [
      'of many alike',
      [
        [3, 5],
        [100, 2],
      ],
      3,
    ],
  ] as const) {
    it(`have the median ${what}`, () => assert.equal(medianOf(new Map(minutes)), median));
  }

  it('have the median of two tenants, and not the mean of their medians', () => {
    const one = month({ closingMinutes: new Map([[1, 3]]) });
    const other = month({ closingMinutes: new Map([[100, 1]]) });
    assert.equal(figuresOf(addFacts([one, other])).medianMinutesToClose, 1);
  });

  it('tell the answered share of those that are settled, and none of none', () => {
    assert.equal(figuresOf(month({ due: 10, waiting: 2, answered: 6 })).answeredShare, 0.75);
    assert.equal(figuresOf(month({ due: 2, waiting: 2 })).answeredShare, null);
    assert.equal(figuresOf(month({})).answeredShare, null);
  });

  it('make a year: sums of what happened, the last month of what stands, and consultations as they are told', () => {
    const months = [
      month({ subscribers: 10, active: 8, introduced: 1, withdrawals: 1, due: 40, handled: 1, contacts: 5 }),
      month({ subscribers: 12, active: 9, introduced: 2, withdrawals: 2, due: 50, handled: 1, contacts: 6 }),
    ];
    const { subscribers, active, introduced, withdrawals, due, handled, contacts } = yearFacts(months, {
      ...{ contacts: 11, persons: 4, handled: 1, leases: 0 },
    });
    assert.deepEqual(
      [subscribers, active, introduced, withdrawals, due, handled, contacts],
      [12, 9, 2, 3, 90, 1, 11],
    );
    assert.equal(yearFacts([], noConsultations).subscribers, 0);
  });
});
