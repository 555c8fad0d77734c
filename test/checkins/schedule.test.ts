import assert from 'node:assert/strict';
import fc from 'fast-check';
import { presetPolicies } from '../../src/checkins/call-policy.js';
import { plannedCheckins, type CheckinPlan, type StationCalendar } from '../../src/checkins/schedule.js';

const daily: CheckinPlan = {
  id: 1,
  kind: 'daily',
  weekdays: [],
  onceOn: undefined,
  time: '09:00',
  preset: 'sameDay',
  startsAt: new Date(0),
  endedOn: undefined,
};
const alwaysOpen: StationCalendar = { closedDays: 'callAnyway', isClosed: () => false };
/** Monday to Sunday. */
const week = { from: '2026-11-23', until: '2026-11-30' };

function closedOn(...dates: string[]): StationCalendar {
  return { closedDays: 'nextOpenDay', isClosed: (date) => dates.includes(date) };
}

function plan(overrides: Partial<CheckinPlan>, calendar = alwaysOpen, range = week, zone = 'Asia/Tokyo') {
  return plannedCheckins({ ...daily, ...overrides }, range, calendar, presetPolicies, zone);
}

const dueDays = (planned: ReturnType<typeof plan>): string[] =>
  planned.map(
    (one) => `${one.plannedOn.slice(8)} ${one.dueOn.slice(8)}${one.mergedIntoNextOpenDay ? ' -' : ''}`,
  );

describe('the schedule', () => {
  it('names every day of a daily plan, the weekdays of a weekly one and the day of a single one', () => {
    assert.equal(plan({}).length, 7);
    assert.deepEqual(dueDays(plan({ kind: 'weekly', weekdays: [2, 7] })), ['24 24', '29 29']);
    assert.deepEqual(dueDays(plan({ kind: 'once', onceOn: '2026-11-25' })), ['25 25']);
    assert.deepEqual(dueDays(plan({ kind: 'once', onceOn: '2026-11-30' })), []);
  });

  it('begins in the minute of the plan, and ends with it', () => {
    const sameMinute = new Date('2026-11-24T09:00:59+09:00');
    assert.deepEqual(dueDays(plan({ startsAt: sameMinute, endedOn: '2026-11-25' })), ['24 24']);
    const startsAt = new Date('2026-11-24T09:01:00+09:00');
    assert.deepEqual(dueDays(plan({ startsAt, endedOn: '2026-11-27' })), ['25 25', '26 26']);
  });

  it('calls on a closed day when the station wants it so', () => {
    const calendar: StationCalendar = { closedDays: 'callAnyway', isClosed: () => true };
    assert.equal(plan({}, calendar).length, 7);
  });

  it('moves a call to the next open day, and makes one call serve all days until then', () => {
    const calendar = closedOn('2026-11-28', '2026-11-29');
    assert.deepEqual(dueDays(plan({ kind: 'weekly', weekdays: [6] }, calendar)), ['28 30']);
    assert.deepEqual(dueDays(plan({ kind: 'weekly', weekdays: [6, 7] }, calendar)), ['28 30 -', '29 30']);
    assert.deepEqual(dueDays(plan({}, calendar)).slice(5), ['28 30 -', '29 30 -']);
  });

  it('does not put a call off for ever when the calendar is closed for ever', () => {
    const calendar: StationCalendar = { closedDays: 'nextOpenDay', isClosed: () => true };
    assert.deepEqual(dueDays(plan({ kind: 'weekly', weekdays: [1] }, calendar)), ['23 23']);
  });

  it('keeps the time of day when clocks change, and moves a time that they skip', () => {
    const march = { from: '2026-03-07', until: '2026-03-10' };
    const at = (time: string): string[] =>
      plan({ time }, alwaysOpen, march, 'America/New_York').map((one) =>
        one.dueAt.toISOString().slice(11, 16),
      );
    assert.deepEqual(at('09:00'), ['14:00', '13:00', '13:00']);
    assert.deepEqual(at('02:30'), ['07:30', '07:30', '06:30']);
  });

  it('gives each named day exactly one row, none due before the minute in which the plan starts', () => {
    const date = fc
      .integer({ min: 0, max: 1000 })
      .map((days) => new Date(Date.UTC(2026, 0, 1 + days)).toISOString().slice(0, 10));
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 0, max: 40 }),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 })),
        fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 6 }),
        fc.constantFrom('Asia/Tokyo', 'America/New_York'),
        fc.date({ min: new Date('2026-01-01'), max: new Date('2028-10-01'), noInvalidDate: true }),
        (from, length, weekdays, closed, zone, startsAt) => {
          const until = new Date(Date.parse(from) + length * 86_400_000).toISOString().slice(0, 10);
          const weekday = (day: string): number => new Date(day).getUTCDay() || 7;
          const calendar: StationCalendar = {
            closedDays: 'nextOpenDay',
            isClosed: (day) => closed.includes(weekday(day)),
          };
          const weekly = { kind: 'weekly', weekdays } as const;
          const all = plan(weekly, calendar, { from, until }, zone);
          const named = Array.from({ length }, (_, n) =>
            new Date(Date.parse(from) + n * 86_400_000).toISOString().slice(0, 10),
          ).filter((day) => weekdays.includes(weekday(day)));
          assert.deepEqual(
            all.map((one) => one.plannedOn),
            named,
          );
          for (const one of all) assert.ok(!calendar.isClosed(one.dueOn) && one.dueAt < one.giveUpAt);
          const called = all.filter((one) => !one.mergedIntoNextOpenDay).map((one) => one.dueOn);
          assert.equal(new Set(called).size, called.length, 'one call a day');
          for (const one of plan({ ...weekly, startsAt }, calendar, { from, until }, zone)) {
            assert.ok(one.dueAt.getTime() > startsAt.getTime() - 60_000);
          }
        },
      ),
    );
  });
});
