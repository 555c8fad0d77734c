import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BackupKey } from '../../src/backup/backup-key.js';
import { readBackupKeys } from '../../src/backup/backup-key.js';
import { restoreBackup, testRestore, type RestoreTarget } from '../../src/backup/restore-backup.js';
import { writeBackup } from '../../src/backup/write-backup.js';
import { HoldStore } from '../../src/checkins/hold-store.js';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import { openPersonalData } from '../../src/personal-data-app.js';
import { knownMigrations, openDatabase, type Database } from '../../src/storage/database.js';
import { newKey } from '../../src/storage/key-file.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { onBothDatabases, type OpenDatabase } from '../support/both-databases.js';
import { seedAttempt, seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testKeyText } from '../support/test-codec.js';

const now = new Date('2026-11-24T09:30:00+09:00');
const clock = (): Date => now;
const { codec, keys } = openPersonalData({
  LOOKUP_KEY: 'a key for these tests',
  PERSONAL_DATA_KEY: testKeyText,
});
const voicePlace = '2026/11/1.gkv';

describe('a backup', () => {
  onBothDatabases((open) => {
    let folder: TemporaryFolder;
    let key: BackupKey;
    let file: string;
    let stationId: number;

    beforeEach(() => {
      folder = makeTemporaryFolder('backup');
      key = newKey(now);
      file = join(folder.path, 'all.gkb');
    });
    afterEach(() => folder.remove());

    const partsOf = (overrides: object = {}) => ({
      file,
      backupKeys: [key],
      codec,
      keys,
      clock,
      ...overrides,
    });

    /** A database with some people and a recording; gives it and what was written. */
    async function write(database?: Database) {
      const given = database ?? (await open());
      const station = await seedStation(given, codec, { name: '常盤平' });
      ({ stationId } = station);
      for (let count = 0; count < 3; count++) {
        const person = await seedSubscriber(given, codec, station, { name: `松戸 花子${count}` });
        const checkinId = await seedCheckin(given, person, '2026-11-24');
        if (count === 0) await seedAttempt(given, { checkinId, ...person }, now.getTime());
      }
      await giveVoice(given, station.organizationId);
      const dataFolder = join(folder.path, 'data');
      mkdirSync(join(dataFolder, 'voice/2026/11'), { recursive: true });
      writeFileSync(join(dataFolder, 'voice', voicePlace), Buffer.alloc(600_000, 'sealed'));
      const source = { database: given, codec, dataFolder, voiceKeyId: undefined, clock };
      const written = await writeBackup(source, { file, key, check: () => Promise.resolve() });
      return { database: given, written, source };
    }

    /** An empty place of the same kind. */
    async function emptyTarget(): Promise<RestoreTarget> {
      const dataFolder = join(folder.path, 'returned');
      if (open.engine === 'sqlite')
        return { dataFolder, database: { engine: 'sqlite', file: join(dataFolder, 'genkidesu.db') } };
      await open();
      await dropAll(open);
      return { dataFolder, database: open.settings() };
    }

    it('comes back as it was, with the dialling held', async function () {
      // A server makes all tables anew, twice.
      this.timeout(120_000);
      const { database, written } = await write();
      assert.deepEqual([written.files, written.filesMissing, written.days.length], [1, 1, 1]);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      const before = await new LedgerStore({ database, codec }).day(stationId, '2026-11-24', now);
      const target = await emptyTarget();
      const filled = await restoreBackup(partsOf(), target);
      assert.deepEqual([filled.tables, filled.files, filled.migrated], [written.tables, 1, []]);
      assert.ok(filled.samplesRead > 0 && filled.daysAreTheSame);
      const voice = readFileSync(join(target.dataFolder, 'voice', voicePlace));
      assert.ok(voice.equals(Buffer.alloc(600_000, 'sealed')));
      const returned = openDatabase(target.database);
      try {
        const after = await new LedgerStore({ database: returned, codec }).day(stationId, '2026-11-24', now);
        assert.deepEqual(after, before);
        const [hold] = await new HoldStore(returned).findOpen();
        assert.deepEqual([hold?.reason, hold?.unknownSince], ['restored', now]);
      } finally {
        await returned.destroy();
      }
    });

    it('holds no name, no number and no key in plain text', async () => {
      await write();
      const bytes = readFileSync(file);
      for (const word of [
        '松戸',
        '04739',
        '常盤平',
        key.key.toString('base64'),
        testKeyText.split(' ')[1] ?? '',
      ])
        assert.ok(!bytes.includes(word), word);
      assert.ok(bytes.includes('"personalDataKeys":["tests"]'));
    });

    it('is of one moment, while others go on writing', async () => {
      const { database, source } = await write();
      file = join(folder.path, 'second.gkb');
      let adding: Promise<unknown> | undefined;
      const progress = () => {
        // The pool of SQLite has one connection, which the backup has now: others write over theirs.
        adding ??= seedStation(open.another(), codec, { name: '後から' });
      };
      const counted = Number((await database('stations').count({ n: '*' }))[0]?.n);
      const written = await writeBackup(source, { file, key, check: () => Promise.resolve() }, progress);
      await adding;
      assert.equal(Number((await database('stations').count({ n: '*' }))[0]?.n), counted + 1);
      assert.equal(written.tables.stations, counted);
      assert.deepEqual((await testRestore(partsOf(), folder.path)).tables, written.tables);
    });

    it('is never written over, and leaves nothing behind when it fails', async () => {
      const { source } = await write();
      const again = { file, key, check: () => Promise.resolve() };
      await assert.rejects(writeBackup(source, again), { code: 'fileExists' });
      const other = join(folder.path, 'other.gkb');
      const check = () => Promise.reject(new Error('does not read'));
      await assert.rejects(writeBackup(source, { file: other, key, check }), /does not read/);
      assert.deepEqual(
        readdirSync(folder.path).filter((name) => name.startsWith('other')),
        [],
      );
    });

    it('is refused without its key, damaged, cut off, newer, or without the data’s own keys', async () => {
      await write();
      const target = await emptyTarget();
      const refused = async (code: string, overrides: object = {}) => {
        await assert.rejects(restoreBackup(partsOf(overrides), target), { code });
        assert.deepEqual(await leftIn(target), [], `after ${code}`);
      };
      await refused('wrongKey', { backupKeys: [newKey(now)] });
      const impostor = { id: key.id, key: newKey(now).key };
      await refused('damaged', { backupKeys: [impostor] });
      const good = readFileSync(file);
      for (const [name, bytes] of [
        ['one bit', flipped(good, good.length - 300_000)],
        ['the head', flipped(good, 60)],
        ['the end', flipped(good, good.length - 1)],
        ['cut in a chunk', good.subarray(0, -1000)],
        ['cut after a chunk', good.subarray(0, lastChunkAt(good))],
        ['more behind it', Buffer.concat([good, Buffer.alloc(40)])],
      ] as const) {
        const bad = join(folder.path, name);
        writeFileSync(bad, bytes);
        await refused('damaged', { file: bad });
      }
      writeFileSync(join(folder.path, 'none'), 'hello');
      await refused('notABackup', { file: join(folder.path, 'none') });
      const other = openPersonalData({
        LOOKUP_KEY: 'another key for tests',
        PERSONAL_DATA_KEY: testKeyText,
      });
      await refused('lookupKey', other);
      const elsewhere = openPersonalData({
        LOOKUP_KEY: 'a key for these tests',
        PERSONAL_DATA_KEY: testKeyText.replace('tests ', 'others '),
      });
      await refused('personalKey', elsewhere);
    });

    it('is refused where something is, and when its schema is newer', async () => {
      const { database, source } = await write();
      const occupied: RestoreTarget =
        open.engine === 'sqlite'
          ? { database: open.settings(), dataFolder: join(folder.path, 'a') }
          : { database: open.settings(), dataFolder: join(folder.path, 'b') };
      await assert.rejects(restoreBackup(partsOf(), occupied), { code: 'notEmpty' });
      assert.ok((await database('subscribers').select('id')).length === 3);
      await database('knex_migrations').insert({
        name: '29991231_9999_future',
        batch: 9,
        migration_time: now,
      });
      const newer = join(folder.path, 'newer.gkb');
      await writeBackup(source, { file: newer, key, check: () => Promise.resolve() });
      await database('knex_migrations').where({ name: '29991231_9999_future' }).delete();
      await assert.rejects(restoreBackup(partsOf({ file: newer }), occupied), { code: 'newer' });
    });
  });

  it('finds its key in the file of the command, in a setting, or says how to make one', () => {
    assert.throws(() => readBackupKeys({}), /backup key new/);
    assert.throws(() => readBackupKeys({ text: 'short' }), /20 characters/);
    assert.throws(() => readBackupKeys({ settingFile: '/nowhere/backup.key' }), /backup key new \/nowhere/);
    const [derived] = readBackupKeys({ text: 'a long sentence that nobody guesses' });
    const [again] = readBackupKeys({ text: 'a long sentence that nobody guesses' });
    assert.deepEqual([derived?.id, derived?.key.length], [again?.id, 32]);
    assert.equal(readBackupKeys({ text: testKeyText })[0]?.id, 'tests');
  });
});

describe('a schema', () => {
  it('has a name for each change, in order', async () => {
    const names = await knownMigrations();
    assert.deepEqual(names, names.toSorted());
  });
});

async function giveVoice(database: Database, organizationId: number): Promise<void> {
  const [line = 0]: number[] = await database('hotline_lines').insert({
    ...{
      organization_id: organizationId,
      name: '相談',
      slot: 1,
      week: '{}',
      shown_number: '',
      created_at: now.getTime(),
    },
  });
  for (const [call, place] of [
    ['a', voicePlace],
    ['b', '2026/11/2.gkv'],
  ] as const)
    await database('voice_files').insert({
      ...{ pbx_id: 'pbx1', call_id: call, line_id: line, kind: 'recording', state: 'kept', spool_file: '' },
      ...{ stored_file: place, created_at: now.getTime(), delete_at: now.getTime() * 2 },
    });
}

async function leftIn({ database, dataFolder }: RestoreTarget): Promise<string[]> {
  const files = existsSync(dataFolder) ? readdirSync(dataFolder) : [];
  if (database.engine === 'sqlite') return files;
  const opened = openDatabase(database);
  try {
    const [tables] = (await opened.raw('show tables')) as [object[]];
    return [...files, ...tables.map((table) => JSON.stringify(table))];
  } finally {
    await opened.destroy();
  }
}

async function dropAll(open: OpenDatabase): Promise<void> {
  const database = open.another();
  const [rows] = (await database.raw('show tables')) as [Record<string, string>[]];
  await database.transaction(async (trx) => {
    await trx.raw('SET FOREIGN_KEY_CHECKS = 0');
    for (const row of rows) await trx.schema.dropTable(Object.values(row)[0] ?? '');
    await trx.raw('SET FOREIGN_KEY_CHECKS = 1');
  });
}

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
}

/** Where the last chunk begins: the ones before it are whole. */
function lastChunkAt(bytes: Buffer): number {
  const head = bytes.readUInt32BE(18);
  let at = 22 + head;
  for (;;) {
    const next = at + 4 + bytes.readUInt32BE(at);
    if (next >= bytes.length) return at;
    at = next;
  }
}
