import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';

/** A television set that shows a tenant's board. */
export interface Screen {
  id: number;
  organizationId: number;
  name: string;
  pairedAt: Date;
  /** When it was connected last. */
  seenAt: Date | undefined;
}

interface ScreenRow {
  id: number;
  organization_id: number | null;
  name: string;
  state: 'waiting' | 'paired' | 'revoked';
  paired_at: number | null;
  seen_at: number | null;
}

/** Screens, known by hashes only: what is stored opens nothing. */
export class ScreenStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** A new screen that waits for its code to be entered; who has waited in vain is forgotten. */
  async begin(
    screen: { codeHash: string; tokenHash: string; codeUntil: Date; mostWaiting: number },
    now: Date,
  ): Promise<boolean> {
    await this.#database('wallboard_screens')
      .where({ state: 'waiting' })
      .where('code_until', '<', now.getTime())
      .delete();
    const waiting = await this.#database('wallboard_screens').where({ state: 'waiting' }).select('id');
    if (waiting.length >= screen.mostWaiting) return false;
    await this.#database('wallboard_screens').insert({
      state: 'waiting',
      code_hash: screen.codeHash,
      token_hash: screen.tokenHash,
      created_at: now.getTime(),
      code_until: screen.codeUntil.getTime(),
    });
    return true;
  }

  /** @returns whether a screen was waiting with this code */
  async pair(codeHash: string, organizationId: number, name: string, now: Date): Promise<boolean> {
    const paired = await this.#database('wallboard_screens')
      .where({ state: 'waiting', code_hash: codeHash })
      .where('code_until', '>=', now.getTime())
      .update({
        state: 'paired',
        organization_id: organizationId,
        name,
        code_hash: null,
        paired_at: now.getTime(),
      });
    return paired === 1;
  }

  /** The screen with this token, or that it still waits for its code. */
  async find(tokenHash: string, now: Date): Promise<Screen | 'waiting' | undefined> {
    const row = await this.#database('wallboard_screens')
      .where({ token_hash: tokenHash })
      .whereNot({ state: 'revoked' })
      .where((either) => {
        void either.where({ state: 'paired' }).orWhere('code_until', '>=', now.getTime());
      })
      .first<ScreenRow | undefined>('*');
    if (!row) return undefined;
    return toScreen(row) ?? 'waiting';
  }

  async list(organizationId: number): Promise<Screen[]> {
    const rows = await this.#database('wallboard_screens')
      .where({ organization_id: organizationId, state: 'paired' })
      .orderBy('id')
      .select<ScreenRow[]>('*');
    return rows.flatMap((row) => toScreen(row) ?? []);
  }

  /** @returns whether the organization had such a screen */
  async revoke(id: number, organizationId: number, now: Date): Promise<boolean> {
    const revoked = await this.#database('wallboard_screens')
      .where({ id, organization_id: organizationId, state: 'paired' })
      .update({ state: 'revoked', revoked_at: now.getTime() });
    return revoked === 1;
  }

  async noteSeen(id: number, now: Date): Promise<void> {
    await this.#database('wallboard_screens').where({ id }).update({ seen_at: now.getTime() });
  }
}

function toScreen(row: ScreenRow): Screen | undefined {
  const pairedAt = toInstant(row.paired_at);
  if (row.state !== 'paired' || row.organization_id === null || !pairedAt) return undefined;
  const { id, organization_id: organizationId, name } = row;
  return { id, organizationId, name, pairedAt, seenAt: toInstant(row.seen_at) };
}
