import assert from 'node:assert/strict';
import type { OpeningHours } from '../../src/hotline/opening-hours-of.js';
import { dueTime } from '../../src/hotline/task-due.js';
import { jst } from '../support/queue-log-text.js';

/** Open 10 to 12 and 13 to 16 on one day; the next day opens at 10. */
const tomorrow = new Date(jst('10:00:00').getTime() + 86_400_000);
const periods = [
  [jst('10:00:00'), jst('12:00:00')],
  [jst('13:00:00'), jst('16:00:00')],
  [tomorrow, new Date(tomorrow.getTime() + 6 * 3_600_000)],
] as const;
const hours: OpeningHours = {
  isOpen: (at) => periods.some(([from, until]) => from <= at && at < until),
  nextOpening: (after) => periods.map(([from]) => from).find((from) => from >= after),
};
const hour = (at: Date): Date => new Date(at.getTime() + 3_600_000);

describe('a task is due', () => {
  for (const [asked, due] of [
    [jst('10:00:00'), jst('11:00:00')],
    [jst('11:00:00'), jst('12:00:00')],
    [jst('11:00:01'), jst('14:00:00')],
    [jst('12:30:00'), jst('14:00:00')],
    [jst('14:59:00'), jst('15:59:00')],
    [jst('15:30:00'), hour(tomorrow)],
    [jst('20:00:00'), hour(tomorrow)],
    [jst('06:00:00'), jst('11:00:00')],
  ] as const) {
    it(`at ${due.toISOString()} when it came at ${asked.toISOString()}`, () => {
      assert.deepEqual(dueTime(asked, hours), due);
    });
  }

  it('within the hour when the hours are unknown, or there is no opening in sight', () => {
    const never: OpeningHours = { isOpen: () => false, nextOpening: () => undefined };
    for (const one of [undefined, never]) {
      assert.deepEqual(dueTime(jst('20:00:00'), one), jst('21:00:00'));
    }
  });
});
