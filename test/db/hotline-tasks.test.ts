import assert from 'node:assert/strict';
import { HotlineCallStore } from '../../src/hotline/hotline-call-store.js';
import type { TaskAnswer } from '../../src/hotline/hotline-task.js';
import { TaskStore } from '../../src/hotline/task-store.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { markingCodec as codec, openForAll, seedCounsellor, seedLine } from '../support/hotline-builders.js';
import { jst, ownLine, readLines } from '../support/queue-log-text.js';

const now = jst('12:00:00');
const stores = (database: Database) => {
  const parts = { database, codec, hoursOf: openForAll };
  return { tasks: new TaskStore(parts), calls: new HotlineCallStore(parts) };
};
const answerOf = (answer: TaskAnswer): string => (answer.kind === 'changed' ? answer.task.state : answer.why);

describe('the tasks of a hotline', () => {
  onBothDatabases((open) => {
    let position = 0;
    beforeEach(() => (position = 0));

    /** Lets the log tell these lines. */
    async function tell(database: Database, ...lines: string[]): Promise<void> {
      const from = position === 0 ? undefined : { fileId: 'a', position };
      position += 1;
      const batch = { pbxId: 'pbx1', lines: readLines(lines), from, to: { fileId: 'a', position } };
      assert.ok(await stores(database).calls.apply(batch, now));
    }
    const wish = (callId: string, joined: string): string =>
      ownLine('11:00:00', callId, 'line-1', 'NONE', 'CALLBACK', String(jst(joined).getTime()), '09012345678');

    async function office() {
      const database = await open();
      const { organizationId, lineId } = await seedLine(database, 1);
      const [hanako, taro] = [
        await seedCounsellor(database, organizationId, '201'),
        await seedCounsellor(database, organizationId, '202'),
      ];
      await tell(database, wish('2.1', '10:00:00'), wish('1.1', '09:00:00'));
      const { tasks } = stores(database);
      const [first, second] = await tasks.unsettled(organizationId);
      assert.ok(first && second);
      return { database, organizationId, lineId, hanako, taro, tasks, first, second };
    }

    it('stand in the order of those who wait, each with its number and due time', async () => {
      const { first, second, tasks, organizationId } = await office();
      assert.deepEqual([first.callId, second.callId], ['1.1', '2.1']);
      assert.deepEqual(
        [first.kind, first.number, first.placeAt, first.dueAt, first.state, first.note, first.failures],
        ['callBack', '09012345678', jst('09:00:00'), jst('12:00:00'), 'open', '', 0],
      );
      assert.deepEqual(await tasks.unsettled(organizationId + 1), []);
      assert.equal((await tasks.unsettled()).length, 2);
    });

    it('go to one of several who ask at once, and stay there', async () => {
      const { first, tasks, hanako, taro } = await office();
      const answers = await Promise.all([tasks.take(first.id, hanako), tasks.take(first.id, taro)]);
      assert.deepEqual(answers.map(answerOf).sort(), ['taken', 'takenByAnother']);
      const owner = (await tasks.find(first.id))?.ownerId ?? 0;
      assert.equal(answerOf(await tasks.take(first.id, owner)), 'taken');
      const other = owner === hanako ? taro : hanako;
      for (const answer of [
        await tasks.take(first.id, other),
        await tasks.giveBack(first.id, other),
        await tasks.done(first.id, other, 'x', now),
        await tasks.failed(first.id, other, 'x', now),
      ]) {
        assert.equal(answerOf(answer), 'takenByAnother');
      }
      assert.equal((await tasks.find(first.id))?.note, '');
    });

    it('are given back, and done with a note by the one who has them; a mistake is undone', async () => {
      const { first, tasks, hanako, taro, organizationId } = await office();
      assert.equal(answerOf(await tasks.done(first.id, hanako, 'x', now)), 'notTaken');
      await tasks.take(first.id, hanako);
      assert.equal(answerOf(await tasks.giveBack(first.id, hanako)), 'open');
      await tasks.take(first.id, taro);
      const done = await tasks.done(first.id, taro, 'お話ししました', now);
      assert.ok(done.kind === 'changed');
      assert.deepEqual(
        [done.task.state, done.task.note, done.task.settledAt, done.task.ownerId],
        ['done', 'お話ししました', now, taro],
      );
      assert.equal((await tasks.unsettled(organizationId)).length, 1);
      assert.equal(answerOf(await tasks.take(first.id, hanako)), 'settled');
      const reopened = await tasks.reopen(first.id, hanako);
      assert.ok(reopened.kind === 'changed');
      assert.deepEqual(
        [reopened.task.state, reopened.task.ownerId, reopened.task.settledAt, reopened.task.placeAt],
        ['open', undefined, undefined, first.placeAt],
      );
      assert.equal(answerOf(await tasks.reopen(first.id, hanako)), 'notSettled');
    });

    it('are left to another channel after two calls in vain, which anybody may then do', async () => {
      const { first, tasks, hanako, taro } = await office();
      await tasks.take(first.id, hanako);
      const once = await tasks.failed(first.id, hanako, '留守番電話', now);
      assert.ok(once.kind === 'changed');
      assert.deepEqual(
        [once.task.state, once.task.failures, once.task.ownerId, once.task.dueAt, once.task.note],
        ['open', 1, undefined, jst('13:00:00'), '留守番電話'],
      );
      assert.equal(answerOf(await tasks.failed(first.id, hanako, undefined, now)), 'notTaken');
      await tasks.take(first.id, taro);
      const twice = await tasks.failed(first.id, taro, undefined, now);
      assert.ok(twice.kind === 'changed');
      assert.deepEqual([twice.task.state, twice.task.failures], ['otherChannel', 2]);
      assert.equal(answerOf(await tasks.take(first.id, taro)), 'settled');
      assert.equal(answerOf(await tasks.done(first.id, hanako, '手紙を出しました', now)), 'done');
    });

    it('know nobody of another organization, nobody who was removed, and no task that is not there', async () => {
      const { database, first, tasks, organizationId, hanako } = await office();
      const elsewhere = await seedLine(database, 2);
      const stranger = await seedCounsellor(database, elsewhere.organizationId, '301');
      const gone = await seedCounsellor(database, organizationId, '302', { state: 'removed' });
      for (const who of [stranger, gone, 4711]) {
        assert.equal(answerOf(await tasks.take(first.id, who)), 'noSuchCounsellor');
        assert.equal(answerOf(await tasks.reopen(first.id, who)), 'noSuchCounsellor');
      }
      for (const answer of [await tasks.take(4711, hanako), await tasks.failed(4711, hanako, '', now)]) {
        assert.equal(answerOf(answer), 'noSuchTask');
      }
    });

    it('count the calls that the exchange tells of, each once', async () => {
      const { database, first, tasks, hanako } = await office();
      const dialled = (callId: string, status: string): string[] => [
        ownLine('11:30:00', callId, 'line-1', '201', 'BACKDIAL', String(first.id)),
        ownLine('11:30:40', callId, 'line-1', '201', 'BACKENDED', String(first.id), status, '0'),
      ];
      await tasks.take(first.id, hanako);
      for (const status of ['ANSWER', 'CONGESTION', 'CANCEL'])
        await tell(database, ...dialled(status, status));
      const still = await tasks.find(first.id);
      assert.deepEqual([still?.state, still?.failures, still?.ownerId], ['taken', 0, hanako]);

      await tell(database, ...dialled('9.1', 'NOANSWER'));
      const once = await tasks.find(first.id);
      assert.deepEqual(
        [once?.state, once?.failures, once?.ownerId, once?.dueAt],
        ['open', 1, undefined, jst('12:30:40')],
      );
      await tasks.take(first.id, hanako);
      await tell(database, ...dialled('9.1', 'NOANSWER'));
      assert.equal((await tasks.find(first.id))?.state, 'taken');
      await tasks.giveBack(first.id, hanako);
      await tell(database, ...dialled('9.2', 'BUSY'));
      assert.equal((await tasks.find(first.id))?.state, 'otherChannel');
      const call = await database('hotline_calls').where({ call_id: '9.2' }).first<Record<string, unknown>>();
      assert.deepEqual(
        [call.direction, call.task_id, call.number, call.dial_status],
        ['callBack', first.id, 'stored:09012345678', 'BUSY'],
      );
    });

    it('stay as people left them when the log is read again', async () => {
      const { database, first, tasks, hanako } = await office();
      await tasks.take(first.id, hanako);
      await tasks.done(first.id, hanako, 'done', now);
      await tell(database, wish('2.1', '10:00:00'), wish('1.1', '09:00:00'));
      const task = await tasks.find(first.id);
      assert.deepEqual([task?.state, task?.note], ['done', 'done']);
      assert.equal((await tasks.unsettled()).length, 1);
    });
  });
});
