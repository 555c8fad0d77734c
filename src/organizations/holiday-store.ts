import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';

export interface Holiday {
  /** `YYYY-MM-DD`. */
  date: string;
  name: string;
}

/** The public holidays that stations may be closed on. */
export class HolidayStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Makes these the holidays of the given years; a law may move one, so what was there goes. */
  async replaceYears(years: readonly number[], holidays: readonly Holiday[]): Promise<void> {
    await againAfterDeadlock(this.#database, async (trx) => {
      for (const year of years) {
        await trx('holidays')
          .whereBetween('date', [`${year}-01-01`, `${year}-12-31`])
          .delete();
      }
      if (holidays.length > 0)
        await trx('holidays').insert(holidays.map(({ date, name }) => ({ date, name })));
    });
  }

  /** Between two dates, both included. */
  async between(from: string, until: string): Promise<Holiday[]> {
    const rows = await this.#database('holidays')
      .whereBetween('date', [from, until])
      .orderBy('date')
      .select<Holiday[]>('date', 'name');
    return rows.map(({ date, name }) => ({ date, name }));
  }
}
