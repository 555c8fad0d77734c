import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Command } from 'commander';
import { readBackupKeys } from '../backup/backup-key.js';
import { BackupError } from '../backup/backup-error.js';
import { testRestore } from '../backup/restore-backup.js';
import { writeBackup, type Progress, type Written } from '../backup/write-backup.js';
import type { Config } from '../config.js';
import { makeKeyFile, newKey } from '../storage/key-file.js';
import { readVoiceKey } from '../voice/voice-key.js';
import {
  tellingPlainly,
  terminal,
  withDatabase,
  type CommandWorld,
  type DatabaseTools,
} from './with-database.js';

const progressEveryMs = 2000;

interface BackupOptions {
  key?: string;
  json?: true;
}

/** `genkidesu backup`: all that the service knows in one encrypted file, while it runs. */
export function backupCommand(world: CommandWorld = terminal): Command {
  const command = new Command('backup')
    .description(
      'バックアップを取る / write all data into one encrypted file, and try it out by a test restore',
    )
    .argument('<file>', 'the file to write; it must not be there')
    .option('--key <file>', 'key file of backups; default: BACKUP_KEY_FILE or BACKUP_KEY')
    .option('--json', 'print what was written as JSON')
    .action((file: string, options: BackupOptions) =>
      withDatabase(world, (tools) => backup(world, tools, resolve(file), options)),
    );
  const key = new Command('key').description('バックアップの鍵 / keys of backups');
  key
    .command('new')
    .description('make a key file that was not there, readable by its owner only')
    .argument('<file>', 'the file to make; BACKUP_KEY_FILE names it then')
    .action((file: string) =>
      tellingPlainly(world, () => {
        const made = newKey(world.clock());
        makeKeyFile(file, [made]);
        world.print(`鍵 ${made.id} を ${file} に作りました。BACKUP_KEY_FILE=${file} と設定してください。`);
        world.print('なくすと、バックアップを戻せません。控えを、バックアップとは別の場所に取ってください。');
        return Promise.resolve();
      }),
    );
  command.addCommand(key);
  return command;
}

async function backup(
  world: CommandWorld,
  { config, database, codec, keys }: DatabaseTools,
  file: string,
  options: BackupOptions,
): Promise<void> {
  const backupKeys = readBackupKeys(keySourceOf(config, options.key));
  const key = backupKeys.at(-1);
  if (!key) throw new BackupError('noKey', 'no key');
  const progress = tellProgress(world);
  mkdirSync(config.GENKIDESU_DATA, { recursive: true, mode: 0o700 });
  let samplesRead = 0;
  const written = await writeBackup(
    {
      ...{ database, codec, clock: world.clock },
      dataFolder: config.GENKIDESU_DATA,
      voiceKeyId:
        config.VOICE_KEY === undefined ? undefined : readVoiceKey(config.VOICE_KEY)?.id.toString('hex'),
    },
    {
      ...{ file, key },
      check: async (part, { tables, files }) => {
        const parts = { file: part, backupKeys, codec, keys, clock: world.clock, progress };
        const found = await testRestore(parts, config.GENKIDESU_DATA);
        if (JSON.stringify(found.tables) !== JSON.stringify(tables) || found.files !== files)
          throw new BackupError(
            'notAsWritten',
            '書いたものと読み直したものが違います。もう一度取ってください。 / it does not read as it was written',
          );
        ({ samplesRead } = found);
      },
    },
    progress,
  );
  if (options.json) {
    world.print(JSON.stringify({ file, verified: true, samplesRead, ...written }));
    return;
  }
  report(world, file, written, samplesRead);
}

function report(world: CommandWorld, file: string, written: Written, samplesRead: number): void {
  const { bytes, rows, tables, files, filesMissing, keyId } = written;
  const megabytes = (bytes / 1_000_000).toFixed(1);
  world.print(
    `${file} に書きました（${megabytes} MB、表 ${Object.keys(tables).length}、行 ${rows}、録音 ${files}）。`,
  );
  world.print(
    `別の場所に戻してみて確かめました。行数も内容も同じで、個人情報 ${samplesRead} か所を今の鍵で読めました。`,
  );
  if (filesMissing > 0) world.print(`注意: 見つからない録音が ${filesMissing} 件あります。`);
  world.print(
    `戻すには、バックアップの鍵 ${keyId} と、個人情報の鍵、LOOKUP_KEY、VOICE_KEY が要ります。この中には入っていません。`,
  );
}

/** Where the keys of backups are looked for. */
export function keySourceOf(config: Config, file: string | undefined) {
  return { file, settingFile: config.BACKUP_KEY_FILE, text: config.BACKUP_KEY };
}

/** A line every other second, beside the output. */
export function tellProgress(world: CommandWorld): Progress {
  let toldAt = performance.now();
  return (step, done) => {
    if (performance.now() - toldAt < progressEveryMs) return;
    toldAt = performance.now();
    world.complain(`… ${step} ${done}`);
  };
}
