import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock } from '../clock.js';
import { engineOf, type Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { PersonalValuesStore } from '../storage/personal-values-store.js';
import { appliedMigrations } from '../storage/schema-store.js';
import { BackupError } from './backup-error.js';
import type { BackupKey } from './backup-key.js';
import { bytesRecord, jsonRecord, type BackupRecord } from './backup-records.js';
import { dayDigests, type DayDigest } from './day-digests.js';
import { SealedWriter } from './sealed-file.js';
import { TableStore } from './table-store.js';

const rowsPerPage = 500;
const filePieceBytes = 256 * 1024;

/** Told as the work goes on, in our words: the name of a table, or of the step. */
export type Progress = (step: string, done: number) => void;

export interface BackupSource {
  database: Database;
  codec: PersonalDataCodec;
  /** GENKIDESU_DATA: the recordings lie below it. */
  dataFolder: string;
  /** Short name of the recordings' key. */
  voiceKeyId: string | undefined;
  clock: Clock;
}

export interface Written {
  at: Date;
  bytes: number;
  tables: Record<string, number>;
  rows: number;
  files: number;
  /** Recordings that the database names and that were not there: deleted meanwhile, or lost before. */
  filesMissing: number;
  days: DayDigest[];
  keyId: string;
}

/** Equal for equal secrets, and stored only where the backup's key is needed to read it. */
export function lookupCheckOf(codec: PersonalDataCodec): string {
  return codec.lookup('memberNumber', 'genkidesu backup check');
}

/**
 * Writes all that this installation knows into one sealed file, as it is at one moment; the service may go on meanwhile.
 * The file appears under its name when `check` has found it good, and not before.
 *
 * @param check reads the file back
 * @throws BackupError when the file is there already
 */
export async function writeBackup(
  source: BackupSource,
  to: { file: string; key: BackupKey; check: (part: string, written: Written) => Promise<void> },
  progress: Progress = () => undefined,
): Promise<Written> {
  const { file, key, check } = to;
  if (await isThere(file))
    throw new BackupError(
      'fileExists',
      `${file} はもうあります。上書きはしません。 / the file is there already, and is not written over`,
    );
  const part = `${file}.part`;
  try {
    const written = await writePart(source, part, key, progress);
    await check(part, written);
    await rename(part, file);
    const folder = await open(dirname(file), 'r');
    await folder.sync().finally(() => folder.close());
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function writePart(
  { database, codec, dataFolder, voiceKeyId, clock }: BackupSource,
  part: string,
  key: BackupKey,
  progress: Progress,
): Promise<Written> {
  const snapshot = { isolationLevel: 'repeatable read' } as const;
  const options = engineOf(database) === 'mariadb' ? snapshot : {};
  // What the head tells of keys is only a hint for the one who returns it: it need not be of the same moment.
  const keyIds = [...(await new PersonalValuesStore(database).countAllByKey()).keys()].filter(
    (id) => id !== '',
  );
  return database.transaction(async (trx) => {
    const at = clock();
    const store = new TableStore(database, trx);
    const schema = await appliedMigrations(trx);
    const writer = await SealedWriter.create(part, key, {
      at: at.toISOString(),
      engine: engineOf(database),
      schema,
      personalDataKeys: keyIds,
      ...(voiceKeyId !== undefined && { voiceKey: voiceKeyId }),
    });
    const digest = createHash('sha256');
    const put = async (bytes: Buffer): Promise<void> => {
      digest.update(bytes);
      await writer.write(bytes);
    };
    const say = (record: BackupRecord): Promise<void> => put(jsonRecord(record));
    try {
      const days = await dayDigests(trx, codec, at);
      await say({ kind: 'manifest', lookupCheck: lookupCheckOf(codec), days });
      const tables: Record<string, number> = {};
      for (const table of await store.tables()) {
        tables[table] = await writeTable(store, table, say, progress);
      }
      const voice = await writeVoice(
        await store.voicePlaces(),
        join(dataFolder, 'voice'),
        say,
        put,
        progress,
      );
      const sum = digest.copy().digest('hex');
      await say({ kind: 'end', tables, files: voice.files, digest: sum });
      await writer.end();
      const rows = Object.values(tables).reduce((sofar, count) => sofar + count, 0);
      return { at, bytes: writer.bytes, tables, rows, ...voice, days, keyId: key.id };
    } finally {
      await writer.abandon();
    }
  }, options);
}

async function writeTable(
  store: TableStore,
  table: string,
  say: (record: BackupRecord) => Promise<void>,
  progress: Progress,
): Promise<number> {
  const shape = await store.shapeOf(table);
  if (shape.key.length === 0) throw new Error(`the table ${table} has no primary key`);
  await say({ kind: 'table', table, columns: [...shape.columns] });
  let count = 0;
  for (let last: Awaited<ReturnType<TableStore['page']>>[number] | undefined; ;) {
    const rows = await store.page(shape, last, rowsPerPage);
    if (rows.length > 0) {
      const cells = rows.map((row) => shape.columns.map((column) => row[column] ?? null));
      await say({ kind: 'rows', rows: cells });
    }
    count += rows.length;
    progress(table, count);
    if (rows.length < rowsPerPage) return count;
    last = rows.at(-1);
  }
}

async function writeVoice(
  places: readonly string[],
  folder: string,
  say: (record: BackupRecord) => Promise<void>,
  put: (bytes: Buffer) => Promise<void>,
  progress: Progress,
): Promise<{ files: number; filesMissing: number }> {
  let [files, filesMissing] = [0, 0];
  for (const place of places) {
    const path = join(folder, place);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) {
      filesMissing++;
      continue;
    }
    await say({ kind: 'file', path: place, bytes: found.size });
    // They are sealed whole, and never written to again.
    const pieces = createReadStream(path, { highWaterMark: filePieceBytes }) as AsyncIterable<Buffer>;
    for await (const piece of pieces) await put(bytesRecord(piece));
    progress('voice', ++files);
  }
  return { files, filesMissing };
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
