import assert from 'node:assert/strict';
import { until } from '../../src/testbed/until.js';
import { openHotlineStage, type HotlineStage } from '../support/hotline-stage.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const usual = '1000-1600|1000-1600|1000-1600|1000-1600|1000-1600||';
const split = '0930-1200,1300-1600|||||1000-1200|2000-2400';

/** What AstDB holds of a line. */
const lines = {
  known: {
    slot: '1',
    week: usual,
    until: '20270630',
    closed: ['20261123', '20261229', '20261230', '20261231', '20270101', '20270111'],
  },
  halves: { slot: '2', week: split, until: '20270630', closed: [] },
  stale: { slot: '3', week: '0000-2400|0000-2400|||||', until: '20261120', closed: ['20261124'] },
  always: {
    slot: '4',
    week: Array(7).fill('0000-2400').join('|'),
    until: '20270630',
    closed: [],
  },
  never: { slot: '5', week: '||||||', until: '20990101', closed: [] },
  unknown: { slot: '6', week: '', until: '', closed: [] },
};

type Line = keyof typeof lines;

/** Line, an instant in Japan, what the dialplan says, and the next opening as month-day-weekday-hour, perhaps with -30. */
const table: [Line, string, 'open' | 'closed', string][] = [
  ['known', '2026-11-30T09:59:59', 'closed', '11-30-1-10'],
  ['known', '2026-11-30T10:00:00', 'open', '12-1-2-10'],
  ['known', '2026-11-30T15:59:59', 'open', '12-1-2-10'],
  ['known', '2026-11-30T16:00:00', 'closed', '12-1-2-10'],
  // A holiday on a Monday.
  ['known', '2026-11-23T11:00:00', 'closed', '11-24-2-10'],
  // Friday evening, the weekend, and a Sunday before a holiday.
  ['known', '2026-12-04T17:00:00', 'closed', '12-7-1-10'],
  ['known', '2026-12-05T11:00:00', 'closed', '12-7-1-10'],
  ['known', '2026-11-22T23:59:59', 'closed', '11-24-2-10'],
  // The end of the year: the first day after it that is neither closed nor a weekend.
  ['known', '2026-12-28T16:30:00', 'closed', '1-4-1-10'],
  ['known', '2027-01-08T18:00:00', 'closed', '1-12-2-10'],
  // Midnight in Japan is the afternoon before in Greenwich.
  ['known', '2026-12-01T00:00:00', 'closed', '12-1-2-10'],
  ['halves', '2026-11-30T09:29:00', 'closed', '11-30-1-9-30'],
  ['halves', '2026-11-30T09:30:00', 'open', '11-30-1-13'],
  ['halves', '2026-11-30T12:00:00', 'closed', '11-30-1-13'],
  ['halves', '2026-11-30T13:00:00', 'open', '12-5-6-10'],
  ['halves', '2026-12-06T23:59:59', 'open', '12-7-1-9-30'],
  ['halves', '2026-12-07T00:00:00', 'closed', '12-7-1-9-30'],
  // Told up to a day that is past: the printed hours hold again.
  ['stale', '2026-11-19T03:00:00', 'closed', '11-23-1-10'],
  ['stale', '2026-11-23T03:00:00', 'closed', '11-23-1-10'],
  ['stale', '2026-11-24T11:00:00', 'open', '11-25-3-10'],
  ['stale', '2026-12-29T11:00:00', 'closed', '1-4-1-10'],
  ['always', '2026-12-31T23:59:59', 'open', '1-1-5-0'],
  ['always', '2027-01-01T00:00:00', 'open', '1-2-6-0'],
  ['never', '2026-11-30T11:00:00', 'closed', ''],
  // Nothing told at all.
  ['unknown', '2026-11-30T09:59:00', 'closed', '11-30-1-10'],
  ['unknown', '2026-11-30T10:00:00', 'open', '12-1-2-10'],
  ['unknown', '2026-12-28T16:00:00', 'closed', '1-4-1-10'],
  ['unknown', '2027-01-03T12:00:00', 'closed', '1-4-1-10'],
  ['unknown', '2028-02-29T12:00:00', 'open', '3-1-3-10'],
];

describe('the hours of a line of the hotline', function () {
  this.timeout(townTimeoutMs);

  let hotline: HotlineStage;
  before(async () => {
    hotline = await openHotlineStage();
    for (const { slot, week, until: knownUntil, closed } of Object.values(lines)) {
      if (week === '') continue;
      await hotline.put(`hotline-line/${slot}`, 'week', week);
      await hotline.put(`hotline-line/${slot}`, 'until', knownUntil);
      for (const day of closed) await hotline.put(`hotline-line/${slot}/closed`, day, '1');
    }
    // A place in the dialplan that asks the contexts under test and keeps what they return.
    const steps: [string, string][] = [
      ['Gosub', 'hotline-hours,s,1(${EXTEN})'],
      ['Set', 'STATE=${GOSUB_RETVAL}'],
      ['Gosub', 'hotline-next-open,s,1(${EXTEN})'],
      ['Set', 'DB(test/answer)=${STATE} ${GOSUB_RETVAL}'],
      ['Hangup', ''],
    ];
    for (const [index, [application, applicationdata]] of steps.entries()) {
      await hotline.pbx.action({
        action: 'DialplanExtensionAdd',
        context: 'test-hours',
        extension: '_X',
        priority: String(index + 1),
        application,
        applicationdata,
      });
    }
  });
  after(() => hotline.close());

  for (const [name, instant, state, next] of table) {
    it(`are ${state} at ${instant} when they are ${name}, and then again at ${next || 'no time'}`, async () => {
      await hotline.setClock(`${instant}+09:00`);
      await hotline.put('test', 'answer', '');
      await hotline.pbx.action({
        action: 'Originate',
        channel: `Local/${lines[name].slot}@test-hours`,
        application: 'Wait',
        data: '1',
        async: 'true',
      });
      let answer = '';
      await until(async () => (answer = await hotline.get('test', 'answer')) !== '', { what: 'an answer' });
      assert.equal(answer, `${state} ${next}`);
    });
  }

  it('are decided without a complaint of Asterisk', () => {
    assert.doesNotMatch(hotline.warnings(), /ast_expr2|syntax error|Unable to open|does not exist|No such/);
  });
});
