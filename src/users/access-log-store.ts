import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export const accessKinds = [
  'login',
  'loginRefused',
  'loginLocked',
  'logout',
  'rightRefused',
  'looked',
  'changed',
] as const;
export type AccessKind = (typeof accessKinds)[number];

export interface AccessEntry {
  at: Date;
  /** Undefined when nobody of that mail is known, and for the machine account. */
  userId: number | undefined;
  /** Whose data it was about. */
  organizationId: number | undefined;
  what: AccessKind;
  /** A permission, or the way of coming in. */
  detail: string;
  subject?: string;
  subjectId?: number;
  reason?: string;
  address?: string;
}

interface AccessRow {
  id: number;
  at: number;
  user_id: number | null;
  organization_id: number | null;
  what: AccessKind;
  detail: string;
  subject: string;
  subject_id: number | null;
  reason: string;
  address: string;
}

/** Who came in, who was refused what, and who looked at whom. Rows are only added, and go when their time is over. */
export class AccessLogStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @param trx to write it beside what it tells of */
  async add(entry: AccessEntry, trx: Knex = this.#database): Promise<void> {
    await trx('access_log').insert({
      at: entry.at.getTime(),
      user_id: entry.userId ?? null,
      organization_id: entry.organizationId ?? null,
      what: entry.what,
      detail: entry.detail.slice(0, 40),
      subject: entry.subject ?? '',
      subject_id: entry.subjectId ?? null,
      reason: this.#codec.encode((entry.reason ?? '').slice(0, 500)),
      address: this.#codec.encode(entry.address ?? ''),
    });
  }

  /**
   * Removes some of those from before a moment: entries come in the order of their ids, so that nobody has to
   * look through all of them.
   *
   * @param portion how many of the oldest are looked at
   * @returns how many went; with 0 there is nothing left to remove
   */
  async removeOldest(before: Date, portion: number): Promise<number> {
    const oldest = await this.#database('access_log')
      .orderBy('id')
      .limit(portion)
      .select<{ id: number; at: number }[]>('id', 'at');
    const ids = oldest.filter(({ at }) => at < before.getTime()).map(({ id }) => id);
    return ids.length === 0 ? 0 : this.#database('access_log').whereIn('id', ids).delete();
  }

  /**
   * Newest first.
   *
   * @param of an organization's entries and those of its users; undefined: all
   * @param beforeId to page on
   */
  async list(
    of: number | undefined,
    limit: number,
    beforeId?: number,
  ): Promise<(AccessEntry & { id: number })[]> {
    const rows = await this.#database('access_log as a')
      .leftJoin('users as u', 'u.id', 'a.user_id')
      .where((query) => {
        if (of !== undefined) void query.where('a.organization_id', of).orWhere('u.organization_id', of);
      })
      .where('a.id', '<', beforeId ?? Number.MAX_SAFE_INTEGER)
      .orderBy('a.id', 'desc')
      .limit(limit)
      .select<AccessRow[]>('a.*');
    return rows.map((row) => ({
      id: row.id,
      at: new Date(row.at),
      userId: row.user_id ?? undefined,
      organizationId: row.organization_id ?? undefined,
      what: row.what,
      detail: row.detail,
      subject: row.subject,
      ...(row.subject_id !== null && { subjectId: row.subject_id }),
      reason: this.#codec.decode(row.reason),
      address: this.#codec.decode(row.address),
    }));
  }
}
