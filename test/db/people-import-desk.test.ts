import assert from 'node:assert/strict';
import { createLog } from '../../src/log.js';
import { ImportDesk } from '../../src/subscribers/import-desk.js';
import { peopleCsv } from '../../src/subscribers/import/people-csv.js';
import { SubscriberStore } from '../../src/subscribers/subscriber-store.js';
import { until } from '../../src/testbed/until.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const now = new Date('2026-11-24T03:00:00Z');
const today = '2026-11-24';
const header = '会員番号,氏名,ふりがな,電話番号,曜日,時刻,備考';
const line = (n: number, name = `見守 花子${n}`) =>
  `${n},${name},みまもり はなこ,0473${String(910000 + n)},月・木,9:00,`;
const bytes = (...lines: string[]) => Buffer.from([header, ...lines].join('\n'));

describe('the desk that takes lists in', () => {
  onBothDatabases((open) => {
    async function opened() {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      const subscribers = new SubscriberStore({ database, codec });
      const desk = new ImportDesk({ subscribers, clock: () => now, log: createLog('silent') });
      const take = async (file: Uint8Array) => {
        const { token } = await desk.preview(stationId, file, today);
        const job = await desk.begin(stationId, file, token, { today, userId: undefined });
        assert.ok(typeof job === 'object');
        await until(() => job.state !== 'running', { what: 'the list is in', timeoutMs: 60_000 });
        assert.equal(job.state, 'done');
        return job;
      };
      return { database, stationId, subscribers, desk, take };
    }

    it('shows what changes, and refuses what was not looked at', async () => {
      const { desk, stationId, take, subscribers } = await opened();
      await take(bytes(line(1), line(2)));
      const file = bytes(line(1, '名 字'), line(3));
      const preview = await desk.preview(stationId, file, today);
      assert.deepEqual(preview.counts, { rows: 2, errors: 0, unchanged: 0, added: 1, changed: 1 });
      assert.deepEqual(preview.changed, [
        {
          memberNumber: '1',
          name: '名 字',
          fields: [{ field: 'name', before: '見守 花子1', after: '名 字' }],
        },
      ]);
      const who = { today, userId: undefined };
      assert.equal(await desk.begin(stationId, bytes(line(4)), preview.token, who), 'stale');
      await take(bytes(line(9)));
      assert.equal(await desk.begin(stationId, file, preview.token, who), 'stale');
      const wrong = bytes('1,,,119,火,25:00,');
      const look = await desk.preview(stationId, wrong, today);
      assert.deepEqual(
        look.errors.map(({ line: at, field }) => [at, field]),
        [
          [2, '氏名'],
          [2, '電話番号'],
          [2, '時刻'],
        ],
      );
      assert.equal(await desk.begin(stationId, wrong, look.token, who), 'errors');
      assert.equal((await subscribers.findByStation(stationId)).size, 3);
    });

    it('takes a list in once when it is sent twice', async () => {
      const { desk, stationId, subscribers } = await opened();
      const file = bytes(line(1));
      const { token } = await desk.preview(stationId, file, today);
      const who = { today, userId: undefined };
      const jobs = await Promise.all([1, 2].map(() => desk.begin(stationId, file, token, who)));
      assert.equal(jobs[0], jobs[1]);
      await until(() => typeof jobs[0] === 'object' && jobs[0].state === 'done', {
        what: 'the list is in',
        timeoutMs: 10_000,
      });
      assert.equal((await subscribers.findByStation(stationId)).size, 1);
    });

    it('reads again what was exported, remarks, formulas and all', async () => {
      const { desk, stationId, subscribers, take } = await opened();
      await take(bytes(line(1, '=HYPERLINK(1)'), line(2)));
      const people = [...(await subscribers.findByStation(stationId)).values()];
      const csv = peopleCsv(people, ['取り出した人: 松戸, 一子', '二行目']);
      assert.match(csv, /^\uFEFF"# 取り出した人: 松戸, 一子"\r\n# 二行目\r\n会員番号,/);
      assert.match(csv, /\r\n1,'=HYPERLINK\(1\),/);
      const { counts } = await desk.preview(stationId, Buffer.from(csv), today);
      assert.deepEqual(counts, { rows: 2, errors: 0, unchanged: 2, added: 0, changed: 0 });
    });

    it('lets others in between while it takes in 10,000 people', async function () {
      this.timeout(120_000);
      const { take, subscribers, stationId } = await opened();
      let longest = 0;
      let last = performance.now();
      const timer = setInterval(() => {
        longest = Math.max(longest, performance.now() - last);
        last = performance.now();
      }, 5);
      const began = performance.now();
      await take(bytes(...Array.from({ length: 10_000 }, (_, n) => line(n + 1))));
      clearInterval(timer);
      const took = performance.now() - began;
      assert.equal((await subscribers.findByStation(stationId)).size, 10_000);
      // A second of silence would be heard in a call; a busy machine is given some room.
      assert.ok(longest < Math.max(1500, took / 5), `the longest pause was ${longest} ms of ${took}`);
    });
  });
});
