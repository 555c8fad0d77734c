import assert from 'node:assert/strict';
import fc from 'fast-check';
import { tellBatch, type BatchChanges } from '../../src/hotline/call-batch.js';
import type { CallLogLine } from '../../src/hotline/call-log.js';
import { endByCrash } from '../../src/hotline/call-story.js';
import { jst, ownLine, queueLine, readLines } from '../support/queue-log-text.js';
import { passedOnStories } from './passed-on-stories.js';
import { caller } from './story-lines.js';
import { waitingStories } from './waiting-stories.js';

const stories = { ...waitingStories, ...passedOnStories };

const clockTime = (at: Date): string => new Date(at.getTime() + 9 * 3_600_000).toISOString().slice(11, 23);
const time = (at: Date | undefined): string | undefined => at && clockTime(at);

function tell(lines: readonly CallLogLine[]): BatchChanges {
  return tellBatch([], lines, undefined);
}

/** What nobody may mistake, whatever the order in which it was told. */
function gist({ calls: [call], tasks, voiceFiles }: BatchChanges): unknown {
  assert.ok(call);
  const { direction, result, answeredAt, answeredBy, endedAt, transferredTo } = call;
  const wishes = tasks.map(({ kind, number }) => `${kind} ${number}`);
  const files = voiceFiles.map(({ kind, file }) => `${kind} ${file}`);
  const own = { direction, result, answeredAt, answeredBy, endedAt, transferredTo };
  return { ...own, wishes, files };
}

describe('the story of a call that', () => {
  for (const [name, { lines, expected }] of Object.entries(stories)) {
    it(name, () => {
      const { calls, tasks, voiceFiles } = tell(readLines(lines));
      assert.equal(calls.length, 1);
      const [call] = calls;
      assert.ok(call);
      assert.equal(call.callId, caller);
      assert.deepEqual(
        [call.direction, call.stage, call.result, time(call.endedAt)],
        [expected.direction ?? 'incoming', expected.stage, expected.result, expected.ended],
      );
      const [from, until] = expected.waited ?? [];
      assert.deepEqual([time(call.joinedAt), call.joinedAt && time(call.leftQueueAt)], [from, until]);
      if (expected.answered) {
        assert.deepEqual([time(call.answeredAt), call.answeredBy], expected.answered);
      } else {
        assert.equal(call.answeredAt, undefined);
      }
      assert.deepEqual(
        tasks.map(({ kind, number, placeAt }) => [kind, number, clockTime(placeAt)]),
        expected.tasks ?? [],
      );
      assert.deepEqual(
        voiceFiles.map(({ kind, file }) => [kind, file]),
        expected.voices ?? [],
      );
      const others = Object.keys(expected.others ?? {}).map((key) => [key, call[key as keyof typeof call]]);
      assert.deepEqual(Object.fromEntries(others), expected.others ?? {});
    });

    it(`${name}, whatever the order of its further lines, and told twice`, () => {
      const inOrder = readLines(lines);
      const told = tell(inOrder);
      // One hand writes the beginning of a call before all else of it.
      const [first, rest] = [inOrder.slice(0, 1), inOrder.slice(1)];
      const again = tellBatch(told.calls, inOrder, undefined);
      assert.deepEqual(again.calls, []);
      assert.deepEqual(again.tries, []);
      assert.deepEqual(gist(tell([...inOrder, ...inOrder])), gist(told));
      fc.assert(
        fc.property(fc.shuffledSubarray(rest, { minLength: rest.length }), (shuffled) =>
          assert.deepEqual(gist(tell([...first, ...shuffled])), gist(told)),
        ),
        { numRuns: 60 },
      );
    });

    it(`${name}, also in two batches`, () => {
      const all = readLines(lines);
      const whole = tell(all);
      for (let cut = 1; cut < all.length; cut++) {
        const first = tell(all.slice(0, cut));
        const second = tellBatch(first.calls, all.slice(cut), undefined);
        assert.deepEqual(second.calls.length === 0 ? first.calls : second.calls, whole.calls);
        assert.deepEqual([...first.tasks, ...second.tasks], whole.tasks);
        assert.deepEqual([...first.tries, ...second.tries], whole.tries);
      }
    });
  }
});

describe('the story of a call-back for a task', () => {
  const dialled = (status: string, talked: string): BatchChanges =>
    tell(
      readLines([
        ownLine('10:00:00', caller, 'line-1', '201', 'BACKDIAL', '77'),
        ownLine('10:00:40', caller, 'line-1', '201', 'BACKENDED', '77', status, talked),
      ]),
    );

  for (const status of ['NOANSWER', 'BUSY']) {
    it(`counts ${status} as missed`, () => {
      assert.deepEqual(dialled(status, '0').tries, [{ taskId: 77, missed: true, at: jst('10:00:40') }]);
    });
  }
  for (const status of ['ANSWER', 'CANCEL', 'CONGESTION', 'CHANUNAVAIL', 'nonsense here']) {
    it(`does not count ${status} as missed`, () => {
      assert.deepEqual(dialled(status, '30').tries, [{ taskId: 77, missed: false, at: jst('10:00:40') }]);
    });
  }
});

describe('a new start of the exchange', () => {
  const start = queueLine('10:30:00', 'NONE', 'NONE', 'NONE', 'QUEUESTART');
  const other = (at: string, event: string, ...data: string[]): string =>
    ownLine(at, '1795482000.99', 'line-1', 'NONE', event, ...data);
  const arrives = ownLine('10:00:00', caller, 'line-1', 'NONE', 'ARRIVED', '', '');
  const joins = ownLine('10:00:20', caller, 'line-1', 'NONE', 'JOINING');
  const isAnswered = ownLine('10:00:30', caller, 'line-1', '201', 'ANSWERED');

  it('ends who waited when the exchange was last known to be alive', () => {
    const { calls } = tell(readLines([arrives, joins, other('10:12:00', 'ARRIVED', '', ''), start]));
    assert.deepEqual(
      calls.map(({ result, endedAt, leftQueueAt }) => [result, time(endedAt), time(leftQueueAt)]),
      [
        ['exchangeFailed', '10:12:00.000', '10:12:00.000'],
        ['exchangeFailed', '10:12:00.000', undefined],
      ],
    );
  });

  it('ends a talk without taking the answer from it', () => {
    const { calls } = tell(readLines([arrives, joins, isAnswered, start]));
    assert.deepEqual([calls[0]?.result, time(calls[0]?.endedAt)], ['answered', '10:00:30.000']);
  });

  it('leaves those alone who had left, and those who came after it', () => {
    const left = ownLine('10:01:00', caller, 'line-1', '201', 'LEFT', 'talk');
    const { calls } = tell(
      readLines([arrives, joins, isAnswered, left, start, other('10:30:00.500', 'ARRIVED', '', ''), start]),
    );
    assert.deepEqual(
      calls.map(({ result, endedAt }) => [result, time(endedAt)]),
      [
        ['answered', '10:01:00.000'],
        [undefined, undefined],
      ],
    );
  });

  it('never ends a call before it began', () => {
    const [call] = tell(readLines([arrives, joins])).calls;
    assert.ok(call);
    const startedAt = jst('10:30:00');
    for (const aliveAt of [undefined, jst('09:00:00'), jst('11:00:00')]) {
      assert.equal(time(endByCrash(call, { startedAt, aliveAt }).endedAt), '10:00:20.000');
    }
  });
});
