import assert from 'node:assert/strict';
import type { HotlineTask } from '../../src/hotline/hotline-task.js';
import type { MemberFacts } from '../../src/hotline/queue-event.js';
import { fromSnapshot, nothingKnown, type QueuePicture } from '../../src/hotline/queue-picture.js';
import { waitOfLine } from '../../src/hotline/wait-of-line.js';
import { someMember, someTask } from '../support/hotline-facts.js';

const now = new Date('2026-11-24T12:00:00+09:00');
const member = (extension: string, changed: Partial<MemberFacts> = {}) =>
  someMember(extension, { slot: 2, phone: 'busy', ...changed });
const task = (changed: Partial<HotlineTask> = {}) => someTask(now, changed);
const pictureOf = (members: MemberFacts[], slots: number[] = []): QueuePicture =>
  fromSnapshot(
    nothingKnown,
    {
      members,
      waiting: slots.map((slot, index) => ({
        slot,
        callId: String(index),
        channel: '',
        position: index + 1,
        priority: 0,
        waitedSeconds: 0,
      })),
    },
    now,
  );

/** Minutes to wait; each of the latest talks took ten minutes. */
const wait = (picture: QueuePicture, tasks: HotlineTask[] = []) =>
  waitOfLine({ id: 11, slot: 2, organizationId: 1 }, now, {
    picture,
    tasks: { unsettled: () => Promise.resolve(tasks) },
    kpis: { recentTalkSeconds: () => Promise.resolve([600, 600, 600]) },
    wrapUpSeconds: 30,
  });

describe('how long one waits on a line', () => {
  const [talks, free] = [member('101'), member('102', { phone: 'idle' })];

  for (const [what, picture, tasks, minutes] of [
    ['one talk, when the only counsellor talks', pictureOf([talks]), [], 10],
    ['nothing, when one is free', pictureOf([talks, free]), [], 0],
    [
      'one talk more for each who waits here, and for nobody on another line',
      pictureOf([talks], [2, 2, 3]),
      [],
      30,
    ],
    ['one talk more for each who is to be phoned by now', pictureOf([talks]), [task(), task({ id: 2 })], 30],
    [
      'no more for those who are phoned later, elsewhere, already, or left a message',
      pictureOf([talks]),
      [
        task({ dueAt: new Date(now.getTime() + 1) }),
        task({ lineId: 12 }),
        task({ state: 'taken' }),
        task({ kind: 'message' }),
      ],
      10,
    ],
    ['half of it, when two share the work', pictureOf([talks, member('103')]), [], 5],
    [
      'as if those were not there who pause, are away, or are of another line',
      pictureOf([
        talks,
        member('103', { paused: true }),
        member('104', { phone: 'unreachable' }),
        member('105', { slot: 3 }),
      ]),
      [],
      10,
    ],
    [
      'as one who works, while somebody writes up',
      pictureOf([member('103', { phone: 'idle', lastCallEndedAt: new Date(now.getTime() - 29_000) })]),
      [],
      10,
    ],
    ['what nobody can say, when nobody is there', pictureOf([]), [], undefined],
    [
      'what nobody can say, while the exchange is not heard',
      { ...pictureOf([free]), heard: false },
      [],
      undefined,
    ],
  ] as [string, QueuePicture, HotlineTask[], number | undefined][]) {
    it(`is ${what}`, async () => assert.equal(await wait(picture, tasks), minutes));
  }
});
