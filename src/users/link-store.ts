import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';

export type LinkKind = 'invitation' | 'passwordReset' | 'login';

/** Links that open a door once. Only a hash of each is kept. */
export class LinkStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A newer link of the same kind closes the older ones. */
  async add(
    trx: Knex,
    link: { userId: number; kind: LinkKind; tokenHash: string; expiresAt: Date },
    now: Date,
  ): Promise<void> {
    await trx('user_links')
      .where({ user_id: link.userId, kind: link.kind })
      .whereNull('used_at')
      .update({ used_at: now.getTime() });
    await trx('user_links').insert({
      user_id: link.userId,
      kind: link.kind,
      token_hash: link.tokenHash,
      created_at: now.getTime(),
      expires_at: link.expiresAt.getTime(),
    });
  }

  /** Whose link it is, while it can be used. */
  async look(tokenHash: string, now: Date): Promise<{ userId: number; kind: LinkKind } | undefined> {
    const row = await this.#database('user_links')
      .where({ token_hash: tokenHash })
      .whereNull('used_at')
      .where('expires_at', '>', now.getTime())
      .first<{ user_id: number; kind: LinkKind } | undefined>('user_id', 'kind');
    return row && { userId: row.user_id, kind: row.kind };
  }

  /** @returns whether we were the one who used it */
  async use(trx: Knex, tokenHash: string, kind: LinkKind, now: Date): Promise<boolean> {
    const changed = await trx('user_links')
      .where({ token_hash: tokenHash, kind })
      .whereNull('used_at')
      .where('expires_at', '>', now.getTime())
      .update({ used_at: now.getTime() });
    return changed === 1;
  }

  /** Closes what is open of a user, such as when the account is disabled. */
  async closeAllOf(trx: Knex, userId: number, now: Date): Promise<void> {
    await trx('user_links')
      .where({ user_id: userId })
      .whereNull('used_at')
      .update({ used_at: now.getTime() });
  }

  /** When the newest one of a kind was made. */
  async lastMadeAt(userId: number, kind: LinkKind): Promise<Date | undefined> {
    const row = await this.#database('user_links')
      .where({ user_id: userId, kind })
      .orderBy('created_at', 'desc')
      .first<{ created_at: number } | undefined>('created_at');
    return row && new Date(row.created_at);
  }
}
