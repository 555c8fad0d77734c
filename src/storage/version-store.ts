import type { Database } from './database.js';

/** What the database says of itself. */
export class VersionStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Of MariaDB: SQLite comes with us. */
  async serverVersion(): Promise<string> {
    const [rows] = await this.#database.raw<[{ version: string }[] | undefined]>(
      'select version() as version',
    );
    return rows?.[0]?.version ?? '';
  }

  /** Reads the file of SQLite; it is no such file when this fails. */
  async answers(): Promise<void> {
    await this.#database.raw('select count(*) from sqlite_master');
  }
}
