import assert from 'node:assert/strict';
import { closedLetter, openedLetter, type AlertLetterFacts } from '../../src/alerts/alert-letters.js';
import { decideStep, mailDueAtClose, mailDueAtReopen } from '../../src/alerts/alert-work.js';

describe('a step on an alert', () => {
  const free = { state: 'open', ownerId: undefined } as const;
  const mine = { state: 'open', ownerId: 1 } as const;
  const theirs = { state: 'open', ownerId: 2 } as const;
  const closed = { state: 'closed', ownerId: 2 } as const;
  const take = (takeOver = false) => ({ kind: 'take', userId: 1, takeOver }) as const;
  for (const [what, alert, step, verdict] of [
    ['takes what nobody has', free, take(), 'go'],
    ['takes once', mine, take(), 'nothing'],
    ['is told who was quicker', theirs, take(), 'takenByAnother'],
    ['takes over on purpose', theirs, take(true), 'go'],
    ['takes nothing that has ended', closed, take(), 'alertClosed'],
    ['closes', theirs, { kind: 'close' }, 'go'],
    ['closes once', closed, { kind: 'close' }, 'nothing'],
    ['reopens', closed, { kind: 'reopen' }, 'go'],
    ['reopens once', free, { kind: 'reopen' }, 'nothing'],
  ] as const) {
    it(what, () => assert.equal(decideStep(alert, step), verdict));
  }

  it('tells nobody of the end of what they never heard, nor of an end that was taken back', () => {
    assert.equal(mailDueAtClose('opened'), null);
    assert.equal(mailDueAtClose(null), 'closed');
    assert.equal(mailDueAtReopen('closed'), null);
    assert.equal(mailDueAtReopen(null), 'opened');
  });
});

describe('a mail about an alert', () => {
  const facts: AlertLetterFacts = {
    ...{ alertId: 7, reason: 'noResponse', memberNumber: '1042', kana: 'やまだ はなこ' },
    ...{ stationName: '常盤平', timeZone: 'Asia/Tokyo', openedAt: new Date('2026-11-24T00:05:00Z') },
    ...{ closedAt: new Date('2026-11-24T01:00:00Z'), closeReason: 'reachedWell', baseUrl: 'https://g.test' },
  };

  it('names nobody, and says where to go on', () => {
    const { subject, body } = openedLetter(facts);
    assert.match(body, /や・はさん（会員番号1042）に、連絡が必要です。/);
    assert.match(body, /電話に応答がありません/);
    assert.match(body, /11月24日\(火\) 9:05/);
    assert.match(body, /https:\/\/g\.test\/alerts\/7/);
    assert.match(body, /119番/);
    assert.doesNotMatch(subject + body, /やまだ|はなこ/);
  });

  it('says that all is well again', () => {
    assert.match(closedLetter(facts).body, /連絡がつき、お元気でした/);
  });
});
