import assert from 'node:assert/strict';
import { CallCollector } from '../../src/hotline/call-collector.js';
import type { CallLog } from '../../src/hotline/call-log.js';
import { HotlineCallStore } from '../../src/hotline/hotline-call-store.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { waitingStories } from '../hotline/waiting-stories.js';
import { caller, messageFile } from '../hotline/story-lines.js';
import { onBothDatabases } from '../support/both-databases.js';
import { everythingTold, markingCodec, openForAll, seedLine } from '../support/hotline-builders.js';
import { busyDay, jst, ownLine, queueLine, readLines } from '../support/queue-log-text.js';

const now = jst('12:00:00');
const pbxId = 'pbx1';
const storeOf = (database: Database): HotlineCallStore =>
  new HotlineCallStore({ database, codec: markingCodec, hoursOf: openForAll });
const overflow = readLines(waitingStories['waits too long and leaves a message']?.lines ?? []);
const at = (position: number) => ({ fileId: 'a', position });

describe('the stored calls of the hotline', () => {
  onBothDatabases((open) => {
    it('keep a call with its task and its message, in one step with the position', async () => {
      const database = await open();
      const { lineId, organizationId } = await seedLine(database, 1, { recordingDays: 30 });
      const store = storeOf(database);
      assert.equal(await store.position(pbxId), undefined);
      const applied = await store.apply({ pbxId, lines: overflow, from: undefined, to: at(500) }, now);
      assert.deepEqual(applied, { calls: 1, tasks: 1, voiceFiles: 1, presences: 0, withoutLine: 0 });
      assert.deepEqual(await store.position(pbxId), at(500));

      const call = await database('hotline_calls').first<Record<string, unknown>>();
      assert.deepEqual(
        [call.call_id, call.line_id, call.result, call.stage, call.number, call.number_lookup],
        [caller, lineId, 'overflow', 'message', 'stored:0473661111', 'number:0473661111'],
      );
      assert.equal(call.ended_at, jst('10:11:10').getTime());
      const task = await database('hotline_tasks').first<Record<string, unknown>>();
      assert.deepEqual(
        [task.organization_id, task.line_id, task.kind, task.number, task.note, task.state, task.place_at],
        [
          organizationId,
          lineId,
          'message',
          'stored:0473661111',
          'stored:',
          'open',
          jst('10:00:20.300').getTime(),
        ],
      );
      assert.equal(task.due_at, jst('11:10:40').getTime());
      const voice = await database('voice_files').first<Record<string, unknown>>();
      assert.deepEqual(
        [voice.line_id, voice.kind, voice.spool_file, voice.state, voice.delete_at],
        [lineId, 'message', messageFile, 'spooled', jst('10:10:40').getTime() + 30 * 86_400_000],
      );
    });

    it('take nothing when the process dies in between, and all of it afterwards', async () => {
      const database = await open();
      await seedLine(database, 1);
      const store = storeOf(database);
      const batch = { pbxId, lines: overflow, from: undefined, to: at(500) };
      // The last table that is written refuses: all before it was written.
      await database.schema.renameTable('voice_files', 'voice_files_away');
      const before = await database('hotline_calls').count<{ count: number }[]>('* as count');
      await assert.rejects(store.apply(batch, now));
      assert.equal(await store.position(pbxId), undefined);
      assert.deepEqual(await database('hotline_calls').count('* as count'), before);
      assert.deepEqual(await database('hotline_tasks').select('id'), []);
      await database.schema.renameTable('voice_files_away', 'voice_files');
      assert.equal((await store.apply(batch, now))?.voiceFiles, 1);
    });

    it('take a batch once of two who have read the same', async () => {
      const database = await open();
      await seedLine(database, 1);
      // SQLite's second connection would wait for the first one within this same process.
      const second = open.engine === 'sqlite' ? database : open.another();
      const stores = [storeOf(database), storeOf(second)];
      const batch = { pbxId, lines: overflow, from: undefined, to: at(500) };
      const both = await Promise.all(stores.map((store) => store.apply(batch, now)));
      assert.equal(both.filter((applied) => applied !== undefined).length, 1);
      const again = await storeOf(database).apply({ ...batch, from: at(499), to: at(600) }, now);
      assert.equal(again, undefined);
      assert.deepEqual(await storeOf(database).position(pbxId), at(500));
    });

    it('are the same after 10,000 lines are read a second time from the beginning', async function () {
      this.timeout(60_000);
      const database = await open();
      await seedLine(database, 1);
      const lines = readLines(busyDay(10_000));
      assert.equal(lines.length, 10_000);
      const store = storeOf(database);
      const readAll = async (): Promise<void> => {
        for (let from = 0; from < lines.length; from += 700) {
          const batch = lines.slice(from, from + 700);
          const position = await store.position(pbxId);
          await store.apply({ pbxId, lines: batch, from: position, to: at(from + 700) }, now);
        }
      };
      await readAll();
      const once = await everythingTold(database);
      assert.ok((once as { calls: unknown[] }).calls.length > 1500);
      await database('queue_log_positions').delete();
      await readAll();
      assert.deepEqual(await everythingTold(database), once);
    });

    it('end with the exchange that died, also those of earlier batches', async () => {
      const database = await open();
      await seedLine(database, 1);
      const store = storeOf(database);
      const waiting = overflow.slice(0, 3);
      const other = readLines([ownLine('10:04:00', '1795482000.99', 'line-1', 'NONE', 'ARRIVED', '', '')]);
      await store.apply({ pbxId, lines: [...waiting, ...other], from: undefined, to: at(1) }, now);
      await store.apply({ pbxId: 'pbx2', lines: waiting, from: undefined, to: at(1) }, now);
      const start = readLines([queueLine('10:20:00', 'NONE', 'NONE', 'NONE', 'QUEUESTART')]);
      await store.apply({ pbxId, lines: start, from: at(1), to: at(2) }, now);
      const calls = await database('hotline_calls')
        .orderBy('id')
        .select<{ pbx_id: string; result: string; ended_at: number }[]>('pbx_id', 'result', 'ended_at');
      const diedAt = jst('10:04:00').getTime();
      assert.deepEqual(
        calls.map(({ pbx_id, result, ended_at }) => [pbx_id, result, ended_at]),
        [
          ['pbx1', 'exchangeFailed', diedAt],
          ['pbx1', 'exchangeFailed', diedAt],
          ['pbx2', null, null],
        ],
      );
    });

    it('are kept, and told, when their queue is no line of ours', async () => {
      const database = await open();
      const applied = await storeOf(database).apply(
        { pbxId, lines: overflow, from: undefined, to: at(1) },
        now,
      );
      assert.deepEqual([applied?.calls, applied?.withoutLine], [1, 2]);
      assert.deepEqual(await database('hotline_calls').select('line_id', 'result'), [
        { line_id: null, result: 'overflow' },
      ]);
    });

    it('are collected on and on, also after the database was away', async () => {
      const database = await open();
      await seedLine(database, 1);
      const lines = readLines(busyDay(400));
      const callLog: CallLog = {
        readOn: (position) => {
          const from = position?.position ?? 0;
          const batch = lines.slice(from, from + 150);
          const to = batch.length === 0 ? position : at(from + batch.length);
          return Promise.resolve({ lines: batch, position: to, more: batch.length > 0 });
        },
      };
      const store = storeOf(database);
      const log = createLog('silent');
      let ours = true;
      let broken = true;
      const flaky = {
        position: (id: string) => store.position(id),
        apply: (...given: Parameters<HotlineCallStore['apply']>) => {
          if (!broken || given[0].from === undefined) return store.apply(...given);
          return Promise.reject(new Error('gone'));
        },
      };
      const collector = new CallCollector({
        pbxId,
        callLog,
        store: flaky,
        mayAct: () => ours,
        clock: () => now,
        log,
      });
      await assert.rejects(collector.collect(), /gone/);
      assert.deepEqual(await store.position(pbxId), at(150));
      broken = false;
      ours = false;
      assert.equal(await collector.collect(), 0);
      ours = true;
      assert.equal(await collector.collect(), 250);
      assert.equal(await collector.collect(), 0);
      assert.deepEqual(await store.position(pbxId), at(400));
    });
  });
});
