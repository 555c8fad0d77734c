import assert from 'node:assert/strict';
import type { MemberFacts, QueueEvent, WaitingFacts } from '../../src/hotline/queue-event.js';
import { foldEvent, fromSnapshot, nothingKnown, type QueuePicture } from '../../src/hotline/queue-picture.js';

const at = (second: number) => new Date(Date.UTC(2026, 10, 24, 3, 0, second));

function member(changed: Partial<MemberFacts> = {}): MemberFacts {
  return {
    slot: 1,
    extension: '101',
    phone: 'idle',
    inCall: false,
    paused: false,
    pauseReason: '',
    loggedInAt: undefined,
    lastPauseAt: undefined,
    lastCallEndedAt: undefined,
    wrapUpSeconds: undefined,
    ...changed,
  };
}
function caller(callId: string, position: number, changed: Partial<WaitingFacts> = {}): WaitingFacts {
  return { slot: 1, callId, channel: `PJSIP/${callId}`, position, priority: 0, ...changed };
}
const joined = (callId: string, position: number, changed: Partial<WaitingFacts> = {}): QueueEvent => ({
  kind: 'callerJoined',
  caller: caller(callId, position, changed),
});
const is = (changed: Partial<MemberFacts>): QueueEvent => ({ kind: 'member', member: member(changed) });
const rings: QueueEvent = { kind: 'rings', slot: 1, extension: '101', callId: 'a' };
const answered: QueueEvent = { kind: 'answered', slot: 1, extension: '101', callId: 'a', number: '' };

/** Folds events, one a second, into a picture with one free counsellor. */
function after(...events: QueueEvent[]): QueuePicture & { askAgain: boolean } {
  const start = fromSnapshot(nothingKnown, { waiting: [], members: [member()] }, at(0));
  return events.reduce<QueuePicture & { askAgain: boolean }>(
    (before, event, index) => {
      const { picture, askAgain } = foldEvent(before, event, at(index + 1));
      return { ...picture, askAgain };
    },
    { ...start, askAgain: false },
  );
}
const queue = ({ waiting }: QueuePicture) =>
  waiting
    .map(({ slot, callId, position }) => `${slot}:${position}${callId}`)
    .sort()
    .join(' ');
const first = ({ counsellors }: QueuePicture) => {
  const [one] = counsellors;
  return [one?.state, one?.since, one?.call?.callId];
};

describe('the picture of the queues', () => {
  for (const [what, events, expected] of [
    ['those who join one after the other', [joined('a', 1), joined('b', 2)], '1:1a 1:2b'],
    ['one who joins before others', [joined('a', 1), joined('b', 2), joined('u', 1)], '1:1u 1:2a 1:3b'],
    ['the others moved up when the first leaves', [joined('a', 1), joined('b', 2), left('a')], '1:1b'],
    ['each line by itself', [joined('a', 1), joined('b', 1, { slot: 2 }), left('a')], '2:1b'],
    ['one who is told twice only once', [joined('a', 1), joined('a', 1)], '1:1a'],
  ] as const) {
    it(`shows ${what}`, () => assert.equal(queue(after(...events)), expected));
  }

  it('asks for everything anew when somebody leaves whom nobody saw come', () => {
    assert.equal(after(left('x')).askAgain, true);
    assert.equal(after({ ...rings, callId: 'x' }).askAgain, true);
    assert.equal(after(joined('a', 1), left('a')).askAgain, false);
  });

  for (const [what, events, expected] of [
    ['rings', [joined('a', 1), rings, is({ phone: 'ringing' })], ['ringing', at(3), 'a']],
    [
      'rings, on a phone that is busy from the first ring',
      [joined('a', 1), rings, is({ phone: 'busy' })],
      ['ringing', at(3), 'a'],
    ],
    ['talks', [joined('a', 1), rings, is({ phone: 'busy' }), answered], ['talking', at(4), 'a']],
    [
      'talks as soon as the queue says so',
      [joined('a', 1), answered, is({ inCall: true })],
      ['talking', at(3), 'a'],
    ],
    ['phones somebody on their own', [is({ phone: 'busy' })], ['talking', at(1), undefined]],
    [
      'is free after the talk',
      [joined('a', 1), answered, is({ phone: 'busy' }), { ...answered, kind: 'talkEnded' }, is({})],
      ['free', at(5), undefined],
    ],
    [
      'is free after ringing in vain',
      [joined('a', 1), rings, is({ phone: 'busy' }), { ...rings, kind: 'rangInVain' }, is({})],
      ['free', at(5), undefined],
    ],
    ['pauses', [is({ paused: true })], ['paused', at(1), undefined]],
    [
      'still talks when they paused meanwhile',
      [joined('a', 1), answered, is({ phone: 'busy' }), is({ phone: 'busy', paused: true })],
      ['talking', at(3), 'a'],
    ],
    [
      'is not paused while one line still rings them',
      [is({ slot: 2 }), is({ paused: true })],
      ['free', at(0), undefined],
    ],
    ['can not be reached', [is({ phone: 'unreachable' })], ['unreachable', at(1), undefined]],
    [
      'can not be reached, whether they pause or not',
      [is({ phone: 'unreachable', paused: true })],
      ['unreachable', at(1), undefined],
    ],
    ['is as before when nothing changed', [is({}), is({})], ['free', at(0), undefined]],
  ] as [string, QueueEvent[], unknown[]][]) {
    it(`shows a counsellor who ${what}`, () => assert.deepEqual(first(after(...events)), expected));
  }

  it('shows nobody who has logged out of every line', () => {
    const gone = (slot: number): QueueEvent => ({ kind: 'memberLeft', slot, extension: '101' });
    assert.equal(after(is({ slot: 2 }), gone(1)).counsellors.length, 1);
    assert.equal(after(is({ slot: 2 }), gone(1), gone(2)).counsellors.length, 0);
  });

  it('knows from the exchange since when somebody is there whom it sees for the first time', () => {
    const members = [member({ loggedInAt: at(-50), lastCallEndedAt: at(-20) })];
    assert.deepEqual(first(fromSnapshot(nothingKnown, { waiting: [], members }, at(0)))[1], at(-20));
    const pausing = [member({ paused: true, lastPauseAt: at(-9) })];
    assert.deepEqual(first(fromSnapshot(nothingKnown, { waiting: [], members: pausing }, at(0)))[1], at(-9));
  });

  it('takes a snapshot for the truth, and keeps the moments that it knows better', () => {
    const before = after(joined('a', 1), joined('gone', 2));
    const waiting = [
      { ...caller('a', 1), waitedSeconds: 7 },
      { ...caller('new', 2), waitedSeconds: 5 },
    ];
    const picture = fromSnapshot(before, { waiting, members: [member()] }, at(10));
    assert.deepEqual(
      picture.waiting.map(({ callId, joinedAt }) => [callId, joinedAt]),
      [
        ['a', at(1)],
        ['new', at(5)],
      ],
    );
    assert.deepEqual(first(picture), ['free', at(0), undefined]);
    assert.ok(picture.heard);
  });
});

function left(callId: string): QueueEvent {
  return { kind: 'callerLeft', slot: 1, callId };
}
