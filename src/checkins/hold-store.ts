import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { fromInstant, toInstant } from '../storage/instants.js';

export const holdReasons = ['restored', 'clockSkew', 'operator'] as const;
export type HoldReason = (typeof holdReasons)[number];

/** A time in which no check-in call starts. */
export interface Hold {
  id: number;
  reason: HoldReason;
  detail: string;
  /** Calls from this moment on may be unknown to the database. */
  unknownSince: Date | undefined;
  openedAt: Date;
  releasedAt: Date | undefined;
}

interface HoldRow {
  id: number;
  reason: HoldReason;
  detail: string;
  unknown_since: number | null;
  opened_at: number;
  released_at: number | null;
}

/** Holds of the dialling. Of each reason at most one is open. */
export class HoldStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @returns false when a hold of this reason is open already; then nothing changes */
  async open(
    hold: { reason: HoldReason; detail: string; unknownSince?: Date },
    at: Date,
    trx: Knex = this.#database,
  ): Promise<boolean> {
    const known = await trx('dialling_holds')
      .where({ open_key: hold.reason })
      .first<{ id: number } | undefined>('id');
    if (known) return false;
    await trx('dialling_holds')
      .insert({
        reason: hold.reason,
        detail: hold.detail.slice(0, 500),
        unknown_since: fromInstant(hold.unknownSince),
        open_key: hold.reason,
        opened_at: at.getTime(),
      })
      .onConflict('open_key')
      .merge(['open_key']);
    return true;
  }

  async findOpen(): Promise<Hold[]> {
    const rows = await this.#database('dialling_holds')
      .whereNotNull('open_key')
      .orderBy('id')
      .select<HoldRow[]>('*');
    return rows.map(toHold);
  }

  /** Newest first. */
  async latest(limit: number): Promise<Hold[]> {
    const rows = await this.#database('dialling_holds')
      .orderBy('id', 'desc')
      .limit(limit)
      .select<HoldRow[]>('*');
    return rows.map(toHold);
  }

  /** open → released. @returns false when somebody else has released it */
  async release(trx: Knex, id: number, by: number | undefined, at: Date): Promise<boolean> {
    const changed = await trx('dialling_holds')
      .where({ id })
      .whereNotNull('open_key')
      .update({ open_key: null, released_at: at.getTime(), released_by: by ?? null });
    return changed === 1;
  }
}

function toHold(row: HoldRow): Hold {
  return {
    id: row.id,
    reason: row.reason,
    detail: row.detail,
    unknownSince: toInstant(row.unknown_since),
    openedAt: new Date(row.opened_at),
    releasedAt: toInstant(row.released_at),
  };
}
