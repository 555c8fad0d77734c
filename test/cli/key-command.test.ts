import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Command } from 'commander';
import { keyCommand } from '../../src/cli/key-command.js';
import { migrateCommand } from '../../src/cli/migrate-command.js';
import type { CommandWorld } from '../../src/cli/with-database.js';
import { openPersonalData } from '../../src/personal-data-app.js';
import { openDatabase, type Database } from '../../src/storage/database.js';
import { newKey, readKeyFile, replaceKeyFile } from '../../src/storage/key-file.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { seedStation, seedSubscriber } from '../support/builders.js';

const now = new Date('2026-11-24T03:00:00Z');

describe('genkidesu key', () => {
  let folder: TemporaryFolder;
  let file: string;
  let settings: Record<string, string>;
  let database: Database;
  beforeEach(async () => {
    folder = makeTemporaryFolder('key');
    file = join(folder.path, 'keys');
    settings = {
      GENKIDESU_DATA: folder.path,
      LOOKUP_KEY: 'a key for these tests',
      PERSONAL_DATA_KEY_FILE: file,
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      CALLER_NUMBER: '0471234567',
    };
    await run('new', file);
    await runOf((world) => migrateCommand(world));
    database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await seedSubscriber(database, codec(), await seedStation(database, codec()), { name: '花子' });
  });
  afterEach(async () => {
    await database.destroy();
    await folder.remove();
  });

  const codec = () =>
    openPersonalData({
      LOOKUP_KEY: 'a key for these tests',
      PERSONAL_DATA_KEY: '',
      PERSONAL_DATA_KEY_FILE: file,
    }).codec;
  const ids = (): string[] => readKeyFile(file).map(({ id }) => id);

  async function runOf(make: (world: CommandWorld) => Command, ...args: string[]): Promise<string> {
    const lines: string[] = [];
    const print = (line: string): void => void lines.push(line);
    const world: CommandWorld = { print, complain: print, environment: settings, clock: () => now };
    try {
      await make(world).parseAsync(args, { from: 'user' });
      return `${lines.join('\n')}${process.exitCode ? ` [${process.exitCode}]` : ''}`;
    } finally {
      process.exitCode = undefined;
    }
  }
  const run = (...args: string[]) => runOf((world) => keyCommand(world, () => Promise.resolve()), ...args);

  it('makes a key file, and never a second time', async () => {
    const made = join(folder.path, 'other');
    assert.match(await run('new', made), /PERSONAL_DATA_KEY_FILE=.*other/);
    assert.match(await run('new', made), /^error: .*is there already.* \[1\]$/);
  });

  it('changes the key, says which one nobody needs any more, and takes that one out', async () => {
    const [old = ''] = ids();
    assert.equal(await run('list'), `${old}　4 件　いまの鍵 / current`);
    assert.match(await run('remove', old), /is the current key.* \[1\]$/);
    const said = await run('rotate');
    const [, fresh = ''] = ids();
    assert.match(said, /subscribers　3 件\nphone_numbers　1 件/);
    assert.match(said, new RegExp(`鍵 ${old} は、もうどこにも使われていません`));
    assert.equal(await run('list'), `${old}　0 件\n${fresh}　4 件　いまの鍵 / current`);
    assert.match(await run('remove', old), /外しました/);
    assert.deepEqual(ids(), [fresh]);
    assert.equal(codec().decode((await database('subscribers').first<{ name: string }>()).name), '花子');
    assert.match(await run('remove', 'nobody'), /there is no key nobody.* \[1\]$/);
  });

  it('goes on with a rotation that was broken off, and adds no further key', async () => {
    const [old = ''] = ids();
    await run('add');
    const [, fresh = ''] = ids();
    assert.match(await run('remove', old), /4 values still need the key .* \[1\]$/);
    assert.match(await run('rotate'), new RegExp(`鍵 ${fresh} への切り替えが途中です`));
    assert.deepEqual(ids(), [old, fresh]);
    assert.match(await run('list'), new RegExp(`${old}　0 件\\n${fresh}　4 件`));
  });

  it('tells of values that nobody can read, and leaves them', async () => {
    await database('subscribers').update({ name: 'enc:1:gone:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
    assert.match(await run('list'), /gone　1 件　鍵ファイルにありません/);
    assert.match(
      await run('rotate'),
      /1 values cannot be read and were left as they are: subscribers\.name \[1\]$/,
    );
  });

  it('does nothing with the key file of another installation', async () => {
    await run('list');
    replaceKeyFile(file, [newKey(now)]);
    assert.match(await run('rotate'), /^error: PERSONAL_DATA_KEY lacks the key .* \[1\]$/);
    assert.equal(ids().length, 1);
  });

  it('asks for the new key where the keys are a setting itself', async () => {
    const [{ id, key } = newKey(now)] = readKeyFile(file);
    const other = newKey(now);
    const line = `${id} ${key.toString('base64')}`;
    const { PERSONAL_DATA_KEY_FILE, ...rest } = settings;
    assert.ok(PERSONAL_DATA_KEY_FILE);
    settings = { ...rest, PERSONAL_DATA_KEY: line };
    assert.match(await run('rotate'), /the keys stand in PERSONAL_DATA_KEY itself.* \[1\]$/);
    settings = { ...rest, PERSONAL_DATA_KEY: `${line}, ${other.id} ${other.key.toString('base64')}` };
    assert.match(await run('rotate'), /続けます/);
    settings = { ...rest, PERSONAL_DATA_KEY: `${other.id} ${other.key.toString('base64')}` };
    assert.equal(await run('list'), `${other.id}　4 件　いまの鍵 / current`);
  });
});
