import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ledgerStates } from '../../src/checkins/ledger-state.js';
import { dayProgress, type CountedState, type DayFacts } from '../../src/wallboard/day-progress.js';

const readAt = new Date('2026-11-24T00:00:00Z');
const facts = (counted: CountedState[], more: Partial<DayFacts> = {}): DayFacts => {
  return { counted, lastCallAt: undefined, settledLately: 0, windowMinutes: 10, readAt, ...more };
};
const some = (state: CountedState['state'], count: number, overdue = false): CountedState => {
  return { state, count, overdue };
};

describe('the progress of a day', () => {
  it('has the unknown for its headline, and says what they consist of', () => {
    const progress = dayProgress(
      facts([
        some('stillUnknown', 5),
        some('stillUnknown', 2, true),
        some('calling', 1, true),
        some('callingAgain', 3),
        some('callingAgainTomorrow', 4),
        some('ok', 20),
        some('confirmedByOther', 1),
        some('unwell', 2),
        some('contactRequested', 1),
        some('noResponse', 3),
        some('weCouldNotCall', 1),
        some('paused', 7),
      ]),
    );
    assert.deepEqual(progress, {
      due: 43,
      done: 28,
      well: 21,
      unwell: 2,
      contact: 1,
      unreachable: 4,
      unknown: 15,
      notCalledYet: 7,
      calling: 1,
      callingAgain: 3,
      callingAgainTomorrow: 4,
      overdue: 3,
      notDue: 7,
      expectedEndAt: null,
    });
  });

  it('counts everybody once, whatever their state', () => {
    const counted = fc.array(
      fc.record({ state: fc.constantFrom(...ledgerStates), overdue: fc.boolean(), count: fc.nat(1000) }),
    );
    fc.assert(
      fc.property(counted, (states) => {
        const all = states.reduce((sum, { count }) => sum + count, 0);
        const { due, done, unknown, notDue, well, unwell, contact, unreachable, overdue } = dayProgress(
          facts(states),
        );
        assert.equal(due + notDue, all);
        assert.equal(done + unknown, due);
        assert.equal(well + unwell + contact + unreachable, done);
        assert.ok(overdue <= unknown);
      }),
    );
  });

  for (const [what, counted, more, expected] of [
    [
      'the end of the last planned call',
      [some('stillUnknown', 2)],
      { lastCallAt: new Date('2026-11-24T01:00:00Z') },
      '2026-11-24T01:01:00.000Z',
    ],
    [
      'what the pace of late needs for the rest, when that is later',
      [some('stillUnknown', 60, true)],
      { lastCallAt: new Date('2026-11-24T00:00:00Z'), settledLately: 20 },
      '2026-11-24T00:30:00.000Z',
    ],
    ['nothing when all are known', [some('ok', 9)], { settledLately: 9 }, null],
    ['nothing for those who are called again tomorrow', [some('callingAgainTomorrow', 9)], {}, null],
  ] as const) {
    it(`expects its end at ${what}`, () => {
      assert.equal(dayProgress(facts([...counted], more)).expectedEndAt, expected);
    });
  }
});
