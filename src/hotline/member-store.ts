import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';

/** A counsellor logged in to one line's queue. */
export interface Member {
  extension: string;
  slot: number;
  paused: boolean;
  reason: string;
}

interface MemberRow {
  extension: string;
  slot: number;
  paused: number;
  reason: string;
}

/** Who was logged in to the exchange when it was last seen: it may lose its own memory. */
export class MemberStore {
  readonly #database: Database;
  readonly #pbxId: string;

  constructor({ database, pbxId }: { database: Database; pbxId: string }) {
    this.#database = database;
    this.#pbxId = pbxId;
  }

  async remembered(): Promise<Member[]> {
    const rows = await this.#database('hotline_members')
      .where({ pbx_id: this.#pbxId })
      .orderBy(['extension', 'slot'])
      .select<MemberRow[]>('extension', 'slot', 'paused', 'reason');
    return rows.map((row) => ({ ...row, paused: Boolean(row.paused) }));
  }

  async remember(members: readonly Member[]): Promise<void> {
    await againAfterDeadlock(this.#database, async (trx) => {
      await trx('hotline_members').where({ pbx_id: this.#pbxId }).delete();
      for (const { extension, slot, paused, reason } of members) {
        await trx('hotline_members').insert({
          pbx_id: this.#pbxId,
          extension,
          slot,
          paused,
          reason: reason.slice(0, 80),
        });
      }
    });
  }
}
