import { knownMigrations, type Database } from './database.js';

/** What the database has had of the changes of its schema. */
export interface SchemaState {
  known: string[];
  done: string[];
  isLocked: boolean;
}

/** Reads what the library of migrations keeps in the database, and changes nothing of it. */
export class SchemaStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async look(): Promise<SchemaState> {
    const known = await knownMigrations();
    // A database that nobody has written to yet has neither table.
    if (!(await this.#database.schema.hasTable('knex_migrations')))
      return { known, done: [], isLocked: false };
    const done = await this.#database('knex_migrations').orderBy('id').select<{ name: string }[]>('name');
    const [lock] = await this.#database('knex_migrations_lock').select<{ is_locked: number }[]>('is_locked');
    return { known, done: done.map(({ name }) => name), isLocked: lock?.is_locked === 1 };
  }
}
