import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Eraser, NoteErased } from './eraser.js';
import type { Cut, RuleKind } from './rules.js';

/** So few that nobody else has to wait for the database. */
const rowsAtOnce = 100;

export interface DueRows {
  kind: RuleKind;
  /** The column of whole numbers by which rows are taken, such as `c.id`. */
  id: string;
  /** Rows that are old enough and not empty yet. */
  due: (organizationId: number, cut: Cut) => Knex.QueryBuilder;
  erase: (trx: Knex, ids: readonly number[], now: Date) => Promise<unknown>;
  /** What lies outside the database goes first: so it is found again when this breaks off. */
  before?: (ids: readonly number[]) => Promise<void>;
}

/** Erases rows of one kind, some at a time. */
export class DueRowsStore implements Eraser {
  readonly #database: Database;
  readonly #of: DueRows;

  constructor(database: Database, of: DueRows) {
    this.#database = database;
    this.#of = of;
  }

  get kind(): RuleKind {
    return this.#of.kind;
  }

  async count(organizationId: number, cut: Cut): Promise<number> {
    const { due, id } = this.#of;
    const row = await due(organizationId, cut).count<{ count: number | string }[]>({ count: id }).first();
    return Number((row as { count: number | string } | undefined)?.count ?? 0);
  }

  async eraseSome(organizationId: number, cut: Cut, now: Date, noted: NoteErased): Promise<number> {
    const { due, id, before, erase } = this.#of;
    const rows: { id: number }[] = await due(organizationId, cut).limit(rowsAtOnce).select({ id });
    if (rows.length === 0) return 0;
    const ids = rows.map((row) => row.id);
    await before?.(ids);
    return againAfterDeadlock(this.#database, async (trx) => {
      await erase(trx, ids, now);
      await noted(trx, ids.length);
      return ids.length;
    });
  }
}
