import assert from 'node:assert/strict';
import {
  openingHours,
  printedWeek,
  weekSchema,
  type HoursOfLine,
  type Week,
} from '../../src/hotline/opening-hours.js';

const allDay: Week = Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]);
const nights: Week = Array.from({ length: 7 }, () => [
  { from: '00:00', until: '06:00' },
  { from: '22:00', until: '24:00' },
]);

function hours(overrides: Partial<HoursOfLine> = {}) {
  return openingHours({
    week: printedWeek,
    timeZone: 'Asia/Tokyo',
    closedOnHolidays: true,
    closedAtYearEnd: true,
    holidays: new Set(['2026-11-23', '2026-09-22', '2027-01-01']),
    closures: [{ fromOn: '2026-12-07', untilOn: '2026-12-09' }],
    ...overrides,
  });
}
const jst = (text: string) => new Date(`${text}+09:00`);

describe('the opening hours of a line', () => {
  for (const [at, open, why] of [
    ['2026-11-24T09:59:59', false, 'a second before ten'],
    ['2026-11-24T10:00:00', true, 'at ten'],
    ['2026-11-24T15:59:59', true, 'a second before four'],
    ['2026-11-24T16:00:00', false, 'at four'],
    ['2026-11-23T12:00:00', false, 'on a public holiday'],
    ['2026-09-22T12:00:00', false, 'on a day between two holidays'],
    ['2026-11-28T12:00:00', false, 'on a Saturday'],
    ['2026-12-07T12:00:00', false, 'on the first day of a closure'],
    ['2026-12-09T12:00:00', false, 'on its last day'],
    ['2026-12-10T12:00:00', true, 'the day after'],
    ['2026-12-28T12:00:00', true, 'on 28 December'],
    ['2026-12-29T12:00:00', false, 'on 29 December'],
    ['2027-01-01T12:00:00', false, 'on New Year’s Day'],
    ['2027-01-04T12:00:00', true, 'on 4 January'],
  ] as const) {
    it(`are ${open ? 'open' : 'closed'} ${why}`, () => assert.equal(hours().isOpen(jst(at)), open));
  }

  for (const [after, next, why] of [
    ['2026-11-24T09:00:00', '2026-11-24T10:00:00', 'the same morning'],
    ['2026-11-24T10:00:00', '2026-11-25T10:00:00', 'the next day when it has opened just now'],
    ['2026-11-20T16:00:00', '2026-11-24T10:00:00', 'after the weekend and the holiday behind it'],
    ['2026-12-04T17:00:00', '2026-12-10T10:00:00', 'after a closure'],
    ['2026-12-28T16:00:00', '2027-01-04T10:00:00', 'after the turn of the year'],
  ] as const) {
    it(`open next ${why}`, () => assert.deepEqual(hours().nextOpening(jst(after)), jst(next)));
  }

  it('may be round the clock, and then never open anew', () => {
    const open = hours({ week: allDay, closedOnHolidays: false, closedAtYearEnd: false, closures: [] });
    assert.ok(open.isOpen(jst('2027-01-01T00:00:00')));
    assert.equal(open.nextOpening(jst('2026-11-24T12:00:00')), undefined);
  });

  it('take two stretches that touch at midnight for one', () => {
    const open = hours({ week: nights, closedOnHolidays: false, closures: [] });
    assert.ok(open.isOpen(jst('2026-11-25T00:00:00')));
    assert.deepEqual(open.nextOpening(jst('2026-11-24T12:00:00')), jst('2026-11-24T22:00:00'));
    assert.deepEqual(open.nextOpening(jst('2026-11-24T22:00:00')), jst('2026-11-25T22:00:00'));
  });

  it('of a line that never opens have no next opening', () => {
    const week: Week = [[], [], [], [], [], [], []];
    assert.equal(hours({ week }).nextOpening(jst('2026-11-24T12:00:00')), undefined);
  });

  it('follow the clock on the wall when it is put forward', () => {
    const berlin = hours({
      week: allDay.map(() => [{ from: '10:00', until: '16:00' }]),
      timeZone: 'Europe/Berlin',
    });
    assert.ok(!berlin.isOpen(new Date('2027-03-27T08:30:00Z')));
    assert.ok(berlin.isOpen(new Date('2027-03-28T08:30:00Z')));
    assert.deepEqual(berlin.nextOpening(new Date('2027-03-27T20:00:00Z')), new Date('2027-03-28T08:00:00Z'));
  });

  it('follow the clock on the wall when it is put back', () => {
    const berlin = hours({
      week: allDay.map(() => [{ from: '02:00', until: '03:00' }]),
      timeZone: 'Europe/Berlin',
    });
    // Two o'clock comes twice, and the line is open both times.
    for (const at of ['2027-10-31T00:30:00Z', '2027-10-31T01:30:00Z']) assert.ok(berlin.isOpen(new Date(at)));
    assert.ok(!berlin.isOpen(new Date('2027-10-31T02:00:00Z')));
  });

  it('leave out a stretch that the clock jumps over', () => {
    const berlin = hours({
      week: allDay.map(() => [{ from: '02:00', until: '03:00' }]),
      timeZone: 'Europe/Berlin',
    });
    assert.deepEqual(berlin.nextOpening(new Date('2027-03-27T12:00:00Z')), new Date('2027-03-29T00:00:00Z'));
  });

  for (const [what, day] of [
    ['end before they begin', [{ from: '16:00', until: '10:00' }]],
    [
      'overlap',
      [
        { from: '10:00', until: '13:00' },
        { from: '12:00', until: '16:00' },
      ],
    ],
    ['are no times', [{ from: '10', until: '25:00' }]],
  ] as const) {
    it(`are refused when they ${what}`, () => {
      assert.ok(!weekSchema.safeParse([day, [], [], [], [], [], []]).success);
    });
  }
});
