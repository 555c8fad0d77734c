import type { Database } from '../storage/database.js';

/** How calls of a day ended at the line. */
export interface CallCause {
  outcome: string;
  /** What the carrier answered; undefined when it said nothing. */
  sipStatus: number | undefined;
  cause: number | undefined;
  count: number;
}

/** What the carrier said to our calls. */
export class CallCauseStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param dueOn days whose check-ins were called since then: today's, and yesterday's that go on */
  async since(from: Date, dueOn: readonly string[]): Promise<CallCause[]> {
    const organizations = await this.#database('organizations').select<{ id: number }[]>('id');
    const rows = await this.#database('check_ins as c')
      .join('attempts as a', 'a.check_in_id', 'c.id')
      .whereIn(
        'c.organization_id',
        organizations.map(({ id }) => id),
      )
      .whereIn('c.due_on', [...dueOn])
      .where('a.claimed_at', '>=', from.getTime())
      .where('a.state', 'ended')
      .groupBy('a.outcome', 'a.sip_status', 'a.cause')
      .select<
        { outcome: string | null; sip_status: number | null; cause: number | null; count: number | string }[]
      >('a.outcome', 'a.sip_status', 'a.cause', this.#database.raw('count(*) as count'));
    return rows
      .map((row) => ({
        outcome: row.outcome ?? '',
        sipStatus: row.sip_status ?? undefined,
        cause: row.cause ?? undefined,
        count: Number(row.count),
      }))
      .sort((one, other) => other.count - one.count);
  }
}
