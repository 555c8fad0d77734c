import assert from 'node:assert/strict';
import { nowToDo, tasksInOrder, waitingCallers, type TaskOnScreen } from '../../src/hotline/desk-view.js';
import type { CounsellorState, PictureView } from '../../src/hotline/picture-view.js';

const now = new Date('2026-11-24T01:05:00Z');
const ago = (seconds: number): string => new Date(now.getTime() - seconds * 1000).toISOString();

function picture(
  waits: readonly { seconds: number; urgent?: boolean }[] = [],
  state: CounsellorState = 'free',
): PictureView {
  const waiting = waits.map(({ seconds, urgent = false }, index) => ({
    ...{ callId: `c${index + 1}`, joinedAt: ago(seconds), position: index + 1, urgent },
  }));
  const own = {
    extension: '101',
    name: '相談 員子',
    state,
    since: null,
    reason: '',
    lineIds: [],
    callId: null,
  };
  return {
    ...{ asOf: now.toISOString(), heard: true, counsellors: [own] },
    lines: [{ lineId: 1, name: '相談', open: true, opensAt: null, waiting }],
  };
}

function task(id: number, dueInSeconds: number, rest: Partial<TaskOnScreen> = {}): TaskOnScreen {
  return {
    ...{ id, lineId: 1, kind: 'callBack', pbxId: 'p', callId: 'c', number: '', state: 'open' },
    ...{ dueAt: ago(-dueInSeconds), createdAt: ago(60), failures: 0, note: '' },
    ...rest,
  };
}

const told = (seen: PictureView | undefined, tasks: readonly TaskOnScreen[] = []) =>
  nowToDo({ picture: seen, extension: '101', tasks, ownId: 7, now });

describe('the first line of the desk', () => {
  it('says when there is nothing to do', () => assert.deepEqual(told(picture()), [{ kind: 'nothing' }]));

  it('says when nobody can know', () => assert.deepEqual(told(undefined), [{ kind: 'unheard' }]));

  it('puts the ringing phone before who waits, and both before what is due', () => {
    assert.deepEqual(told(picture([{ seconds: 125 }, { seconds: 5 }], 'ringing'), [task(1, 60)]), [
      { kind: 'rings' },
      { kind: 'waiting', count: 2, longestMs: 125_000 },
      { kind: 'tasks', callBacks: 1, messages: 0 },
    ]);
  });

  it('counts what is overdue, and leaves out what others have taken', () => {
    const tasks = [task(1, -60), task(2, 60, { kind: 'message', ownerId: 7 }), task(3, -60, { ownerId: 8 })];
    assert.deepEqual(told(picture(), tasks), [
      { kind: 'overdue', count: 1 },
      { kind: 'tasks', callBacks: 1, messages: 1 },
    ]);
  });
});

describe('the lists of the desk', () => {
  it('have urgent callers first, and then who waits longest', () => {
    const seen = picture([{ seconds: 10 }, { seconds: 90 }, { seconds: 5, urgent: true }]);
    assert.deepEqual(
      waitingCallers(seen, now).map(({ callId }) => callId),
      ['c3', 'c2', 'c1'],
    );
  });

  it('have tasks by their due time, and mine before another’s at the same moment', () => {
    const tasks = [task(1, 60, { ownerId: 8 }), task(2, 60), task(3, 60, { ownerId: 7 }), task(4, 5)];
    assert.deepEqual(
      tasksInOrder(tasks, 7).map(({ id }) => id),
      [4, 3, 2, 1],
    );
  });
});
