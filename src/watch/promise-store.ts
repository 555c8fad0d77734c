import type { Database } from '../storage/database.js';

/** How today's check-ins of one tenant stand. */
export interface DayCount {
  organizationId: number;
  /** Fell due so far. */
  due: number;
  /** Of these, those that have their end. */
  settled: number;
  /** From falling due to the first dialling, of those that were dialled. */
  firstDials: number;
  averageLagSeconds: number;
  longestLagSeconds: number;
}

/** Alerts of the last day about people. */
export interface AlertLag {
  organizationId: number;
  opened: number;
  /** From the moment by which there had to be one to its opening. */
  longestLagSeconds: number;
}

const settledStates = ['answered', 'alerted', 'confirmed', 'cancelled'];
const noWork = { due: 0, settled: 0, firstDials: 0, averageLagSeconds: 0, longestLagSeconds: 0 };

/** Counts what the promises are about, and reads nothing about anybody. */
export class PromiseStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param date of these organizations' own calendars */
  async day(organizationIds: readonly number[], date: string, now: Date): Promise<DayCount[]> {
    const ids = [...organizationIds];
    const marks = settledStates.map(() => '?').join(', ');
    const counts = await this.#database('check_ins')
      .whereIn('organization_id', ids)
      .where('due_on', date)
      .where('due_at', '<=', now.getTime())
      .groupBy('organization_id')
      .select<{ organization_id: number; due: number | string; settled: number | string }[]>(
        'organization_id',
        this.#database.raw('count(*) as due'),
        this.#database.raw(`sum(case when state in (${marks}) then 1 else 0 end) as settled`, settledStates),
      );
    const firsts = this.#database('check_ins as c')
      .join('attempts as a', 'a.check_in_id', 'c.id')
      .whereIn('c.organization_id', ids)
      .where('c.due_on', date)
      .groupBy('c.id', 'c.organization_id', 'c.due_at')
      .select('c.organization_id', this.#database.raw('min(a.claimed_at) - c.due_at as lag'))
      .as('f');
    const lags = await this.#database(firsts)
      .groupBy('organization_id')
      .select<LagRow[]>(
        'organization_id',
        this.#database.raw('count(*) as dials, avg(lag) as average, max(lag) as longest'),
      );
    return ids.map((organizationId) => {
      const count = counts.find((row) => row.organization_id === organizationId);
      const lag = lags.find((row) => row.organization_id === organizationId);
      return {
        organizationId,
        ...noWork,
        ...(count && { due: Number(count.due), settled: Number(count.settled) }),
        ...(lag && {
          firstDials: Number(lag.dials),
          averageLagSeconds: Number(lag.average) / 1000,
          longestLagSeconds: Number(lag.longest) / 1000,
        }),
      };
    });
  }

  /** Check-ins past their last moment that have no end: each is a promise that is being broken. By organization. */
  async overdue(now: Date): Promise<Map<number, { count: number; oldestSeconds: number }>> {
    const rows = await this.#database('check_ins')
      .where('state', 'due')
      .where('give_up_at', '<', now.getTime())
      .groupBy('organization_id')
      .select<{ organization_id: number; count: number | string; oldest: number | string }[]>(
        'organization_id',
        this.#database.raw('count(*) as count, min(give_up_at) as oldest'),
      );
    return new Map(
      rows.map((row) => [
        row.organization_id,
        { count: Number(row.count), oldestSeconds: (now.getTime() - Number(row.oldest)) / 1000 },
      ]),
    );
  }

  /** @param since the beginning of the window, at most a few days ago */
  async alerts(since: Date): Promise<AlertLag[]> {
    const rows = await this.#database('alerts as a')
      .join('check_ins as c', 'c.id', 'a.check_in_id')
      // Both are named so that the index by state and opening is used.
      .whereIn('a.state', ['open', 'closed'])
      .where('a.opened_at', '>=', since.getTime())
      .groupBy('c.organization_id')
      .select<{ organization_id: number; opened: number | string; longest: number | string }[]>(
        'c.organization_id',
        this.#database.raw('count(*) as opened'),
        this.#database.raw(
          'max(case when a.opened_at > c.give_up_at then a.opened_at - c.give_up_at else 0 end) as longest',
        ),
      );
    return rows.map((row) => ({
      organizationId: row.organization_id,
      opened: Number(row.opened),
      longestLagSeconds: Number(row.longest) / 1000,
    }));
  }

  /** What the operator must mend now, by reason. */
  async operatorAlerts(): Promise<Map<string, number>> {
    const rows = await this.#database('alerts')
      .whereNull('organization_id')
      .where('state', 'open')
      .groupBy('reason')
      .select<{ reason: string; count: number | string }[]>(
        'reason',
        this.#database.raw('count(*) as count'),
      );
    return new Map(rows.map(({ reason, count }) => [reason, Number(count)]));
  }
}

interface LagRow {
  organization_id: number;
  dials: number | string;
  average: number | string;
  longest: number | string;
}
