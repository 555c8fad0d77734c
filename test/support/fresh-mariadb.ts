import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';
import { migrate, openDatabase, type DatabaseSettings } from '../../src/storage/database.js';
import type { PrivateMariadb } from '../../src/testbed/private-mariadb.js';

type MariadbSettings = DatabaseSettings & { engine: 'mariadb' };

const pattern = 'pattern';

/** What the migrations make: tables with their columns, and those that have rows from the start. */
interface AsNew {
  shape: string;
  filled: ReadonlySet<string>;
}

/**
 * Databases of one server that are as new. Making all tables takes a second and hundreds of tests want one each, so that a
 * database is swept after its test and given out again; one whose tables were changed is thrown away.
 */
export class FreshMariadb {
  readonly #server: PrivateMariadb;
  readonly #free: string[] = [];
  #made = 0;
  #asNew: Promise<AsNew> | undefined;

  constructor(server: PrivateMariadb) {
    this.#server = server;
  }

  /** A database with the newest schema and nothing but what the migrations put in. */
  async take(): Promise<MariadbSettings> {
    await (this.#asNew ??= this.#makePattern());
    const name = this.#free.pop() ?? (await this.#make(`test_${++this.#made}`));
    return this.#settings(name);
  }

  /** Nobody may be connected to it any more. */
  async giveBack({ database }: MariadbSettings): Promise<void> {
    const connection = await this.#connect();
    try {
      const { shape, filled } = await (this.#asNew ??= this.#makePattern());
      if ((await shapeOf(connection, database)) === shape) {
        await sweep(connection, database, filled);
        this.#free.push(database);
      } else {
        await connection.query('DROP DATABASE ??', [database]);
      }
    } finally {
      await connection.end();
    }
  }

  async #makePattern(): Promise<AsNew> {
    await this.#make(pattern);
    const connection = await this.#connect();
    try {
      const shape = await shapeOf(connection, pattern);
      const filled = new Set<string>();
      for (const [table] of JSON.parse(shape) as [string][]) {
        if (await hasRows(connection, pattern, table)) filled.add(table);
      }
      return { shape, filled };
    } finally {
      await connection.end();
    }
  }

  async #make(name: string): Promise<string> {
    await this.#server.createDatabase(name);
    const database = openDatabase(this.#settings(name));
    await migrate(database).finally(() => database.destroy());
    return name;
  }

  #settings(database: string): MariadbSettings {
    const { host, port, user, password } = this.#server;
    return { engine: 'mariadb', host, port, user, password, database };
  }

  #connect(): Promise<Connection> {
    const { host, port, user, password } = this.#server;
    return createConnection({ host, port, user, password });
  }
}

async function shapeOf(connection: Connection, database: string): Promise<string> {
  const [rows] = await connection.query<RowDataPacket[]>(
    `SELECT TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE FROM information_schema.COLUMNS
     WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME, ORDINAL_POSITION`,
    [database],
  );
  return JSON.stringify(rows.map((row): unknown[] => Object.values(row)));
}

/** Empties what has, or had, rows, and puts back what the migrations had put in. */
async function sweep(connection: Connection, database: string, filled: ReadonlySet<string>): Promise<void> {
  const [tables] = await connection.query<RowDataPacket[]>(
    'SELECT TABLE_NAME AS name, AUTO_INCREMENT AS next FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?',
    [database],
  );
  await connection.query('SET foreign_key_checks = 0, lock_wait_timeout = 5');
  for (const { name, next } of tables as { name: string; next: number | null }[]) {
    const there = [database, name];
    if ((next ?? 1) > 1 || (await hasRows(connection, database, name))) {
      await connection.query('TRUNCATE TABLE ??.??', there);
    }
    if (filled.has(name)) {
      await connection.query('INSERT INTO ??.?? SELECT * FROM ??.??', [...there, pattern, name]);
    }
  }
}

async function hasRows(connection: Connection, database: string, table: string): Promise<boolean> {
  const [rows] = await connection.query<RowDataPacket[]>('SELECT 1 FROM ??.?? LIMIT 1', [database, table]);
  return rows.length > 0;
}
