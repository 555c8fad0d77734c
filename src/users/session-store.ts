import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { SessionStage } from './session-life.js';

export interface Session {
  id: number;
  userId: number;
  stage: SessionStage;
  /** What the browser calls itself. */
  device: string;
  createdAt: Date;
  seenAt: Date;
  expiresAt: Date;
}

interface SessionRow {
  id: number;
  user_id: number;
  stage: SessionStage;
  device: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
}

/** Who is in. Only a hash of each token is kept: who reads the database cannot come in with it. */
export class SessionStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async add(
    session: Pick<Session, 'userId' | 'stage' | 'device' | 'expiresAt'> & { tokenHash: string },
    now: Date,
  ): Promise<number> {
    const [id = 0]: number[] = await this.#database('user_sessions').insert({
      user_id: session.userId,
      token_hash: session.tokenHash,
      stage: session.stage,
      device: this.#codec.encode(session.device),
      created_at: now.getTime(),
      seen_at: now.getTime(),
      expires_at: session.expiresAt.getTime(),
    });
    return id;
  }

  async findByToken(tokenHash: string): Promise<Session | undefined> {
    const row = await this.#database('user_sessions')
      .where({ token_hash: tokenHash })
      .first<SessionRow | undefined>('*');
    return row && this.#toSession(row);
  }

  /** All of a user, newest first. */
  async ofUser(userId: number): Promise<Session[]> {
    const rows = await this.#database('user_sessions')
      .where({ user_id: userId })
      .orderBy('id', 'desc')
      .select<SessionRow[]>('*');
    return rows.map((row) => this.#toSession(row));
  }

  async touch(id: number, now: Date): Promise<void> {
    await this.#database('user_sessions').where({ id }).update({ seen_at: now.getTime() });
  }

  /** Touches those of these that are live and were not touched lately; one that is over stays over. */
  async touchLive(
    ids: readonly number[],
    now: Date,
    { idleSince, seenBefore }: { idleSince: Date; seenBefore: Date },
  ): Promise<void> {
    if (ids.length === 0) return;
    await this.#database('user_sessions')
      .whereIn('id', ids)
      .where('expires_at', '>', now.getTime())
      .where('seen_at', '>', idleSince.getTime())
      .where('seen_at', '<=', seenBefore.getTime())
      .update({ seen_at: now.getTime() });
  }

  /** @returns whether it was there, and the user's */
  async end(id: number, userId: number): Promise<boolean> {
    return (await this.#database('user_sessions').where({ id, user_id: userId }).delete()) === 1;
  }

  /** @returns the ids of the ended ones */
  async endAllOf(trx: Knex, userId: number): Promise<number[]> {
    const rows = await trx('user_sessions').where({ user_id: userId }).select<{ id: number }[]>('id');
    const ids = rows.map(({ id }) => id);
    await trx('user_sessions').whereIn('id', ids).delete();
    return ids;
  }

  /** Removes what has run out, by its own end or by rest. */
  async removeExpired(now: Date, idleSince: Date): Promise<void> {
    await this.#database('user_sessions').where('expires_at', '<=', now.getTime()).delete();
    await this.#database('user_sessions').where('seen_at', '<=', idleSince.getTime()).delete();
  }

  /** Which of these are still live, of users who still may come in. */
  async stillLive(ids: readonly number[], now: Date, idleSince: Date): Promise<Set<number>> {
    const rows = await this.#database('user_sessions as s')
      .join('users as u', 'u.id', 's.user_id')
      .whereIn('s.id', ids)
      .where('u.state', 'active')
      .where('s.expires_at', '>', now.getTime())
      .where('s.seen_at', '>', idleSince.getTime())
      .select<{ id: number }[]>('s.id');
    return new Set(rows.map(({ id }) => id));
  }

  #toSession(row: SessionRow): Session {
    return {
      id: row.id,
      userId: row.user_id,
      stage: row.stage,
      device: this.#codec.decode(row.device),
      createdAt: new Date(row.created_at),
      seenAt: new Date(row.seen_at),
      expiresAt: new Date(row.expires_at),
    };
  }
}
