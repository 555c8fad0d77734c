import assert from 'node:assert/strict';
import { calledSince, type KnownAttempt, type WaitingCheckin } from '../../src/checkins/called-since.js';
import type { RecordedCall } from '../../src/checkins/phone.js';

const at = (time: string): Date => new Date(`2026-11-24T${time}:00+09:00`);
const call = (attemptId: string, overrides: Partial<RecordedCall> = {}): RecordedCall => ({
  ...{ attemptId, mark: 'hanako', startedAt: at('09:05'), answeredAt: at('09:06') },
  end: { at: at('09:07'), reason: 'normal', cause: 16 },
  ...overrides,
});
const hanako: WaitingCheckin = {
  ...{
    checkinId: 1,
    subscriberId: 11,
    dueAt: at('09:00'),
    giveUpAt: at('12:00'),
    marks: ['other', 'hanako'],
  },
};
const known = (attempt: Partial<KnownAttempt>): Map<string, KnownAttempt> =>
  new Map([['a', { checkinId: 1, state: 'ended', outcome: 'trunkError', answered: true, ...attempt }]]);
const unanswered = (reason: 'busy' | 'networkFault' | 'numberInvalid') => ({
  answeredAt: undefined,
  end: { at: at('09:07'), reason, cause: 0 },
});

describe('calls that the database has forgotten', () => {
  const nothing = { checkins: [], settledCalls: 0, unknownCalls: 0 };
  const found = {
    ...{ checkinId: 1, subscriberId: 11, calls: 1, answered: true },
    lastCalledAt: at('09:07'),
  };

  for (const [what, calls, attempts, told] of [
    ['are found by the number', [call('a')], new Map(), { checkins: [found] }],
    [
      'count once per person, the last moment standing',
      [call('a'), call('b', { ...unanswered('busy'), startedAt: at('09:10') })],
      new Map(),
      { checkins: [{ ...found, calls: 2 }] },
    ],
    [
      'count when the telephone only rang',
      [call('a', unanswered('busy'))],
      new Map(),
      { checkins: [{ ...found, answered: false }] },
    ],
    ['do not count when no telephone rang', [call('a', unanswered('networkFault'))], new Map(), {}],
    ['do not count when there is no such number', [call('a', unanswered('numberInvalid'))], new Map(), {}],
    [
      'count while nobody knows their end',
      [call('a', { end: undefined })],
      new Map(),
      { checkins: [{ ...found, lastCalledAt: at('09:05') }] },
    ],
    ['are no news when the record has settled them', [call('a')], known({ outcome: 'busy' }), {}],
    ['are no news while they go on', [call('a')], known({ state: 'calling', outcome: undefined }), {}],
    [
      'are known by their attempt when an answer may be lost',
      [call('a', { mark: undefined })],
      known({}),
      { checkins: [found] },
    ],
    [
      'are of somebody unknown without a mark',
      [call('a', { mark: undefined })],
      new Map(),
      { unknownCalls: 1 },
    ],
    [
      'of another day are no call for this one',
      [call('a', { startedAt: at('08:00') })],
      new Map(),
      { settledCalls: 1 },
    ],
    [
      'to people who wait for nothing are only counted',
      [call('a', { mark: 'taro' })],
      new Map(),
      { settledCalls: 1 },
    ],
  ] as const) {
    it(what, () => {
      assert.deepEqual(calledSince(calls, attempts, [hanako]), { ...nothing, ...told });
    });
  }
});
