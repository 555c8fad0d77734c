import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Author, NoteChange } from '../users/change-log.js';

export interface TestCall {
  id: number;
  /** Its last four digits. */
  numberEnd: string;
  by: string;
  state: 'calling' | 'ended';
  outcome: string | undefined;
  sipStatus: number | undefined;
  startedAt: Date;
  endedAt: Date | undefined;
}

interface Row {
  id: number;
  number: string;
  user_name: string;
  state: TestCall['state'];
  outcome: string | null;
  sip_status: number | null;
  started_at: number;
  ended_at: number | null;
}

/** A process that ended meanwhile tells of no end: after this the line is taken for free. */
const longestMs = 5 * 60_000;
const shown = 10;

/** Calls that the operator tried the line with, and what those to a person and check-ins must know of each other. */
export class TestCallStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #note: NoteChange;

  constructor({ database, codec, note }: { database: Database; codec: PersonalDataCodec; note: NoteChange }) {
    this.#database = database;
    this.#codec = codec;
    this.#note = note;
  }

  /**
   * @param key of one press of the button
   * @returns the call's id, for the first one of this press; `again` when it was pressed before
   */
  async begin(
    { key, number }: { key: string; number: string },
    by: Author & { userId: number },
  ): Promise<{ kind: 'begun'; id: number } | { kind: 'again' | 'busy' }> {
    const now = by.at.getTime();
    try {
      return await againAfterDeadlock(this.#database, async (trx) => {
        const [id = 0]: number[] = await trx('test_calls').insert({
          press_key: key,
          user_id: by.userId,
          number: this.#codec.encode(number),
          state: 'calling',
          started_at: now,
        });
        const others = await trx('test_calls')
          .where('state', 'calling')
          .where('started_at', '>', now - longestMs)
          .whereNot('id', id)
          .select('id');
        if (others.length > 0) throw new AnotherRuns();
        await this.#note(trx, {
          ...{ by, organizationId: undefined, subject: 'trunk', subjectId: id },
          detail: 'trunk.testCall',
          fields: [],
        });
        return { kind: 'begun', id };
      });
    } catch (error) {
      if (error instanceof AnotherRuns) return { kind: 'busy' };
      const known = await this.#database('test_calls')
        .where({ press_key: key })
        .first<{ id: number } | undefined>('id');
      if (known) return { kind: 'again' };
      throw error;
    }
  }

  async end(
    id: number,
    { outcome, sipStatus }: { outcome: string; sipStatus?: number | undefined },
    at: Date,
  ) {
    await this.#database('test_calls')
      .where({ id, state: 'calling' })
      .update({ state: 'ended', outcome, sip_status: sipStatus ?? null, ended_at: at.getTime() });
  }

  async latest(now: Date): Promise<TestCall[]> {
    const rows = await this.#database('test_calls as t')
      .join('users as u', 'u.id', 't.user_id')
      .orderBy('t.id', 'desc')
      .limit(shown)
      .select<Row[]>('t.*', 'u.name as user_name');
    return rows.map((row) => {
      const isLost = row.state === 'calling' && row.started_at <= now.getTime() - longestMs;
      return {
        id: row.id,
        numberEnd: this.#codec.decode(row.number).slice(-4),
        by: this.#codec.decode(row.user_name),
        state: isLost ? 'ended' : row.state,
        outcome: isLost ? 'lost' : (row.outcome ?? undefined),
        sipStatus: row.sip_status ?? undefined,
        startedAt: new Date(row.started_at),
        endedAt: toInstant(row.ended_at),
      };
    });
  }

  /** Whether a check-in call to this person goes on. */
  async isCalling(subscriberId: number): Promise<boolean> {
    const row = await this.#database('attempts')
      .where({ subscriber_id: subscriberId, state: 'calling' })
      .first<{ id: string } | undefined>('id');
    return row !== undefined;
  }

  /** Recording that says the station's name. */
  async spokenNameOf(stationId: number): Promise<string | null> {
    const row = await this.#database('stations')
      .where({ id: stationId })
      .first<{ spoken_name: string | null } | undefined>('spoken_name');
    return row?.spoken_name ?? null;
  }

  /** The next check-in call keeps its distance from this moment on. */
  async noteCalled(subscriberId: number, at: Date): Promise<void> {
    await this.#database('subscribers').where({ id: subscriberId }).update({ last_called_at: at.getTime() });
  }
}

class AnotherRuns extends Error {
  override readonly name = 'AnotherRuns';
}
