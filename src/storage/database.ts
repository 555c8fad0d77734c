import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { setTimeout as wait } from 'node:timers/promises';
import createKnex, { type Knex } from 'knex';
import { brokenSchema, lockedSchema, newerSchema } from './schema-error.js';
import { appliedMigrations, isSchemaLocked } from './schema-store.js';

export type Database = Knex;
export type Engine = 'sqlite' | 'mariadb';

/** Where the data lives: a file, or a server's address. */
export type DatabaseSettings =
  | { engine: 'sqlite'; file: string }
  | { engine: 'mariadb'; host: string; port: number; user: string; password: string; database: string };

/** Compiled and source form stand at the same place below src/ and dist/src/. */
const migrationsDir = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'migrations');

/** Migration names without their extension: the same from sources and from compiled files. */
const migrationSource: Knex.MigrationSource<string> = {
  getMigrations: () =>
    Promise.resolve([
      ...new Set(
        readdirSync(migrationsDir)
          .filter((file) => /^\d.*\.(ts|js)$/.test(file))
          .map((file) => file.replace(/\.(ts|js)$/, ''))
          .sort(),
      ),
    ]),
  getMigrationName: (name) => name,
  getMigration: async (name) => {
    const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
    return (await import(pathToFileURL(join(migrationsDir, `${name}.${extension}`)).href)) as Knex.Migration;
  },
};

/** Opens the database; nothing is sent to it yet. */
export function openDatabase(settings: DatabaseSettings): Database {
  // knex prints lost connections with their stack; who asked is told by the error, and tells it in its own words.
  const quiet = {
    warn: () => undefined,
    error: () => undefined,
    deprecate: () => undefined,
    debug: () => undefined,
  };
  const common = { migrations: { migrationSource }, log: quiet };
  if (settings.engine === 'sqlite') {
    return createKnex({
      ...common,
      client: 'better-sqlite3',
      connection: { filename: settings.file },
      useNullAsDefault: true,
      pool: { min: 1, max: 1, afterCreate: tuneSqlite },
    });
  }
  const { host, port, user, password, database } = settings;
  return createKnex({
    ...common,
    client: 'mysql2',
    connection: {
      host,
      port,
      user,
      password,
      database,
      charset: 'utf8mb4',
      timezone: 'Z',
      connectTimeout: 5000,
    },
    pool: { min: 0, max: 10 },
    acquireConnectionTimeout: 5000,
  });
}

interface SqliteConnection {
  pragma?: (text: string) => unknown;
  exec: (text: string) => unknown;
  prepare: (sql: string) => unknown;
}

const mostStatementsKept = 200;

/** Every commit reaches the disk (FULL): a call that was made must be known after a power cut, too. */
function tuneSqlite(
  connection: SqliteConnection,
  done: (error: Error | null, connection: unknown) => void,
): void {
  connection.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;',
  );
  // In KiB: the usual 2 MB do not hold the upper pages of two years' indexes.
  connection.exec('PRAGMA cache_size = -16384');
  keepStatements(connection);
  done(null, connection);
}

/** Preparing a statement costs more than running it, and a call repeats the same few. SQLite itself redoes one when the schema changes. */
function keepStatements(connection: SqliteConnection): void {
  const prepare = connection.prepare.bind(connection);
  const kept = new Map<string, unknown>();
  connection.prepare = (sql) => {
    const known = kept.get(sql);
    if (known !== undefined) return known;
    const statement = prepare(sql);
    // Lists of other lengths are other statements: what is used often comes back at once.
    if (kept.size >= mostStatementsKept) kept.clear();
    if (/^(select|insert|update|delete|begin|commit)/i.test(sql)) kept.set(sql, statement);
    return statement;
  };
}

export function engineOf(database: Database): Engine {
  return (database.client as { config: { client: string } }).config.client === 'mysql2'
    ? 'mariadb'
    : 'sqlite';
}

/** Names of this program's changes of the schema, in their order. */
export function knownMigrations(): Promise<string[]> {
  return migrationSource.getMigrations([]);
}

/** Runs one change of the schema that the database has not yet. */
export async function migrateUp(database: Database, name: string): Promise<void> {
  await database.migrate.up({ name });
}

/** Another process that brings the schema up is waited for this long. */
const lockPatienceMs = 30_000;

/**
 * Brings the schema up to this program's version.
 *
 * @returns names of the changes that were made
 * @throws SchemaError when the database is newer than the program, or a change of it is half done
 */
export async function migrate(database: Database, patienceMs = lockPatienceMs): Promise<string[]> {
  await refuseNewerSchema(database);
  const until = performance.now() + patienceMs;
  while (await isSchemaLocked(database)) {
    if (performance.now() >= until) throw lockedSchema();
    await wait(500);
  }
  try {
    const [, names] = (await database.migrate.latest()) as [number, string[]];
    return names;
  } catch (error) {
    const { name, code } = error as { name?: string; code?: unknown };
    // Two that start at once: the other one is at it.
    if (name === 'MigrationLocked') return migrate(database, Math.max(0, until - performance.now()));
    const [broken = ''] = await pendingMigrations(database).catch(() => []);
    // A connection that is lost is no broken change.
    const isOfSchema =
      typeof code === 'string' && /^(ER_|SQLITE_ERROR|SQLITE_FULL|SQLITE_READONLY)/.test(code);
    throw isOfSchema && broken !== '' ? brokenSchema(broken, code) : error;
  }
}

/** @throws SchemaError when the database has had changes that this program does not know */
export async function refuseNewerSchema(database: Database): Promise<void> {
  const known = new Set(await knownMigrations());
  const unknown = (await appliedMigrations(database)).filter((name) => !known.has(name));
  if (unknown.length > 0) throw newerSchema(unknown);
}

/** Ends the mark of a change that is half done; for those who know that nobody is at it. */
export async function unlockSchema(database: Database): Promise<void> {
  await database.migrate.forceFreeMigrationsLock();
}

/** Changes of the schema that this program has and the database has not. */
export async function pendingMigrations(database: Database): Promise<string[]> {
  const [, pending] = (await database.migrate.list()) as [unknown, string[]];
  return pending;
}
