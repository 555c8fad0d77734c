import type { Database } from '../storage/database.js';

/** Days on which nobody is at a station. */
export class ClosedDayStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Closes a station for a day, given as `YYYY-MM-DD`; repeated, it changes the reason only. */
  async close(stationId: number, date: string, reason: string): Promise<void> {
    await this.#database('closed_days')
      .insert({ station_id: stationId, date, reason })
      .onConflict(['station_id', 'date'])
      .merge(['reason']);
  }
}
