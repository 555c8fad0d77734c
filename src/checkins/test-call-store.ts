import type { Database } from '../storage/database.js';

/** What test calls and check-ins must know of each other. */
export class TestCallStore {
  readonly #database: Database;

  constructor({ database }: { database: Database }) {
    this.#database = database;
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
