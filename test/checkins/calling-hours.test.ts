import assert from 'node:assert/strict';
import { giveUpMoment, isWithinCallingHours, nextCallingMoment } from '../../src/checkins/calling-hours.js';

const hours = { from: '08:00', until: '20:00' };
const japan = (local: string): Date => new Date(`${local}:00+09:00`);

describe('calling hours', () => {
  it('begin with their first minute and end before their last', () => {
    for (const [time, open] of [
      ['07:59', false],
      ['08:00', true],
      ['19:59', true],
      ['20:00', false],
    ] as const) {
      assert.equal(isWithinCallingHours(japan(`2026-11-23T${time}`), hours, 'Asia/Tokyo'), open, time);
    }
  });

  it('put a call off to the next opening, and not at all while they last', () => {
    const next = (local: string): Date => nextCallingMoment(japan(local), hours, 'Asia/Tokyo');
    assert.deepEqual(next('2026-11-23T07:00'), japan('2026-11-23T08:00'));
    assert.deepEqual(next('2026-11-23T12:34'), japan('2026-11-23T12:34'));
    assert.deepEqual(next('2026-12-31T20:00'), japan('2027-01-01T08:00'));
  });

  it('follow the clocks of the place: 08:00 in New York is another moment in winter', () => {
    const next = (instant: string): string =>
      nextCallingMoment(new Date(instant), hours, 'America/New_York').toISOString();
    // Clocks go back on 2026-11-01 and forward on 2026-03-08.
    assert.equal(next('2026-11-01T02:00:00Z'), '2026-11-01T13:00:00.000Z');
    assert.equal(next('2026-10-31T02:00:00Z'), '2026-10-31T12:00:00.000Z');
    assert.equal(next('2026-03-08T02:00:00Z'), '2026-03-08T12:00:00.000Z');
  });

  it('may last until midnight', () => {
    const late = { from: '08:00', until: '24:00' };
    assert.equal(isWithinCallingHours(japan('2026-11-23T23:59'), late, 'Asia/Tokyo'), true);
  });

  it('cut off the time to give up, unless the check-in is due after them', () => {
    const policy = { callingHours: hours, giveUp: { days: 0, minutes: 180 } };
    const giveUp = (local: string): Date => giveUpMoment(japan(local), policy, 'Asia/Tokyo');
    assert.deepEqual(giveUp('2026-11-23T09:00'), japan('2026-11-23T12:00'));
    assert.deepEqual(giveUp('2026-11-23T19:00'), japan('2026-11-23T20:00'));
    assert.deepEqual(giveUp('2026-11-23T21:00'), japan('2026-11-24T00:00'));
  });
});
