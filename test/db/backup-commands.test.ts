import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { backupCommand } from '../../src/cli/backup-command.js';
import { holdCommand } from '../../src/cli/hold-command.js';
import { migrateCommand } from '../../src/cli/migrate-command.js';
import { organizationCommand } from '../../src/cli/organization-command.js';
import { restoreCommand } from '../../src/cli/restore-command.js';
import type { CommandWorld } from '../../src/cli/with-database.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { testKeyText } from '../support/test-codec.js';

describe('the commands of backups and holds', function () {
  this.timeout(60_000);
  let folder: TemporaryFolder;
  let settings: NodeJS.ProcessEnv;
  before(() => {
    folder = makeTemporaryFolder('backup');
    settings = {
      GENKIDESU_DATA: join(folder.path, 'data'),
      LOOKUP_KEY: 'a key for tests only',
      PERSONAL_DATA_KEY: testKeyText,
      ARI_PASSWORD: 'x',
      AMI_PASSWORD: 'x',
      CALLER_NUMBER: '0471234567',
    };
  });
  after(() => folder.remove());

  async function run(make: (world: CommandWorld) => Command, ...args: string[]) {
    const [printed, complained]: [string[], string[]] = [[], []];
    const world: CommandWorld = {
      print: (line) => printed.push(line),
      complain: (line) => complained.push(line),
      environment: settings,
      clock: () => new Date('2026-11-23T08:00:00+09:00'),
    };
    try {
      await make(world).parseAsync(args, { from: 'user' });
      return { printed: printed.join('\n'), complained: complained.join('\n'), exitCode: process.exitCode };
    } finally {
      process.exitCode = undefined;
    }
  }

  it('take a backup, return it and let calls go on', async () => {
    await run(migrateCommand);
    await run(organizationCommand, 'add', '松戸市', '--kind', 'municipality');
    const [key, file] = [join(folder.path, 'backup.key'), join(folder.path, 'all.gkb')];
    const unkeyed = await run(backupCommand, file);
    assert.deepEqual([unkeyed.exitCode, existsSync(file)], [1, false]);
    assert.match(unkeyed.complained, /genkidesu backup key new/);

    assert.match((await run(backupCommand, 'key', 'new', key)).printed, /BACKUP_KEY_FILE=/);
    assert.equal((await run(backupCommand, 'key', 'new', key)).exitCode, 1);
    settings.BACKUP_KEY_FILE = key;
    const written = await run(backupCommand, file);
    assert.match(written.printed, /別の場所に戻してみて確かめました/);
    assert.match((await run(backupCommand, file)).complained, /もうあります/);
    assert.deepEqual(readdirSync(folder.path).sort(), ['all.gkb', 'backup.key', 'data']);
    assert.deepEqual(
      readdirSync(join(folder.path, 'data')).filter((name) => name.startsWith('.')),
      [],
    );

    assert.match((await run(restoreCommand, file)).complained, /空ではありません/);
    assert.match(
      (await run(restoreCommand, file, '--key', join(folder.path, 'none'))).complained,
      /cannot be read/,
    );
    const into = join(folder.path, 'returned');
    const returned = JSON.parse((await run(restoreCommand, file, '--into', into, '--json')).printed) as {
      held: boolean;
      tables: Record<string, number>;
    };
    assert.deepEqual([returned.held, returned.tables.organizations], [true, 1]);

    settings.GENKIDESU_DATA = into;
    settings.ASTERISK_RECORDS_DIR = join(folder.path, 'no-records');
    assert.match((await run(holdCommand, 'list')).printed, /^1　バックアップから復元しました.*止めています/);
    const looked = await run(holdCommand, 'release', '1');
    assert.deepEqual([looked.exitCode, looked.complained.includes('--yes')], [1, true]);
    assert.match(looked.printed, /交換機の記録が、その時刻までさかのぼれません/);
    assert.match((await run(holdCommand, 'release', '1', '--yes')).printed, /再開します/);
    assert.match((await run(holdCommand, 'release', '1', '--yes')).complained, /no open hold 1/);
    await run(holdCommand, 'open', '訓練');
    assert.match((await run(holdCommand, 'open')).printed, /もう止められています/);
  });
});
