import assert from 'node:assert/strict';
import { HotlineWatch } from '../../src/hotline/hotline-watch.js';
import type { QueueListener } from '../../src/hotline/queue-feed.js';
import type { QueueEvent } from '../../src/hotline/queue-event.js';
import { until } from '../../src/testbed/until.js';

const joins = (callId: string): QueueEvent => ({
  kind: 'callerJoined',
  caller: { slot: 1, callId, channel: callId, position: 1, priority: 0 },
});

describe('the watch over the queues', () => {
  let tell: QueueListener;
  let asked: number;
  let told: { at: number; waiting: number; heard: boolean }[];
  let watch: HotlineWatch;

  beforeEach(() => {
    asked = 0;
    told = [];
    watch = new HotlineWatch({
      feed: {
        isUp: true,
        start: (listener) => (tell = listener),
        stop: () => undefined,
        askAgain: () => asked++,
      },
      clock: () => new Date(),
      wrapUpSeconds: 0,
    });
    watch.on('picture', ({ waiting, heard }) =>
      told.push({ at: performance.now(), waiting: waiting.length, heard }),
    );
    watch.start();
  });
  afterEach(() => watch.stop());

  it('announces the first change at once, and then the newest four times a second at most', async () => {
    for (let count = 1; count <= 50; count++) tell.event(joins(`c${count}`));
    assert.deepEqual(
      told.map(({ waiting }) => waiting),
      [1],
    );
    await until(() => told.length === 2, { what: 'the rest is told' });
    assert.deepEqual(
      told.map(({ waiting }) => waiting),
      [1, 50],
    );
    const [first, second] = told.map(({ at }) => at);
    assert.ok((second ?? 0) - (first ?? 0) >= 240);
  });

  it('says when nothing is heard, with what was known last', async () => {
    tell.snapshot({ waiting: [], members: [] });
    tell.event(joins('a'));
    tell.down();
    await until(() => told.length === 2, { what: 'it is told' });
    assert.deepEqual([told[1]?.heard, told[1]?.waiting], [false, 1]);
  });

  it('asks anew when an event does not fit', () => {
    tell.event({ kind: 'callerLeft', slot: 1, callId: 'never seen' });
    assert.equal(asked, 1);
  });

  it('tells each answered call once', () => {
    const calls: string[] = [];
    watch.on('answered', ({ callId, extension, number }) =>
      calls.push([callId, extension, number].join(' ')),
    );
    tell.event(joins('a'));
    tell.event({ kind: 'answered', slot: 1, extension: '101', callId: 'a', number: '0473912345' });
    assert.deepEqual(calls, ['a 101 0473912345']);
  });

  it('announces the end of somebody’s writing up, which no event tells', async () => {
    const ends = new Date(Date.now() - 700);
    const member = {
      slot: 1,
      extension: '101',
      phone: 'idle',
      inCall: false,
      paused: false,
      pauseReason: '',
    } as const;
    const never = { loggedInAt: undefined, lastPauseAt: undefined };
    tell.snapshot({
      waiting: [],
      members: [{ ...member, ...never, lastCallEndedAt: ends, wrapUpSeconds: 1 }],
    });
    assert.equal(told.length, 1);
    await until(() => told.length === 2, { what: 'the end is told' });
    assert.ok(Date.now() >= ends.getTime() + 1000);
  });
});
