import assert from 'node:assert/strict';
import { appendFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { QueueLogReader } from '../../src/asterisk/queue-log/queue-log-reader.js';
import { CallCollector } from '../../src/hotline/call-collector.js';
import { HotlineCallStore } from '../../src/hotline/hotline-call-store.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { onBothDatabases } from '../support/both-databases.js';
import { everythingTold, markingCodec as codec, openForAll, seedLine } from '../support/hotline-builders.js';
import { busyDay, jst, readLines } from '../support/queue-log-text.js';

const now = jst('18:00:00');
const pbxId = 'pbx1';

describe('the collecting of a day', () => {
  onBothDatabases((open) => {
    let folder: TemporaryFolder;
    beforeEach(() => (folder = makeTemporaryFolder('collecting')));
    afterEach(() => folder.remove());

    const storeOf = (database: Database): HotlineCallStore =>
      new HotlineCallStore({ database, codec, hoursOf: openForAll });

    it('counts each line once, though the log is rotated, we die, and answers of the database are lost', async function () {
      this.timeout(60_000);
      const day = busyDay(3000);
      const expected = await open();
      await seedLine(expected, 1);
      await storeOf(expected).apply(
        { pbxId, lines: readLines(day), from: undefined, to: { fileId: 'a', position: 1 } },
        now,
      );
      const wanted = await everythingTold(expected);

      const database = await open();
      await seedLine(database, 1);
      const file = join(folder.path, 'queue_log');
      let applies = 0;
      /** Every third answer is lost: before anything was written, or after all was. */
      const shaky = (store: HotlineCallStore): Pick<HotlineCallStore, 'position' | 'apply'> => ({
        position: (id) => store.position(id),
        apply: async (...given) => {
          applies += 1;
          if (applies % 6 === 3) throw new Error('lost before');
          const applied = await store.apply(...given);
          if (applies % 6 === 0) throw new Error('lost behind');
          return applied;
        },
      });
      const collect = async (): Promise<void> => {
        for (;;) {
          const collector = new CallCollector({
            pbxId,
            callLog: new QueueLogReader({ file, batchBytes: 8000 }),
            store: shaky(storeOf(database)),
            mayAct: () => true,
            clock: () => now,
            log: createLog('silent'),
          });
          try {
            await collector.collect();
            return;
          } catch {
            // Another process takes over.
          }
        }
      };
      const text = `${day.join('\n')}\n`;
      for (let from = 0, piece = 0; from < text.length; from += 17_777, piece++) {
        await appendFile(file, text.slice(from, from + 17_777));
        if (piece % 3 === 0) await collect();
        // Asterisk rotates between two lines: what is left of one goes with it.
        const end = text.indexOf('\n', from + 17_777) + 1;
        if (piece % 4 !== 2 || end === 0) continue;
        await appendFile(file, text.slice(from + 17_777, end));
        await rename(file, join(folder.path, `queue_log.${piece}`));
        from = end - 17_777;
      }
      await collect();
      assert.ok(applies > 20);
      assert.deepEqual(await everythingTold(database), wanted);
    });
  });
});
