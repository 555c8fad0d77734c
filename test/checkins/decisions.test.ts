import assert from 'node:assert/strict';
import { outcomeOfAttempt, outcomeWord, type Conversation } from '../../src/checkins/attempt-outcome.js';
import { nextTurn } from '../../src/checkins/fair-turn.js';
import { mayCallNow } from '../../src/checkins/may-call.js';
import type { HangupReason } from '../../src/checkins/phone.js';

describe('the outcome of an attempt', () => {
  for (const [reason, word] of [
    ['busy', 'busy'],
    ['noAnswer', 'noAnswer'],
    ['rejected', 'rejected'],
    ['numberInvalid', 'numberInvalid'],
    ['networkFault', 'trunkError'],
    ['normal', 'trunkError'],
  ] as [HangupReason, string][]) {
    it(`of a call that nobody answered and that ended as ${reason} is ${word}`, () => {
      const facts = { reason, answered: false, conversation: undefined, longestTalkSeconds: 0 };
      assert.equal(outcomeWord(outcomeOfAttempt(facts)), word);
    });
  }

  for (const [conversation, talk, word] of [
    [{ kind: 'answer', answer: 'ok' }, 9, 'ok'],
    [{ kind: 'answer', answer: 'unwell' }, 0, 'unwell'],
    [{ kind: 'answer', answer: 'contactRequested' }, 0, 'contactRequested'],
    [{ kind: 'wrongKeys' }, 9, 'invalidKey'],
    [{ kind: 'noKey' }, 3.9, 'answeredNoKey'],
    [{ kind: 'noKey' }, 4, 'machine'],
    [{ kind: 'hungUp' }, 3.9, 'hungUpEarly'],
    [{ kind: 'hungUp' }, 9, 'hungUpEarly'],
    [{ kind: 'linkLost' }, 0, 'trunkError'],
    [undefined, 9, 'trunkError'],
  ] as [Conversation | undefined, number, string][]) {
    it(`of an answered call with ${conversation?.kind ?? 'no talk'} after ${talk} s of voice is ${word}`, () => {
      const facts = { reason: 'normal', answered: true, conversation, longestTalkSeconds: talk } as const;
      assert.equal(outcomeWord(outcomeOfAttempt(facts)), word);
    });
  }
});

describe('the turn', () => {
  const turn = (waiting: number[], inUse: [number, number][], weights: [number, number][] = []) =>
    nextTurn(waiting, new Map(inUse), new Map(weights));

  it('goes to the tenant with the fewest lines, by its weight', () => {
    assert.equal(turn([], []), undefined);
    assert.equal(turn([2, 1], []), 1);
    assert.equal(turn([1, 2], [[1, 1]]), 2);
    const used: [number, number][] = [
      [1, 3],
      [2, 1],
    ];
    assert.equal(turn([1, 2], used), 2);
    assert.equal(turn([1, 2], used, [[1, 3]]), 1);
  });
});

describe('whether a person may be called now', () => {
  const policy = { callingHours: { from: '08:00', until: '20:00' }, minimumGapSeconds: 300 };
  const at = (time: string): Date => new Date(`2026-11-23T${time}:00+09:00`);
  const may = (facts: { paused?: boolean; withdrawn?: boolean; lastCalledAt?: Date }, now = at('09:00')) =>
    mayCallNow(
      { paused: false, withdrawn: false, ...facts, lastCalledAt: facts.lastCalledAt },
      policy,
      'Asia/Tokyo',
      now,
    );

  it('is yes in the calling hours, also right when the minimum gap is over', () => {
    assert.deepEqual(may({}), { kind: 'call' });
    assert.deepEqual(may({ lastCalledAt: at('08:55') }), { kind: 'call' });
  });

  it('is not yet outside the hours and in the minimum gap', () => {
    assert.deepEqual(may({}, at('07:00')), { kind: 'postpone', until: at('08:00') });
    assert.deepEqual(may({ lastCalledAt: at('08:56') }), { kind: 'postpone', until: at('09:01') });
  });

  it('is no for the paused and the withdrawn, whatever the hour', () => {
    assert.deepEqual(may({ paused: true }, at('07:00')), { kind: 'cancel', why: 'paused' });
    assert.deepEqual(may({ paused: true, withdrawn: true }), { kind: 'cancel', why: 'withdrawn' });
  });
});
