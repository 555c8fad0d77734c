import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  migrate,
  openDatabase,
  type Database,
  type DatabaseSettings,
  type Engine,
} from '../../src/storage/database.js';
import { startPrivateMariadb, type PrivateMariadb } from '../../src/testbed/private-mariadb.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { FreshMariadb } from './fresh-mariadb.js';

/** Unpacking the server, once per machine, may take a slow line minutes. */
const serverTimeoutMs = 300_000;
const testTimeoutMs = 30_000;

/** Opens databases of one engine for a test; every one of them is closed when the test is over. */
export interface OpenDatabase {
  /** A fresh database with the newest schema. */
  (): Promise<Database>;
  readonly engine: Engine;
  /** Other connections to the database that `open()` gave last, as another process would have them. */
  another(): Database;
  /** Where that database is, for what opens it by itself. */
  settings(): DatabaseSettings;
}

let folder: TemporaryFolder | undefined;
let server: Promise<PrivateMariadb> | undefined;
let databases: FreshMariadb | undefined;
let emptySqlite: Promise<string> | undefined;
let count = 0;

/**
 * Runs the same tests on SQLite and on a real MariaDB of our own, which is started once for all files.
 *
 * @param tests called while mocha collects; a test asks `open` for its database
 */
export function onBothDatabases(tests: (open: OpenDatabase) => void): void {
  for (const engine of ['sqlite', 'mariadb'] as const) {
    describe(`on ${engine}`, function () {
      this.timeout(testTimeoutMs);
      const opened: Database[] = [];
      const used: DatabaseSettings[] = [];
      const lastSettings = (): DatabaseSettings => {
        const last = used.at(-1);
        if (!last) throw new Error('open() comes first');
        return last;
      };
      const connect = (): Database => {
        const database = openDatabase(lastSettings());
        opened.push(database);
        return database;
      };
      const open = async (): Promise<Database> => {
        used.push(engine === 'sqlite' ? await freshSqlite() : await freshMariadb());
        return connect();
      };

      before(async function () {
        this.timeout(serverTimeoutMs);
        if (engine === 'mariadb') await runningServer();
      });
      afterEach(async () => {
        await Promise.all(opened.splice(0).map((database) => database.destroy()));
        for (const settings of used.splice(0)) {
          if (settings.engine === 'mariadb') await databases?.giveBack(settings);
        }
      });
      tests(Object.assign(open, { engine, another: connect, settings: lastSettings }));
    });
  }
}

// A hook of mocha's root suite, because this file is loaded while mocha collects.
after(async function () {
  this.timeout(testTimeoutMs);
  const running = await server?.catch(() => undefined);
  await running?.close();
  await folder?.remove();
});

function runningServer(): Promise<PrivateMariadb> {
  server ??= startPrivateMariadb();
  return server;
}

async function freshMariadb(): Promise<DatabaseSettings> {
  databases ??= new FreshMariadb(await runningServer());
  return databases.take();
}

async function freshSqlite(): Promise<DatabaseSettings> {
  const file = sqliteFile(`test_${++count}.db`);
  copyFileSync(await (emptySqlite ??= makeEmptySqlite()), file);
  return { engine: 'sqlite', file };
}

/** A file with all tables, to be copied for each test. */
async function makeEmptySqlite(): Promise<string> {
  const database = openDatabase({ engine: 'sqlite', file: sqliteFile('migrated.db') });
  const file = sqliteFile('empty.db');
  try {
    await migrate(database);
    await database.raw('VACUUM INTO ?', [file]);
  } finally {
    await database.destroy();
  }
  return file;
}

function sqliteFile(name: string): string {
  folder ??= makeTemporaryFolder('sqlite');
  return join(folder.path, name);
}
