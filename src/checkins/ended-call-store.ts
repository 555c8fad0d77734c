import { DateTime } from 'luxon';
import type { Database } from '../storage/database.js';
import { boundsOfDay, localDate } from './local-day.js';

/** How calls of a day ended on a line. */
export interface EndedCalls {
  pbxId: string;
  /** Empty when nobody saw the end. */
  outcome: string;
  /** What the carrier answered, and the Q.850 cause; undefined when it said nothing. */
  sipStatus: number | undefined;
  cause: number | undefined;
  isAnswered: boolean;
  count: number;
}

/** Counts how calls ended, and reads nothing about anybody. */
export class EndedCallStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Calls taken on since midnight in the zone: of today's check-ins, and of yesterday's that went on. */
  async ofToday(now: Date, timeZone: string): Promise<EndedCalls[]> {
    const today = localDate(now, timeZone);
    const yesterday = DateTime.fromISO(today, { zone: 'utc' }).minus({ days: 1 }).toISODate() ?? today;
    // All organizations are named, so that the index by organization and day is used.
    const organizations = await this.#database('organizations').select<{ id: number }[]>('id');
    const rows = await this.#database('check_ins as c')
      .join('attempts as a', 'a.check_in_id', 'c.id')
      .whereIn(
        'c.organization_id',
        organizations.map(({ id }) => id),
      )
      .whereIn('c.due_on', [yesterday, today])
      .where('a.claimed_at', '>=', boundsOfDay(today, timeZone).from.getTime())
      .where('a.state', 'ended')
      .groupBy('a.pbx_id', 'a.outcome', 'a.sip_status', 'a.cause', 'is_answered')
      .select<EndedCallsRow[]>(
        'a.pbx_id',
        'a.outcome',
        'a.sip_status',
        'a.cause',
        this.#database.raw('case when a.answered_at is null then 0 else 1 end as is_answered'),
        this.#database.raw('count(*) as count'),
      );
    return rows.map((row) => ({
      pbxId: row.pbx_id,
      outcome: row.outcome ?? '',
      sipStatus: row.sip_status ?? undefined,
      cause: row.cause ?? undefined,
      isAnswered: Number(row.is_answered) === 1,
      count: Number(row.count),
    }));
  }
}

interface EndedCallsRow {
  pbx_id: string;
  outcome: string | null;
  sip_status: number | null;
  cause: number | null;
  is_answered: number | string;
  count: number | string;
}
