import assert from 'node:assert/strict';
import type { LedgerLine } from '../../src/checkins/ledger.js';
import type { LedgerState } from '../../src/checkins/ledger-state.js';
import { asOfToday, groupOf, inOrderOfWork, type TodayLine } from '../../src/desk/today.js';

const nine = new Date('2026-11-24T00:00:00Z');
const line = (state: LedgerState, more: Partial<LedgerLine> = {}): LedgerLine => ({
  ...{ checkinId: 1, subscriberId: 1, memberNumber: '1', name: '見守 花子', kana: 'みまもり はなこ' },
  ...{ state, since: nine, dueAt: nine, attempts: 0 },
  ...more,
});
const openAlert = { id: 1, reason: 'noResponse', openedAt: nine };

describe('the list of a station', () => {
  const later = new Date(nine.getTime() + 11 * 60_000);
  for (const [what, given, now, group] of [
    ['still to be called', line('stillUnknown'), nine, 'toCome'],
    ['past their time', line('stillUnknown'), later, 'overdue'],
    ['silent, with an alert', line('noResponse', { openAlert }), nine, 'mustAct'],
    ['unwell, and seen to', line('unwell'), nine, 'handled'],
    ['on the phone', line('calling'), nine, 'calling'],
    ['called again today', line('callingAgain'), nine, 'callingAgain'],
    ['called again tomorrow', line('callingAgainTomorrow'), nine, 'callingTomorrow'],
    ['confirmed by a person', line('confirmedByOther'), nine, 'well'],
    ['paused', line('paused'), nine, 'away'],
  ] as const) {
    it(`has who is ${what} under ${group}`, () => assert.equal(groupOf(given, now, true), group));
  }

  it('has nobody past their time on a day that is over', () => {
    assert.equal(groupOf(line('stillUnknown'), later, false), 'toCome');
  });

  it('shows who missed yesterday as one who is called again today', () => {
    const missed = line('callingAgainTomorrow', { nextCallAt: nine });
    assert.equal(asOfToday(missed, '2026-11-24', 'Asia/Tokyo').state, 'callingAgain');
    assert.equal(asOfToday(missed, '2026-11-23', 'Asia/Tokyo').state, 'callingAgainTomorrow');
  });

  it('begins with those whom nobody has taken', () => {
    const of = (checkinId: number, group: TodayLine['group'], owned = false): TodayLine => ({
      ...line('noResponse', { checkinId }),
      group,
      ...(owned && { owner: { id: 1, name: '担当' } }),
    });
    const sorted = inOrderOfWork([of(1, 'well'), of(2, 'mustAct', true), of(3, 'mustAct'), of(4, 'overdue')]);
    assert.deepEqual(
      sorted.map(({ checkinId }) => checkinId),
      [4, 3, 2, 1],
    );
  });
});
