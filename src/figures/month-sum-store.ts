import { z } from 'zod';
import type { Database } from '../storage/database.js';
import type { CallCount } from './month-figures.js';
import { callKey } from './figure-facts-store.js';

interface SumRow {
  organization_id: number;
  month: string;
  due: number;
  waiting: number;
  answered: number;
  calls: number;
  alerts: number;
  closing_minutes: string;
}

const minutesSchema = z.array(z.tuple([z.number(), z.number()]));

/** What past months came to. */
export class MonthSumStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** By tenant and month (`callKey`). */
  async between(
    organizationIds: readonly number[],
    from: string,
    until: string,
  ): Promise<Map<string, CallCount>> {
    const rows = await this.#database('monthly_figures')
      .whereIn('organization_id', organizationIds)
      .whereBetween('month', [from, until])
      .select<SumRow[]>('*');
    return new Map(
      rows.map((row) => [
        callKey(row.organization_id, row.month),
        {
          ...{ due: row.due, waiting: row.waiting, answered: row.answered },
          ...{ calls: row.calls, alerts: row.alerts },
          closingMinutes: new Map(minutesSchema.parse(JSON.parse(row.closing_minutes))),
        },
      ]),
    );
  }

  /** When each month of a tenant was last summed. */
  async summedAt(organizationId: number): Promise<Map<string, Date>> {
    const rows = await this.#database('monthly_figures')
      .where({ organization_id: organizationId })
      .select<{ month: string; summed_at: number }[]>('month', 'summed_at');
    return new Map(rows.map(({ month, summed_at }) => [month, new Date(summed_at)]));
  }

  /** Writes a month in place of what was known of it. */
  async write(organizationId: number, month: string, count: CallCount, now: Date): Promise<void> {
    const { due, waiting, answered, calls, alerts, closingMinutes } = count;
    await this.#database('monthly_figures')
      .insert({
        ...{ organization_id: organizationId, month, due, waiting, answered, calls, alerts },
        closing_minutes: JSON.stringify([...closingMinutes]),
        summed_at: now.getTime(),
      })
      .onConflict(['organization_id', 'month'])
      .merge(['due', 'waiting', 'answered', 'calls', 'alerts', 'closing_minutes', 'summed_at']);
  }
}
