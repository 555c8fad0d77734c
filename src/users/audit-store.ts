import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { toAccessEntry, type AccessEntry, type AccessKind, type AccessRow } from './access-log-store.js';

export interface AuditFilter {
  /** An organization's entries and those of its users; undefined: all. */
  organizationId: number | undefined;
  userId?: number | undefined;
  kind?: AccessKind | undefined;
  /** From the first moment up to, not including, the last. */
  during?: { from: Date; until: Date } | undefined;
}

/** An entry with the names that one who answers for it may see. */
export interface AuditEntry extends AccessEntry {
  id: number;
  userName: string | undefined;
  userRole: string | undefined;
}

/** The access log as it is searched. */
export class AuditStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Newest first. @param beforeId to page on: what comes after an entry that was seen */
  async page(
    { organizationId: of, userId, kind, during }: AuditFilter,
    limit: number,
    beforeId?: number,
  ): Promise<AuditEntry[]> {
    const rows = await this.#database('access_log as a')
      .leftJoin('users as u', 'u.id', 'a.user_id')
      .where((query) => {
        if (of !== undefined) void query.where('a.organization_id', of).orWhere('u.organization_id', of);
      })
      .where((query) => {
        if (userId !== undefined) void query.where('a.user_id', userId);
        if (kind !== undefined) void query.where('a.what', kind);
        if (beforeId !== undefined) void query.where('a.id', '<', beforeId);
        if (during)
          void query.where('a.at', '>=', during.from.getTime()).where('a.at', '<', during.until.getTime());
      })
      .orderBy('a.id', 'desc')
      .limit(limit)
      .select<(AccessRow & { user_name: string | null; user_role: string | null })[]>(
        'a.*',
        'u.name as user_name',
        'u.role as user_role',
      );
    return rows.map((row) => ({
      ...toAccessEntry(row, this.#codec),
      userName: row.user_name === null ? undefined : this.#codec.decode(row.user_name),
      userRole: row.user_role ?? undefined,
    }));
  }
}
