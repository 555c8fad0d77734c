import assert from 'node:assert/strict';
import { join } from 'node:path';
import { createPersonalDataApp, guardPersonalData, openPersonalData } from '../../src/personal-data-app.js';
import { readConfig } from '../../src/config.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { KeyCheckStore } from '../../src/storage/key-check-store.js';
import { makeKeyFile, newKey, replaceKeyFile } from '../../src/storage/key-file.js';
import { PersonalDataKeyError } from '../../src/storage/key-guard.js';
import { personalColumns } from '../../src/storage/personal-columns.js';
import { keyIdOf, type PersonalDataCodec } from '../../src/storage/personal-data.js';
import { PersonalValuesStore } from '../../src/storage/personal-values-store.js';
import { renewValues } from '../../src/storage/renew-values.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation, seedSubscriber } from '../support/builders.js';
import { fillMarkedTown } from '../support/marked-town.js';

const now = new Date('2026-11-24T03:00:00Z');
const lookupKey = 'a key for these tests';
const [first, second] = [newKey(now), newKey(now)];

describe('a new key', () => {
  let folder: TemporaryFolder;
  let file: string;
  beforeEach(() => {
    folder = makeTemporaryFolder('rotation');
    file = join(folder.path, 'keys');
    makeKeyFile(file, [first]);
  });
  afterEach(() => folder.remove());

  const open = () =>
    openPersonalData({ LOOKUP_KEY: lookupKey, PERSONAL_DATA_KEY: '', PERSONAL_DATA_KEY_FILE: file });

  onBothDatabases((openDatabase) => {
    it('takes over every value of every table, and each says what it said', async () => {
      const database = await openDatabase();
      await fillMarkedTown(database, open().codec);
      const store = new PersonalValuesStore(database);
      const before = await everyValue(database, open().codec);
      const count = (await store.countAllByKey()).get(first.id) ?? 0;
      assert.ok(count >= personalColumns.flatMap(({ columns }) => columns).length);

      replaceKeyFile(file, [first, second]);
      const { codec } = open();
      const done = await renewValues({ store, codec, wants: (keyId) => keyId !== second.id });
      assert.deepEqual(done, { renewed: count, unreadable: [] });
      assert.deepEqual(await store.countAllByKey(), new Map([[second.id, count]]));
      assert.deepEqual(await everyValue(database, codec), before);
      const again = await renewValues({ store, codec, wants: (keyId) => keyId !== second.id });
      assert.equal(again.renewed, 0);
    });

    it('never writes over what somebody changed meanwhile, and goes on after it was broken off', async () => {
      const database = await openDatabase();
      const running = open();
      const station = await seedStation(database, running.codec);
      for (let n = 0; n < 450; n++)
        await seedSubscriber(database, running.codec, station, { name: `人 ${n}` });
      const store = new PersonalValuesStore(database);
      const people = personalColumns.filter(({ table }) => table === 'subscribers');
      assert.equal(people.length, 1);
      replaceKeyFile(file, [first, second]);
      const { codec } = open();

      // Between the reading of a page and its writing somebody marries, and then the process is ended.
      const ending = new AbortController();
      let pages = 0;
      const disturbed: Pick<PersonalValuesStore, 'page' | 'replace'> = {
        page: async (of, after, limit) => {
          const rows = await store.page(of, after, limit);
          if (of.table === 'subscribers') {
            pages += 1;
            await rename(database, running.codec, Number(rows[0]?.id), `改姓 ${pages}`);
          }
          return rows;
        },
        replace: async (of, changes) => {
          if (pages === 2) ending.abort();
          return store.replace(of, changes);
        },
      };
      const wants = (keyId: string | undefined): boolean => keyId !== second.id;
      await renewValues({ store: disturbed as PersonalValuesStore, codec, wants, signal: ending.signal });
      const counts = await store.countAllByKey();
      // 3 of the subscribers' columns are filled, and each has a number; two names were changed meanwhile.
      assert.equal(counts.get(second.id), 400 * 3 - 2);

      await renewValues({ store, codec, wants });
      assert.deepEqual(await store.countAllByKey(), new Map([[second.id, 450 * 4]]));
      const names = (await everyValue(database, codec)).filter((value) => value.startsWith('改姓'));
      assert.deepEqual(names, ['改姓 1', '改姓 2']);
    });

    it('is used by a process that began before it, once a value needs it', async () => {
      const database = await openDatabase();
      const running = open();
      const station = await seedStation(database, running.codec);
      await seedSubscriber(database, running.codec, station, { name: '花子' });
      replaceKeyFile(file, [first, second]);
      const store = new PersonalValuesStore(database);
      await renewValues({ store, codec: open().codec, wants: () => true });
      const row = await database('subscribers').first<{ name: string }>('name');
      assert.equal(running.codec.decode(row.name), '花子');
      assert.equal(keyIdOf(running.codec.encode('花子')), second.id);
    });

    it('is noted in the database; other keys are named before anything is done with them', async () => {
      const database = await openDatabase();
      const { keys, codec } = open();
      await guardPersonalData(database, keys, now);
      await seedSubscriber(database, codec, await seedStation(database, codec));
      assert.deepEqual([...(await new KeyCheckStore(database).all()).keys()], [first.id]);

      const refused = async (...others: (typeof first)[]): Promise<string> => {
        replaceKeyFile(file, others);
        const answer = await guardPersonalData(database, open().keys, now).catch((error: unknown) => error);
        assert.ok(answer instanceof PersonalDataKeyError);
        return answer.message;
      };
      assert.match(await refused(second), new RegExp(`lacks the key ${first.id}`));
      assert.match(
        await refused({ id: first.id, key: second.key }, second),
        new RegExp(`has another key ${first.id} than`),
      );
      assert.deepEqual([...(await new KeyCheckStore(database).all()).keys()], [first.id]);

      replaceKeyFile(file, [first, second]);
      await guardPersonalData(database, open().keys, now);
      await renewValues({ store: new PersonalValuesStore(database), codec: open().codec, wants: () => true });
      // Nobody needs the first one any more: a file without it is right.
      replaceKeyFile(file, [second]);
      await guardPersonalData(database, open().keys, now);
      assert.deepEqual([...(await new KeyCheckStore(database).all()).keys()], [second.id]);
    });

    it('encrypts the plain rows of before, once, while the service already runs', async () => {
      const database = await openDatabase();
      const plain: PersonalDataCodec = { ...open().codec, encode: (text) => text };
      const station = await seedStation(database, plain);
      await seedSubscriber(database, plain, station, { name: '花子', number: '0473912345' });
      const config = readConfig({
        ...{ LOOKUP_KEY: lookupKey, PERSONAL_DATA_KEY_FILE: file, CALLER_NUMBER: '0471234567' },
        ...{ ARI_PASSWORD: 'x', AMI_PASSWORD: 'x' },
      });
      const app = createPersonalDataApp({ config, database, clock: () => now, log: createLog('silent') });
      await app.start();
      const checks = new KeyCheckStore(database);
      await until(() => checks.plainIsEncrypted(), { what: 'the plain rows are encrypted' });
      await app.stop();
      assert.deepEqual(await new PersonalValuesStore(database).countAllByKey(), new Map([[first.id, 4]]));
      const values = await everyValue(database, app.codec);
      assert.ok(values.includes('花子') && values.includes('0473912345'));
    });
  });
});

function rename(database: Database, codec: PersonalDataCodec, id: number, name: string): Promise<number> {
  return database('subscribers')
    .where({ id })
    .update({ name: codec.encode(name) });
}

/** What all personal values say, in the order of tables, rows and columns. */
async function everyValue(database: Database, codec: PersonalDataCodec): Promise<string[]> {
  const values: string[] = [];
  for (const { table, key, columns } of personalColumns) {
    const rows = await database(table)
      .orderBy([...key])
      .select<Record<string, string | null>[]>(...columns);
    values.push(...rows.flatMap((row) => columns.map((column) => codec.decode(row[column] ?? ''))));
  }
  return values;
}
