import type { Knex } from 'knex';
import { againAfterDeadlock } from './again-after-deadlock.js';
import { engineOf, type Database } from './database.js';
import { personalColumns, type PersonalColumns } from './personal-columns.js';
import { sealedStart } from './personal-data.js';

/** A row's primary key and its personal values as they are stored. */
export type PersonalRow = Readonly<Record<string, string | number | null>>;

export interface ValueChange {
  row: PersonalRow;
  column: string;
  stored: string;
  renewed: string;
}

/** The stored form of personal values in any table, without knowing what they mean. */
export class PersonalValuesStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** The next rows by primary key after the one that ended the last page. */
  async page(of: PersonalColumns, after: PersonalRow | undefined, limit: number): Promise<PersonalRow[]> {
    const query = this.#database(of.table)
      .orderBy([...of.key])
      .limit(limit);
    if (after) void query.where((later) => isAfter(later, of.key, after));
    return query.select<PersonalRow[]>(...of.key, ...of.columns);
  }

  /** Puts new values in place of old ones; a value that somebody else has changed meanwhile stays theirs. @returns how many were replaced */
  replace(of: PersonalColumns, changes: readonly ValueChange[]): Promise<number> {
    // As bytes: MariaDB's ordinary comparison takes a and A, and も and モ, for the same.
    const same = engineOf(this.#database) === 'mariadb' ? 'binary ?? = binary ?' : '?? = ?';
    return againAfterDeadlock(this.#database, async (trx) => {
      let replaced = 0;
      for (const { row, column, stored, renewed } of changes) {
        replaced += await trx(of.table)
          .where(Object.fromEntries(of.key.map((name) => [name, row[name]])))
          .whereRaw(same, [column, stored])
          .update({ [column]: renewed });
      }
      return replaced;
    });
  }

  /** How many values of all tables each key id holds; those under `''` are plain text. Empty ones are not counted. */
  async countAllByKey(): Promise<Map<string, number>> {
    const sums = new Map<string, number>();
    for (const of of personalColumns) {
      for (const [keyId, count] of await this.countByKey(of)) sums.set(keyId, (sums.get(keyId) ?? 0) + count);
    }
    return sums;
  }

  /** Some stored value of each column that has an encrypted one. */
  async samples(): Promise<string[]> {
    const found: string[] = [];
    for (const { table, columns } of personalColumns) {
      for (const column of columns) {
        const row = await this.#database(table)
          .where(column, 'like', `${sealedStart}%`)
          .first<{ stored: string } | undefined>({ stored: column });
        if (row) found.push(row.stored);
      }
    }
    return found;
  }

  /** As `countAllByKey`, of one table. */
  async countByKey(of: PersonalColumns): Promise<Map<string, number>> {
    const counts = new Map<string, number>();
    for (const column of of.columns) {
      const rest = `substr(??, ${sealedStart.length + 1})`;
      const rows = await this.#database(of.table)
        .whereNotNull(column)
        .where(column, '<>', '')
        .groupBy('key_id')
        .select<{ key_id: string; count: number | string }[]>(
          this.#database.raw(
            `case when ?? like '${sealedStart}%' then substr(${rest}, 1, instr(${rest}, ':') - 1) else '' end as key_id`,
            [column, column, column],
          ),
          this.#database.raw('count(*) as count'),
        );
      for (const { key_id: keyId, count } of rows)
        counts.set(keyId, (counts.get(keyId) ?? 0) + Number(count));
    }
    return counts;
  }
}

/** Later in the order of a primary key of one or more columns. */
function isAfter(query: Knex.QueryBuilder, key: readonly string[], after: PersonalRow): void {
  key.forEach((column, index) => {
    const equal = Object.fromEntries(key.slice(0, index).map((name) => [name, after[name]]));
    void query.orWhere((one) => void one.where(equal).where(column, '>', Number(after[column])));
  });
}
