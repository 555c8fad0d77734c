import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import { HoldStore } from '../checkins/hold-store.js';
import { engineOf, migrate, migrateUp, type Database } from '../storage/database.js';
import { KeyCheckStore } from '../storage/key-check-store.js';
import { guardKeys } from '../storage/key-guard.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { PersonalDataKeys } from '../storage/personal-data-keys.js';
import { PersonalValuesStore } from '../storage/personal-values-store.js';
import { lockSchema } from '../storage/schema-store.js';
import { BackupError, damaged } from './backup-error.js';
import type { BackupRecord, Read } from './backup-records.js';
import { dayDigests, type DayDigest } from './day-digests.js';
import type { BackupHead } from './sealed-file.js';
import { TableStore } from './table-store.js';
import { lookupCheckOf, type Progress } from './write-backup.js';

/** Takes the recordings of a backup; a test restore only counts them. */
export interface VoiceSink {
  begin(path: string): Promise<void>;
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

export interface Filled {
  tables: Record<string, number>;
  rows: number;
  files: number;
  /** Personal values of as many columns were read with the present key. */
  samplesRead: number;
  /** Changes of the schema that were made after the data had come. */
  migrated: string[];
  /** The stations' days, as they are now. */
  days: DayDigest[];
  daysAreTheSame: boolean;
}

export interface FillParts {
  database: Database;
  codec: PersonalDataCodec;
  keys: PersonalDataKeys;
  clock: Clock;
  voice: VoiceSink;
  progress: Progress;
}

/**
 * Fills an empty database with what a backup holds, in the form that it had, and brings it up to this program's.
 * Everything is counted and compared; the dialling is held from its first moment on.
 *
 * @throws BackupError when anything is not as it was written, or cannot be read with the present keys
 */
export async function fillDatabase(
  parts: FillParts,
  head: BackupHead,
  records: AsyncIterable<Read>,
): Promise<Filled> {
  const { database, codec, keys, clock, progress } = parts;
  for (const name of head.schema) await migrateUp(database, name);
  const at = new Date(head.at);
  const isServer = engineOf(database) === 'mariadb';
  // Who would start on a half-filled database, should we die, is told so.
  if (isServer) await lockSchema(database, true);
  const loaded = await database.transaction(async (trx) => {
    const store = new TableStore(database, trx);
    await store.deferForeignKeys();
    const tables = await store.tables();
    // Some come with rows of their own.
    for (const table of tables) await store.empty(table);
    const result = await load(parts, store, new Set(tables), records);
    for (const [table, count] of Object.entries(result.tables))
      if ((await store.count(table)) !== count) throw damaged();
    await store.endOldClaims(new Set(tables));
    if (tables.includes('dialling_holds')) await holdFrom(database, trx, at, clock());
    await store.watchForeignKeys();
    return result;
  });
  if (isServer) await lockSchema(database, false);
  progress('schema', 0);
  const migrated = await migrate(database);
  await holdFrom(database, database, at, clock());
  const samplesRead = await readSamples(database, codec, keys, clock());
  const days = await dayDigests(database, codec, at);
  const daysAreTheSame = JSON.stringify(days) === JSON.stringify(loaded.days);
  // A later schema may tell a day in other words; the same one may not.
  if (!daysAreTheSame && migrated.length === 0) throw damaged();
  const rows = Object.values(loaded.tables).reduce((sofar, count) => sofar + count, 0);
  return { tables: loaded.tables, rows, files: loaded.files, samplesRead, migrated, days, daysAreTheSame };
}

async function holdFrom(database: Database, trx: Knex, unknownSince: Date, now: Date): Promise<void> {
  await new HoldStore(database).open({ reason: 'restored', detail: '', unknownSince }, now, trx);
}

async function load(
  { codec, voice, progress }: FillParts,
  store: TableStore,
  known: ReadonlySet<string>,
  records: AsyncIterable<Read>,
): Promise<{ tables: Record<string, number>; files: number; days: DayDigest[] }> {
  const digest = createHash('sha256');
  const tables: Record<string, number> = {};
  let current: { table: string; columns: readonly string[] } | undefined;
  let file: { left: number } | undefined;
  let files = 0;
  let days: DayDigest[] | undefined;
  let end: Extract<BackupRecord, { kind: 'end' }> | undefined;
  for await (const read of records) {
    if (end) throw damaged();
    const isEnd = 'record' in read && read.record.kind === 'end';
    if (!isEnd) digest.update(read.frame);
    if ('bytes' in read) {
      if (!file || read.bytes.length > file.left) throw damaged();
      file.left -= read.bytes.length;
      await voice.write(read.bytes);
      continue;
    }
    const { record } = read;
    if (file && file.left > 0) throw damaged();
    if (file) await voice.end();
    file = undefined;
    switch (record.kind) {
      case 'manifest':
        refuseOtherLookupKey(record, codec);
        days = record.days;
        break;
      case 'table':
        if (!known.has(record.table) || !days) throw damaged();
        current = record;
        tables[record.table] = 0;
        break;
      case 'rows':
        if (!current) throw damaged();
        await store.putRows(current.table, current.columns, record.rows);
        tables[current.table] = (tables[current.table] ?? 0) + record.rows.length;
        progress(current.table, tables[current.table] ?? 0);
        break;
      case 'file':
        file = { left: record.bytes };
        await voice.begin(record.path);
        progress('voice', ++files);
        break;
      case 'end':
        end = record;
    }
  }
  if (!end || !days || end.files !== files || end.digest !== digest.digest('hex')) throw damaged();
  if (JSON.stringify(end.tables) !== JSON.stringify(tables)) throw damaged();
  return { tables, files, days };
}

async function readSamples(
  database: Database,
  codec: PersonalDataCodec,
  keys: PersonalDataKeys,
  now: Date,
): Promise<number> {
  const values = new PersonalValuesStore(database);
  await guardKeys({ checks: new KeyCheckStore(database), values, keys, now });
  const samples = await values.samples();
  for (const sample of samples) codec.decode(sample);
  return samples.length;
}

/** @throws BackupError when what is stored could not be found again */
export function refuseOtherLookupKey(
  { lookupCheck }: { lookupCheck: string },
  codec: PersonalDataCodec,
): void {
  if (lookupCheck === lookupCheckOf(codec)) return;
  throw new BackupError(
    'lookupKey',
    'LOOKUP_KEY が、バックアップを取ったときと違います。同じものを設定してください。違うままでは、番号から人を見つけられません。' +
      ' / LOOKUP_KEY is not the one of the backup',
  );
}
