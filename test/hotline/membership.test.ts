import assert from 'node:assert/strict';
import type { OrderAnswer } from '../../src/hotline/exchange-orders.js';
import type { Member } from '../../src/hotline/member-store.js';
import { Membership } from '../../src/hotline/membership.js';
import type { MemberFacts } from '../../src/hotline/queue-event.js';
import { fromSnapshot, nothingKnown, type QueuePicture } from '../../src/hotline/queue-picture.js';
import { createLog } from '../../src/log.js';

const member = (extension: string, slot: number, reason = ''): MemberFacts => ({
  slot,
  extension,
  phone: 'idle',
  inCall: false,
  paused: reason !== '',
  pauseReason: reason,
  loggedInAt: undefined,
  lastPauseAt: undefined,
  lastCallEndedAt: undefined,
  wrapUpSeconds: undefined,
});
const pictureOf = (...members: MemberFacts[]): QueuePicture =>
  fromSnapshot(nothingKnown, { waiting: [], members }, new Date(0));

describe('who is logged in to the exchange', () => {
  let stored: Member[];
  let ordered: unknown[][];
  let picture: QueuePicture;
  let answer: OrderAnswer;
  let membership: Membership;
  let lookedAgain: number;

  beforeEach(() => {
    stored = [
      { extension: '101', slot: 1, paused: true, reason: '昼休み' },
      { extension: '102', slot: 2, paused: false, reason: '' },
      { extension: '199', slot: 2, paused: false, reason: '' },
    ];
    ordered = [];
    answer = 'done';
    lookedAgain = 0;
    picture = pictureOf();
    const order =
      (what: string) =>
      (...args: unknown[]): Promise<OrderAnswer> => {
        ordered.push([what, ...args]);
        return Promise.resolve(answer);
      };
    membership = new Membership({
      store: {
        remembered: () => Promise.resolve(stored),
        remember: (members) => {
          stored = [...members];
          return Promise.resolve();
        },
      },
      orders: { logIn: order('logIn'), logOut: order('logOut') },
      picture: () => picture,
      isCounsellor: (extension) => extension !== '199',
      onRestored: () => lookedAgain++,
      log: createLog('silent'),
    });
  });

  it('is put back into an exchange that has lost its memory, pauses too, but no one who left', async () => {
    assert.equal(await membership.settle({ exchangeIsNew: true }), true);
    assert.deepEqual(ordered, [
      ['logIn', '101', [1], { reason: '昼休み' }],
      ['logIn', '102', [2], undefined],
    ]);
    assert.equal(lookedAgain, 1);
    assert.equal(stored.length, 3, 'the picture of before must not become the memory');
  });

  it('is what an exchange says that remembers: who logged out while we were away stays out', async () => {
    await membership.settle({ exchangeIsNew: false });
    assert.deepEqual(ordered, []);
    assert.deepEqual(stored, []);
  });

  it('is not touched in a new exchange where somebody has logged in already', async () => {
    picture = pictureOf(member('101', 2));
    await membership.settle({ exchangeIsNew: true });
    assert.deepEqual(ordered, []);
    assert.deepEqual(stored, [{ extension: '101', slot: 2, paused: false, reason: '' }]);
  });

  it('is neither restored nor remembered while the queues can’t be heard', async () => {
    picture = { ...pictureOf(), heard: false };
    assert.equal(await membership.settle({ exchangeIsNew: true }), false);
    await membership.remember();
    assert.deepEqual([ordered, stored.length], [[], 3]);
  });

  it('is not remembered after the link was lost, until it is known whether the exchange remembers', async () => {
    picture = pictureOf(member('101', 1));
    await membership.settle({ exchangeIsNew: false });
    membership.linkIsDown();
    picture = pictureOf();
    await membership.remember();
    assert.equal(stored.length, 1);
  });

  it('is tried again when the exchange goes away in the middle', async () => {
    answer = 'noLink';
    await assert.rejects(membership.settle({ exchangeIsNew: true }));
    assert.equal(stored.length, 3);
  });

  it('is remembered as it changes', async () => {
    await membership.settle({ exchangeIsNew: false });
    picture = pictureOf(member('102', 1), member('102', 3, '記録'));
    await membership.remember();
    assert.deepEqual(stored, [
      { extension: '102', slot: 1, paused: false, reason: '' },
      { extension: '102', slot: 3, paused: true, reason: '記録' },
    ]);
  });

  it('has nobody in it who is no counsellor', async () => {
    picture = pictureOf(member('199', 1), member('199', 4));
    await membership.settle({ exchangeIsNew: false });
    assert.deepEqual(ordered, [['logOut', '199', [1, 4]]]);
  });
});
