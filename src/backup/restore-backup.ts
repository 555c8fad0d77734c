import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../clock.js';
import { knownMigrations, openDatabase, type DatabaseSettings } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { PersonalDataKeys } from '../storage/personal-data-keys.js';
import { newerSchema } from '../storage/schema-error.js';
import { BackupError } from './backup-error.js';
import type { BackupKey } from './backup-key.js';
import { readRecords } from './backup-records.js';
import { fillDatabase, refuseOtherLookupKey, type Filled, type VoiceSink } from './fill-database.js';
import { openSealedFile, readHead, type BackupHead } from './sealed-file.js';
import { TableStore } from './table-store.js';
import { noVoice, voiceInto } from './voice-sinks.js';
import type { Progress } from './write-backup.js';

export interface RestoreParts {
  file: string;
  backupKeys: readonly BackupKey[];
  codec: PersonalDataCodec;
  keys: PersonalDataKeys;
  clock: Clock;
  progress?: Progress;
}

export interface RestoreTarget {
  /** A file that is not there, or an empty database of a server. */
  database: DatabaseSettings;
  /** Recordings go below it; there must be none yet. */
  dataFolder: string;
}

/** Reads all of it once: what is damaged, cut off or of other keys is refused before anything is made. */
async function refuseDamaged(parts: RestoreParts): Promise<void> {
  for await (const read of recordsOf(parts))
    if ('record' in read && read.record.kind === 'manifest') refuseOtherLookupKey(read.record, parts.codec);
}

const databaseName = 'genkidesu.db';

/** What can be said about a backup before anything is made. @throws BackupError, SchemaError */
async function refuseUnfit({ file, backupKeys, keys }: RestoreParts): Promise<BackupHead> {
  const head = await readHead(file);
  if (!backupKeys.some(({ id }) => id === head.keyId))
    throw new BackupError(
      'wrongKey',
      `このバックアップには鍵 ${head.keyId} が要ります。渡された鍵ファイルにはありません。 / it needs the key ${head.keyId}`,
    );
  const known = new Set(await knownMigrations());
  const unknown = head.schema.filter((name) => !known.has(name));
  if (unknown.length > 0) throw newerSchema(unknown);
  const missing = head.personalDataKeys.filter((id) => keys.find(id) === undefined);
  if (missing.length > 0)
    throw new BackupError(
      'personalKey',
      `個人情報の鍵 ${missing.join('、')} が PERSONAL_DATA_KEY にありません。鍵の控えを戻してから、やり直してください。` +
        ` / the personal-data key ${missing.join(', ')} is missing`,
    );
  return head;
}

/** Restores a backup into a database of its own that goes again: what was written can be read. */
export async function testRestore(parts: RestoreParts, folder: string): Promise<Filled> {
  const head = await refuseUnfit(parts);
  const work = await mkdtemp(join(folder, '.test-restore-'));
  try {
    return await fillSqlite(parts, head, join(work, databaseName), noVoice);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Restores a backup. Nothing that is there is ever written over; when it fails, the target is as empty as before.
 *
 * @throws BackupError, SchemaError, PersonalDataKeyError: each says what to do
 */
export async function restoreBackup(parts: RestoreParts, target: RestoreTarget): Promise<Filled> {
  const head = await refuseUnfit(parts);
  await refuseDamaged(parts);
  const { dataFolder, database } = target;
  const voiceFolder = join(dataFolder, 'voice');
  if ((await namesIn(voiceFolder)).length > 0) throw notEmpty(voiceFolder);
  await mkdir(dataFolder, { recursive: true, mode: 0o700 });
  const work = await mkdtemp(join(dataFolder, '.restore-'));
  try {
    const voice = join(work, 'voice');
    await mkdir(voice, { mode: 0o700 });
    const moveVoice = async (): Promise<void> => {
      await rm(voiceFolder, { recursive: true, force: true });
      await rename(voice, voiceFolder);
    };
    return database.engine === 'sqlite'
      ? await intoFile(parts, head, { file: database.file, work, voice, moveVoice })
      : await intoServer(parts, head, { database, voice, moveVoice });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function intoFile(
  parts: RestoreParts,
  head: BackupHead,
  to: { file: string; work: string; voice: string; moveVoice: () => Promise<void> },
): Promise<Filled> {
  for (const file of [to.file, `${to.file}-wal`]) {
    const found = await stat(file).catch(() => undefined);
    if (found && found.size > 0) throw notEmpty(file);
  }
  const tidy = join(to.work, 'tidy.db');
  const filled = await fillSqlite(parts, head, join(to.work, databaseName), voiceInto(to.voice), tidy);
  await to.moveVoice();
  // The last step makes it there at once.
  await rename(tidy, to.file);
  return filled;
}

async function fillSqlite(
  parts: RestoreParts,
  head: BackupHead,
  file: string,
  voice: VoiceSink,
  tidy?: string,
): Promise<Filled> {
  const database = openDatabase({ engine: 'sqlite', file });
  try {
    const filled = await fillDatabase({ ...fillPartsOf(parts), database, voice }, head, recordsOf(parts));
    // The file alone is not the database: what it was told last stands beside it.
    if (tidy !== undefined) await new TableStore(database).vacuumInto(tidy);
    return filled;
  } finally {
    await database.destroy();
  }
}

async function intoServer(
  parts: RestoreParts,
  head: BackupHead,
  to: { database: DatabaseSettings; voice: string; moveVoice: () => Promise<void> },
): Promise<Filled> {
  const database = openDatabase(to.database);
  const store = new TableStore(database);
  try {
    if ((await store.everything()).length > 0) throw notEmpty('DATABASE_NAME');
    try {
      const voice = voiceInto(to.voice);
      const filled = await fillDatabase({ ...fillPartsOf(parts), database, voice }, head, recordsOf(parts));
      await to.moveVoice();
      return filled;
    } catch (error) {
      await store.dropEverything();
      throw error;
    }
  } finally {
    await database.destroy();
  }
}

function recordsOf({ file, backupKeys }: RestoreParts): ReturnType<typeof readRecords> {
  return readRecords(openSealedFile(file, backupKeys));
}

function fillPartsOf({ codec, keys, clock, progress = () => undefined }: RestoreParts) {
  return { codec, keys, clock, progress };
}

function notEmpty(what: string): BackupError {
  return new BackupError(
    'notEmpty',
    `${what} は空ではありません。復元は、空のところにだけ行います。--into で空のフォルダーかデータベースを指定してください。` +
      ' / the target is not empty: name an empty one with --into',
  );
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}
