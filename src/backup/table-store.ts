import type { Knex } from 'knex';
import { engineOf, type Database } from '../storage/database.js';
import type { Cell } from './backup-records.js';

export interface TableShape {
  table: string;
  columns: readonly string[];
  /** The primary key, in its order. */
  key: readonly string[];
}

type Row = Readonly<Record<string, Cell>>;

/** All tables of a database, whatever they mean, but for the notes of the migrations. */
export class TableStore {
  readonly #database: Knex;
  readonly #isSqlite: boolean;

  /** @param trx of the database, to read one moment */
  constructor(database: Database, trx: Knex = database) {
    this.#database = trx;
    this.#isSqlite = engineOf(database) === 'sqlite';
  }

  async tables(): Promise<string[]> {
    return (await this.everything()).filter((name) => !name.startsWith('knex_'));
  }

  /** Names of all tables, also of those that are not ours. */
  async everything(): Promise<string[]> {
    const query = this.#isSqlite
      ? this.#database('sqlite_master').where({ type: 'table' })
      : this.#database('information_schema.tables')
          .whereRaw('table_schema = database()')
          .where('table_type', 'BASE TABLE');
    const rows = await query.select<{ name: string }[]>(this.#isSqlite ? 'name' : 'table_name as name');
    return rows
      .map(({ name }) => name)
      .filter((name) => !name.startsWith('sqlite_'))
      .sort();
  }

  async shapeOf(table: string): Promise<TableShape> {
    if (this.#isSqlite) {
      const rows = await this.#database
        .from(this.#database.raw('pragma_table_info(?)', [table]))
        .select<{ name: string; pk: number }[]>('name', 'pk');
      const key = rows.filter(({ pk }) => pk > 0).sort((one, other) => one.pk - other.pk);
      return { table, columns: rows.map(({ name }) => name), key: key.map(({ name }) => name) };
    }
    const columns = await this.#database('information_schema.columns')
      .whereRaw('table_schema = database()')
      .where('table_name', table)
      .orderBy('ordinal_position')
      .select<{ name: string }[]>('column_name as name');
    const key = await this.#database('information_schema.key_column_usage')
      .whereRaw('table_schema = database()')
      .where({ table_name: table, constraint_name: 'PRIMARY' })
      .orderBy('ordinal_position')
      .select<{ name: string }[]>('column_name as name');
    return { table, columns: columns.map(({ name }) => name), key: key.map(({ name }) => name) };
  }

  /** The next rows by primary key after the one that ended the last page. */
  async page({ table, columns, key }: TableShape, after: Row | undefined, limit: number): Promise<Row[]> {
    const query = this.#database(table)
      .orderBy(key.map((column) => ({ column })))
      .limit(limit);
    if (after) void query.where((later) => isAfter(later, key, after));
    return query.select<Row[]>([...columns]);
  }

  async count(table: string): Promise<number> {
    const rows = await this.#database(table).select<{ count: number | string }[]>(
      this.#database.raw('count(*) as count'),
    );
    return Number(rows[0]?.count);
  }

  /** Where the recordings lie that are kept, below the voice folder. */
  async voicePlaces(): Promise<string[]> {
    const rows = await this.#database('voice_files')
      .where({ state: 'kept' })
      .whereNotNull('stored_file')
      .orderBy('id')
      .select<{ stored_file: string }[]>('stored_file');
    return rows.map((row) => row.stored_file);
  }

  /** Rows may name others that come later; where the engine can, it looks at all of them at the end. */
  async deferForeignKeys(): Promise<void> {
    await this.#database.raw(
      this.#isSqlite ? 'PRAGMA defer_foreign_keys = ON' : 'SET FOREIGN_KEY_CHECKS = 0',
    );
  }

  async watchForeignKeys(): Promise<void> {
    if (!this.#isSqlite) await this.#database.raw('SET FOREIGN_KEY_CHECKS = 1');
  }

  async empty(table: string): Promise<void> {
    await this.#database(table).delete();
  }

  async putRows(
    table: string,
    columns: readonly string[],
    rows: readonly (readonly Cell[])[],
  ): Promise<void> {
    // SQLite takes 500 rows in one statement as knex writes them, and 32,766 values.
    const most = Math.max(1, Math.min(400, Math.floor(30_000 / columns.length)));
    for (let from = 0; from < rows.length; from += most) {
      const some = rows.slice(from, from + most);
      await this.#database(table).insert(
        some.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))),
      );
    }
  }

  /** After a restore that failed on a server: what it made goes. */
  async dropEverything(): Promise<void> {
    await this.#database.transaction(async (trx) => {
      await trx.raw('SET FOREIGN_KEY_CHECKS = 0');
      for (const table of await new TableStore(this.#database, trx).everything())
        await trx.schema.dropTableIfExists(table);
      await trx.raw('SET FOREIGN_KEY_CHECKS = 1');
    });
  }

  /** A tidy copy of an SQLite database in one file, which must not be there. */
  async vacuumInto(file: string): Promise<void> {
    await this.#database.raw('VACUUM INTO ?', [file]);
  }

  /** Logins of then may have ended since, and the owner of the exchange of then is none now. */
  async endOldClaims(tables: ReadonlySet<string>): Promise<void> {
    for (const table of ['user_sessions', 'pbx_leases']) if (tables.has(table)) await this.empty(table);
  }
}

/** Later in the order of a primary key of one or more columns. */
function isAfter(query: Knex.QueryBuilder, key: readonly string[], after: Row): void {
  key.forEach((column, index) => {
    const equal = Object.fromEntries(key.slice(0, index).map((name) => [name, after[name]]));
    void query.orWhere((one) => void one.where(equal).where(column, '>', after[column] ?? ''));
  });
}
