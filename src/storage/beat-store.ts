import { engineOf, type Database } from './database.js';

/** Tries whether the database takes a row. */
export class BeatStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** False in a database whose schema is older than the watch. */
  isThere(): Promise<boolean> {
    return this.#database.schema.hasTable('watch_beats');
  }

  /** Writes one row, the same each time. Rejects with the database's own error when it takes none. */
  async beat(who: string, now: Date): Promise<void> {
    await this.#database('watch_beats')
      .insert({ who, beaten_at: now.getTime() })
      .onConflict('who')
      .merge(['beaten_at']);
  }

  async version(): Promise<string> {
    if (engineOf(this.#database) === 'sqlite') {
      const [row] = await this.#database.raw<{ version: string }[]>('select sqlite_version() as version');
      return `SQLite ${row?.version ?? ''}`;
    }
    const [rows] = await this.#database.raw<[{ version: string }[]]>('select version() as version');
    return rows?.[0]?.version ?? '';
  }
}
