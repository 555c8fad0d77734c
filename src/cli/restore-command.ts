import { join, resolve } from 'node:path';
import { Command } from 'commander';
import { readBackupKeys } from '../backup/backup-key.js';
import { restoreBackup, type RestoreTarget } from '../backup/restore-backup.js';
import { databaseSettings, type Config } from '../config.js';
import { openPersonalData } from '../personal-data-app.js';
import { keySourceOf, tellProgress } from './backup-command.js';
import { terminal, withConfig, type CommandWorld } from './with-database.js';

interface RestoreOptions {
  key?: string;
  into?: string;
  json?: true;
}

/** `genkidesu restore`: a backup into an empty place; the dialling is held then. */
export function restoreCommand(world: CommandWorld = terminal): Command {
  return new Command('restore')
    .description('バックアップを空のところに戻す / return a backup into an empty folder or database')
    .argument('<file>', 'a file that "genkidesu backup" has written')
    .option('--key <file>', 'key file of backups; default: BACKUP_KEY_FILE or BACKUP_KEY')
    .option(
      '--into <target>',
      'SQLite: an empty folder in place of GENKIDESU_DATA; MariaDB: an empty database in place of DATABASE_NAME',
    )
    .option('--json', 'print what was returned as JSON')
    .action((file: string, options: RestoreOptions) =>
      withConfig(world, ({ config }) => restore(world, config, resolve(file), options)),
    );
}

async function restore(
  world: CommandWorld,
  config: Config,
  file: string,
  { key, into, json }: RestoreOptions,
): Promise<void> {
  const backupKeys = readBackupKeys(keySourceOf(config, key));
  const { codec, keys } = openPersonalData(config);
  const parts = { file, backupKeys, codec, keys, clock: world.clock, progress: tellProgress(world) };
  const filled = await restoreBackup(parts, targetOf(config, into));
  if (json) {
    world.print(JSON.stringify({ file, held: true, ...filled }));
    return;
  }
  const { rows, tables, files, migrated, daysAreTheSame } = filled;
  world.print(`戻しました（表 ${Object.keys(tables).length}、行 ${rows}、録音 ${files}）。`);
  if (daysAreTheSame) world.print('その日の一覧は、バックアップを取った時と同じです。');
  if (migrated.length > 0) world.print(`新しい版に合わせて更新しました: ${migrated.join('、')}`);
  world.print(
    '見守り電話は止めてあります。サービスを動かし、画面の上の「確かめて再開する」か genkidesu hold で再開してください。',
  );
  world.print('ログインは、全員やり直しになります。');
}

function targetOf(config: Config, into: string | undefined): RestoreTarget {
  const settings = databaseSettings(config);
  if (settings.engine === 'mariadb')
    return {
      database: { ...settings, database: into ?? settings.database },
      dataFolder: config.GENKIDESU_DATA,
    };
  const dataFolder = into ?? config.GENKIDESU_DATA;
  return { database: { engine: 'sqlite', file: join(dataFolder, 'genkidesu.db') }, dataFolder };
}
