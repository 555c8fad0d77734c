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
  let clock: () => Date;

  beforeEach(() => {
    asked = 0;
    told = [];
    clock = () => new Date();
    watch = new HotlineWatch({
      feed: {
        isUp: true,
        start: (listener) => (tell = listener),
        stop: () => undefined,
        askAgain: () => asked++,
      },
      clock: () => clock(),
      wrapUpSeconds: 0,
    });
    watch.on('picture', ({ waiting, heard }) =>
      told.push({ at: performance.now(), waiting: waiting.length, heard }),
    );
    watch.start();
  });
  afterEach(() => watch.stop());

  it('announces the first change at once, and then the newest four times a second at most', async () => {
    // The rest begins before the first is told, so that time lost in between only makes it seem longer.
    const began = performance.now();
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
    assert.ok((told[1]?.at ?? 0) - began >= 240);
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
    // It stands still, so that the end lies ahead however late the watch asks.
    const now = new Date();
    clock = () => now;
    const ends = new Date(now.getTime() - 700);
    const member = {
      slot: 1,
      extension: '101',
      phone: 'idle',
      inCall: false,
      paused: false,
      pauseReason: '',
    } as const;
    const never = { loggedInAt: undefined, lastPauseAt: undefined };
    const began = performance.now();
    tell.snapshot({
      waiting: [],
      members: [{ ...member, ...never, lastCallEndedAt: ends, wrapUpSeconds: 1 }],
    });
    assert.equal(told.length, 1);
    await until(() => told.length === 2, { what: 'the end is told' });
    assert.ok((told[1]?.at ?? 0) - began >= 290);
  });
});
