import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { NoteErased } from './eraser.js';
import type { RuleKind } from './rules.js';

export interface Erasure {
  at: Date;
  organizationId: number;
  kind: RuleKind | 'person';
  cause: 'rule' | 'request';
  /** Who had it done now; undefined: the night, or somebody at the terminal. */
  userId?: number | undefined;
}

export interface LoggedErasure extends Omit<Erasure, 'organizationId' | 'userId'> {
  id: number;
  count: number;
  by: string | undefined;
}

/** What was erased when, by which rule: numbers only. */
export class ErasureLogStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** One entry for one run over a kind: written with its first portion, in the same transaction, and added to with each. */
  begin(erasure: Erasure): { add: NoteErased } {
    const key = {
      ...{ at: erasure.at.getTime(), organization_id: erasure.organizationId },
      ...{ kind: erasure.kind, cause: erasure.cause },
    };
    let isThere = false;
    return {
      async add(trx, count) {
        const added = isThere ? await trx('erasures').where(key).increment('count', count) : 0;
        // A transaction that was undone has taken the row with it.
        if (added === 0) await trx('erasures').insert({ ...key, count, user_id: erasure.userId ?? null });
        isThere = true;
      },
    };
  }

  /** The newest first. @param organizationIds `serviceItself` for what belongs to no tenant */
  async list(
    organizationIds: readonly number[],
    limit: number,
    beforeId = Number.MAX_SAFE_INTEGER,
  ): Promise<LoggedErasure[]> {
    const rows = await this.#database('erasures as e')
      .leftJoin('users as u', 'u.id', 'e.user_id')
      .whereIn('e.organization_id', organizationIds)
      .where('e.id', '<', beforeId)
      .orderBy('e.id', 'desc')
      .limit(limit)
      .select<ErasureRow[]>('e.id', 'e.at', 'e.kind', 'e.count', 'e.cause', 'u.name');
    return rows.map(({ at, name, ...row }) => ({
      ...row,
      at: new Date(at),
      by: name === null ? undefined : this.#codec.decode(name),
    }));
  }
}

interface ErasureRow {
  id: number;
  at: number;
  kind: Erasure['kind'];
  count: number;
  cause: Erasure['cause'];
  name: string | null;
}
