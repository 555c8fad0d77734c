import assert from 'node:assert/strict';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { compareImport } from '../../src/subscribers/import/import-difference.js';
import { parseCsv } from '../../src/subscribers/import/csv-text.js';
import { readSubscribers } from '../../src/subscribers/import/read-subscribers.js';
import { SubscriberIndex } from '../../src/subscribers/subscriber-index.js';
import { SubscriberIndexStore } from '../../src/subscribers/subscriber-index-store.js';
import { SubscriberStore } from '../../src/subscribers/subscriber-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation, seedSubscriber } from '../support/builders.js';
import { HandClock } from '../support/logins.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const header = '会員番号,氏名,ふりがな,電話番号1,曜日,時刻,解約日';

/** As another process does: `genkidesu import`. */
async function importList(database: Database, stationId: number, lines: string[], now: Date): Promise<void> {
  const reading = parseCsv([header, ...lines].join('\n'));
  assert.ok(reading.ok);
  const { rows, present, errors } = readSubscribers(reading.table, { today: '2026-11-24' });
  assert.deepEqual(errors, []);
  const store = new SubscriberStore({ database, codec });
  await store.applyImport(stationId, compareImport(rows, await store.findByStation(stationId), present), now);
}

describe('the search for subscribers', () => {
  onBothDatabases((open) => {
    async function searched() {
      const database = await open();
      const clock = new HandClock();
      const logged: string[] = [];
      const index = new SubscriberIndex({
        store: new SubscriberIndexStore({ database, codec }),
        clock: clock.read,
        log: createLog('debug', { write: (line) => logged.push(line) }),
      });
      const station = await seedStation(database, codec);
      const { organizationId } = station;
      const names = async (text: string, more: object = {}): Promise<string[]> =>
        (await index.search(organizationId, { text, limit: 20, ...more })).hits.map(({ name }) => name);
      return { database, clock, index, station, organizationId, names, logged };
    }

    it('finds people by what their encrypted rows say, the best first, and says by what', async () => {
      const { database, station, organizationId, index } = await searched();
      const add = (given: object) => seedSubscriber(database, codec, station, given);
      await add({ memberNumber: '473', name: '乙', kana: 'おつ', number: '0312345678' });
      await add({ memberNumber: '1', name: '甲', kana: 'こう', number: '0473912345' });
      const { hits, found } = await index.search(organizationId, { text: '473', limit: 20 });
      assert.equal(found, 2);
      assert.deepEqual(
        hits.map(({ name, memberNumber, matched }) => [name, memberNumber, matched]),
        [
          ['乙', '473', { field: 'memberNumber' }],
          ['甲', '1', { field: 'number', number: '0473912345' }],
        ],
      );
      const first = await index.search(organizationId, { text: '473', limit: 1 });
      assert.deepEqual([first.hits.length, first.found], [1, 2]);
    });

    it('shows within two seconds what another process changed: people, numbers, names, withdrawals', async () => {
      const { database, clock, station, names } = await searched();
      const { stationId } = station;
      await importList(
        database,
        stationId,
        ['1,花子,はなこ,047-391-2345,毎日,9:00,', '2,太郎,たろう,047-391-2346,毎日,9:00,'],
        clock.read(),
      );
      assert.deepEqual(await names('04739123'), ['太郎', '花子']);
      clock.goOn(60);
      await importList(
        database,
        stationId,
        ['1,花代,はなよ,047-391-9999,毎日,9:00,', '3,三郎,さぶろう,047-391-2347,毎日,9:00,'],
        clock.read(),
      );
      assert.deepEqual(await names('3912347'), ['三郎']);
      assert.deepEqual(
        [await names('0473919999'), await names('はなこ'), await names('はな')],
        [['花代'], [], ['花代']],
      );
      // A long import that began earlier ends only now: its rows bear an older moment.
      clock.goOn(1);
      await importList(
        database,
        stationId,
        ['2,太助,たすけ,047-391-2346,毎日,9:00,2026-11-20'],
        new Date(clock.at - 30_000),
      );
      assert.deepEqual(await names('たろう'), ['太郎']);
      clock.goOn(1);
      assert.deepEqual([await names('たろう'), await names('たすけ')], [[], []]);
      assert.deepEqual(await names('たすけ', { includeWithdrawn: true }), ['太助']);
      await database('subscriber_changes').delete();
      await database('check_in_plans').delete();
      await database('phone_numbers').delete();
      await database('subscribers').delete();
      clock.goOn(2);
      assert.deepEqual(await names('はな'), []);
    });

    it('shows a tenant nobody of another one, and a station’s people to those who ask for it', async () => {
      const { database, index, station, organizationId, names } = await searched();
      const other = await seedStation(database, codec);
      const second = await seedStation(database, codec, { organizationId });
      await seedSubscriber(database, codec, station, { name: '一' });
      await seedSubscriber(database, codec, second, { name: '二' });
      await seedSubscriber(database, codec, other, { name: '三' });
      assert.deepEqual(await names('みまもり'), ['一', '二']);
      assert.deepEqual(await names('みまもり', { stationIds: [second.stationId] }), ['二']);
      assert.deepEqual(await names('みまもり', { stationIds: [other.stationId] }), []);
      assert.deepEqual(await names('みまもり', { stationIds: [] }), []);
      assert.deepEqual((await index.search(9999, { text: 'みまもり', limit: 9 })).hits, []);
    });

    it('finds the others when one row is damaged, and says which one', async () => {
      const { database, station, names, logged } = await searched();
      const { subscriberId } = await seedSubscriber(database, codec, station, { name: '一' });
      await seedSubscriber(database, codec, station, { name: '二' });
      await database('subscribers').where({ id: subscriberId }).update({ name: 'enc:1:tests:AAAA' });
      assert.deepEqual(await names('みまもり'), ['二']);
      assert.ok(logged.some((line) => line.includes(`"subscriberIds":[${subscriberId}]`)));
    });

    it('holds a tenant’s people in memory until nobody has searched for an hour', async () => {
      const { clock, index, names } = await searched();
      await Promise.all([names('a'), names('b')]);
      assert.equal(index.tenantsKnown, 1);
      clock.goOn(3599);
      index.forgetUnused();
      assert.equal(index.tenantsKnown, 1);
      clock.goOn(1);
      index.forgetUnused();
      assert.equal(index.tenantsKnown, 0);
    });
  });
});
