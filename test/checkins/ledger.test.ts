import assert from 'node:assert/strict';
import { stationLedger, type LedgerFacts, type LedgerLine } from '../../src/checkins/ledger.js';
import { ledgerStates, type LedgerState } from '../../src/checkins/ledger-state.js';
import type { Answer } from '../../src/checkins/attempt-outcome.js';
import { jstOf, ledgerDate, ledgerFacts } from '../support/ledger-facts.js';

const date = ledgerDate;
const station = {
  id: 7,
  name: '常盤平',
  organizationId: 1,
  organizationName: '試験市',
  timeZone: 'Asia/Tokyo',
};
const at = jstOf;
const person = ledgerFacts;
const noon = at('12:00');

function lineOf(facts: Partial<LedgerFacts>): LedgerLine {
  const [line] = stationLedger(station, date, [person(facts)], noon).lines;
  assert.ok(line);
  return line;
}

/** A call with these answers, the first at 09:01. */
function callWith(...given: (Answer | undefined)[]): LedgerFacts['calls'][number] {
  const keys = given.map((answer, index) => ({ at: at(`09:0${index + 1}`), answer }));
  return { claimedAt: at('09:00'), endedAt: at('09:05'), keys };
}

const alerted = (reason: string): Partial<LedgerFacts> => ({
  state: 'alerted',
  alertReason: reason,
  settledAt: at('09:05'),
});
const missedOnce: Partial<LedgerFacts> = { result: 'noAnswer', missed: 1, attempts: 1 };

describe('the ledger of a day', () => {
  const cases: [string, LedgerState, Partial<LedgerFacts>][] = [
    ['nobody has called yet', 'stillUnknown', {}],
    ['is in a call', 'calling', { state: 'calling', attempts: 1 }],
    ['missed and is called again today', 'callingAgain', { ...missedOnce, nextCallAt: at('09:30') }],
    [
      'was not reached because of us and is called again',
      'callingAgain',
      { result: 'trunkError', attempts: 1, nextCallAt: at('09:32') },
    ],
    [
      'missed and is called again on the next day',
      'callingAgainTomorrow',
      { ...missedOnce, nextCallAt: at('09:00', '2026-11-25') },
    ],
    ['pressed the key for well', 'ok', { state: 'answered', result: 'ok', settledAt: at('09:05') }],
    ['pressed the key for unwell', 'unwell', { ...alerted('unwell'), result: 'unwell' }],
    [
      'wants to be phoned',
      'contactRequested',
      { ...alerted('contactRequested'), result: 'contactRequested' },
    ],
    ['never answered', 'noResponse', { ...alerted('noResponse'), result: 'noAnswer', missed: 3 }],
    ['hung up in the middle', 'hungUpEarly', { ...alerted('hungUpEarly'), result: 'hungUpEarly' }],
    ['has a dead number', 'numberInvalid', { ...alerted('numberInvalid'), result: 'numberInvalid' }],
    ['could not be called by us', 'weCouldNotCall', { ...alerted('weCouldNotCall'), result: 'trunkError' }],
    ['was reached by a person', 'confirmedByOther', { state: 'confirmed', settledAt: at('10:00') }],
    ['was cancelled for a pause', 'paused', { state: 'cancelled', result: 'paused' }],
    ['is in a pause and not cancelled yet', 'paused', { pausedThatDay: true }],
    ['was cancelled for a withdrawal', 'withdrawn', { state: 'cancelled', result: 'withdrawn' }],
    ['has withdrawn and is not cancelled yet', 'withdrawn', { withdrawnOn: date }],
    ['withdraws tomorrow', 'stillUnknown', { withdrawnOn: '2026-11-25' }],
    ['was cancelled for a reason of its own', 'cancelled', { state: 'cancelled', result: 'byHand' }],
    ['was moved to another day', 'moved', { dueOn: '2026-11-25', dueAt: at('09:00', '2026-11-25') }],
    [
      "is served by the next open day's call",
      'closedDay',
      { state: 'cancelled', result: 'closedDay', dueOn: '2026-11-25' },
    ],
  ];
  for (const [what, state, facts] of cases) {
    it(`shows ${state} for one who ${what}`, () => assert.equal(lineOf(facts).state, state));
  }

  it('has a case for every state', () => {
    assert.deepEqual(
      [...new Set(cases.map(([, state]) => state))].sort(),
      [...ledgerStates].sort((one, other) => (one < other ? -1 : 1)),
    );
  });

  it('goes by the calendar of the tenant, not of the machine', () => {
    const facts = { ...missedOnce, nextCallAt: new Date('2026-11-24T15:30:00Z') };
    assert.equal(lineOf(facts).state, 'callingAgainTomorrow');
    const inLondon = stationLedger({ ...station, timeZone: 'Europe/London' }, date, [person(facts)], noon);
    assert.equal(inLondon.lines[0]?.state, 'callingAgain');
  });

  it('does not hide a missed call behind a pause that came after it', () => {
    const facts = { ...missedOnce, nextCallAt: at('09:30'), pausedThatDay: true };
    assert.equal(lineOf(facts).state, 'callingAgain');
  });

  it('shows unwell when the call that the deadline overtook ended so', () => {
    assert.equal(lineOf({ ...alerted('weCouldNotCall'), result: 'unwell' }).state, 'unwell');
  });

  it('keeps the silence that was told though the person said well after it', () => {
    const line = lineOf({ ...alerted('noResponse'), result: 'ok', missed: 3 });
    assert.equal(line.state, 'noResponse');
    assert.equal(line.lastOutcome, 'ok');
  });

  it('tells silence from our failure when an alert has lost its row', () => {
    assert.equal(lineOf({ state: 'alerted', missed: 1 }).state, 'noResponse');
    assert.equal(lineOf({ state: 'alerted' }).state, 'weCouldNotCall');
  });

  it('keeps a worse key visible that was pressed before the answer', () => {
    assert.equal(lineOf({ calls: [callWith('unwell', 'ok')] }).earlierKey, 'unwell');
    assert.equal(lineOf({ calls: [callWith('unwell', 'contactRequested')] }).earlierKey, 'unwell');
    assert.equal(
      lineOf({ calls: [callWith('contactRequested', undefined, 'ok')] }).earlierKey,
      'contactRequested',
    );
  });

  it('says nothing of an earlier key that was no worse, or of another call', () => {
    assert.equal(lineOf({ calls: [callWith('ok', 'unwell')] }).earlierKey, undefined);
    assert.equal(lineOf({ calls: [callWith('unwell'), callWith('ok')] }).earlierKey, undefined);
    assert.equal(lineOf({ calls: [callWith(undefined)] }).earlierKey, undefined);
  });

  it('tells since when it is so, and of the last key', () => {
    const settled = lineOf({ state: 'answered', settledAt: at('09:05'), calls: [callWith('ok', 'ok')] });
    assert.deepEqual(settled.since, at('09:05'));
    assert.deepEqual(settled.lastKeyAt, at('09:02'));
    const again = lineOf({ ...missedOnce, nextCallAt: at('09:35'), calls: [callWith()] });
    assert.deepEqual([again.since, again.nextCallAt], [at('09:05'), at('09:35')]);
    assert.deepEqual(lineOf({ state: 'calling', calls: [callWith()] }).since, at('09:00'));
    assert.deepEqual(lineOf({}).since, at('09:00'));
  });

  it('tells that somebody phoned back, which is not well', () => {
    const line = lineOf({ ...alerted('noResponse'), phonedBackAt: at('10:00') });
    assert.equal(line.state, 'noResponse');
    assert.deepEqual(line.phonedBackAt, at('10:00'));
  });

  it('tells where a moved check-in went and came from', () => {
    assert.equal(lineOf({ dueOn: '2026-11-25' }).movedTo, '2026-11-25');
    assert.equal(lineOf({ plannedOn: '2026-11-23' }).movedFrom, '2026-11-23');
  });

  it('has one line, not two, for a day that this one serves', () => {
    const served = person({ state: 'cancelled', result: 'closedDay', plannedOn: '2026-11-23' });
    assert.deepEqual(stationLedger(station, date, [served], noon).lines, []);
  });

  it('puts the unknown first, then the worst, then those in hand, the well and the cancelled', () => {
    const facts = cases.map(([, , one], checkinId) => person({ ...one, checkinId }));
    const states = stationLedger(station, date, facts.reverse(), noon).lines.map(({ state }) => state);
    assert.deepEqual([...new Set(states)], [...ledgerStates]);
  });

  it('goes by the time and then by the reading of the name within a state', () => {
    const facts = [
      person({ checkinId: 1, kana: 'わだ' }),
      person({ checkinId: 2, kana: 'あべ' }),
      person({ checkinId: 3, kana: 'んん', dueAt: at('08:00') }),
    ];
    const order = stationLedger(station, date, facts, noon).lines.map(({ checkinId }) => checkinId);
    assert.deepEqual(order, [3, 2, 1]);
  });

  it('counts every person once, and says first how many are still unknown', () => {
    const facts = [person(), person(), person({ state: 'answered' })];
    const { headline, counts, lines } = stationLedger(station, date, facts, noon);
    assert.equal(headline, 2);
    assert.equal(counts.ok, 1);
    assert.equal(
      Object.values(counts).reduce((sum, count) => sum + count),
      lines.length,
    );
  });
});
