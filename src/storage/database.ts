import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import createKnex, { type Knex } from 'knex';

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

/** Brings the schema up to this program's version. */
export async function migrate(database: Database): Promise<string[]> {
  const [, names] = (await database.migrate.latest()) as [number, string[]];
  return names;
}

/** Changes of the schema that this program brings, in their order. */
export function knownMigrations(): Promise<string[]> {
  return migrationSource.getMigrations([]);
}

/** Takes off the lock of an update that broke off; nobody may be updating now. */
export async function unlockMigrations(database: Database): Promise<void> {
  await database.migrate.forceFreeMigrationsLock();
}
