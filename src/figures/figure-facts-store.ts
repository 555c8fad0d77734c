import { answers } from '../checkins/attempt-outcome.js';
import { boundsOfDay, localDate } from '../checkins/local-day.js';
import { groupBy } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { CallCount, MinuteCounts } from './month-figures.js';
import type { PersonSpan } from './people-months.js';

export interface Tenant {
  id: number;
  kind: string;
  name: string;
  timeZone: string;
  region: string | undefined;
  /** The day of its first check-in, which may be still to come; undefined while none is planned. */
  firstOn: string | undefined;
}

interface TenantRow {
  id: number;
  kind: string;
  name: string;
  time_zone: string;
  region: string | null;
  first_on: string | null;
}

interface PersonRow {
  id: number;
  organization_id: number;
  enrolled_on: string;
  withdrawn_on: string | null;
  starts_at: number | null;
  ended_on: string | null;
  once_on: string | null;
}

/** Sums come as text from MariaDB. */
interface CallRow {
  organization_id: number;
  month: string;
  due: number | string;
  waiting: number | string;
  answered: number | string;
  calls: number | string;
}

interface AlertRow {
  organization_id: number;
  opened_at: number;
  closed_at: number | null;
}

/** Counts what the tables hold; no name, number or other personal column is read. */
export class FigureFactsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param organizationId undefined: all of them, in the order of their names */
  async tenants(organizationId?: number): Promise<Tenant[]> {
    const query = this.#database('organizations as o')
      .leftJoin('figure_regions as r', 'r.organization_id', 'o.id')
      .orderBy(['o.name', 'o.id'])
      .select<TenantRow[]>(
        ...['o.id', 'o.kind', 'o.name', 'o.time_zone', 'r.region'],
        // One seek in the index for each tenant; for a minimum, one engine or the other reads all of it.
        this.#database.raw(
          '(select due_on from check_ins where organization_id = o.id order by due_on limit 1) as first_on',
        ),
      );
    if (organizationId !== undefined) void query.where('o.id', organizationId);
    return (await query).map((row) => ({
      ...{ id: row.id, kind: row.kind, name: row.name, timeZone: row.time_zone },
      region: row.region ?? undefined,
      firstOn: row.first_on ?? undefined,
    }));
  }

  /** When each tenant's people were with it. */
  async people(organizationIds: readonly number[], until: string): Promise<Map<number, PersonSpan[]>> {
    const rows = await this.#database('subscribers as s')
      .leftJoin('check_in_plans as p', 'p.subscriber_id', 's.id')
      .whereIn('s.organization_id', organizationIds)
      .where('s.enrolled_on', '<=', until)
      .select<PersonRow[]>(
        's.id',
        's.organization_id',
        's.enrolled_on',
        's.withdrawn_on',
        'p.starts_at',
        'p.ended_on',
        'p.once_on',
      );
    const spans = new Map<number, Map<number, PersonSpan & { plans: PersonSpan['plans'][number][] }>>();
    for (const row of rows) {
      const own = spans.get(row.organization_id) ?? new Map<never, never>();
      spans.set(row.organization_id, own);
      const person = own.get(row.id) ?? {
        enrolledOn: row.enrolled_on,
        withdrawnOn: row.withdrawn_on ?? undefined,
        plans: [],
      };
      own.set(row.id, person);
      if (row.starts_at === null) continue;
      person.plans.push({
        startsAt: row.starts_at,
        endedOn: row.ended_on ?? undefined,
        onceOn: row.once_on ?? undefined,
      });
    }
    return new Map([...spans].map(([id, own]) => [id, [...own.values()]]));
  }

  /**
   * Check-ins and alerts of tenants of one zone, by tenant and month (`callKey`); a month without any is left out.
   *
   * @param from first date
   * @param until last date
   */
  async calls(
    organizationIds: readonly number[],
    zone: string,
    { from, until }: { from: string; until: string },
  ): Promise<Map<string, CallCount>> {
    if (organizationIds.length === 0 || from > until) return new Map();
    const counts = new Map<string, CallCount>();
    const own = await this.#checkins(organizationIds, from, until);
    const alerts = await this.#alerts(organizationIds, zone, from, until);
    for (const key of new Set([...own.keys(), ...alerts.keys()])) {
      const zero = { due: 0, waiting: 0, answered: 0, calls: 0 };
      const none = { alerts: 0, closingMinutes: new Map<number, number>() };
      counts.set(key, { ...(own.get(key) ?? zero), ...(alerts.get(key) ?? none) });
    }
    return counts;
  }

  async #checkins(
    organizationIds: readonly number[],
    from: string,
    until: string,
  ): Promise<Map<string, Omit<CallCount, 'alerts' | 'closingMinutes'>>> {
    const raw = (sql: string, bindings: readonly string[] = []) => this.#database.raw(sql, bindings);
    const month = 'substr(due_on, 1, 7)';
    const marks = answers.map(() => '?').join(', ');
    const rows = await this.#database('check_ins')
      .whereIn('organization_id', organizationIds)
      .whereBetween('due_on', [from, until])
      .whereNot('state', 'cancelled')
      .groupByRaw(`organization_id, ${month}`)
      .select<CallRow[]>(
        'organization_id',
        raw(`${month} as month`),
        raw('count(*) as due'),
        raw('sum(attempts) as calls'),
        raw("sum(case when state in ('due', 'calling') then 1 else 0 end) as waiting"),
        raw(
          `sum(case when state in ('answered', 'confirmed') or (state = 'alerted' and result in (${marks}))
             then 1 else 0 end) as answered`,
          [...answers],
        ),
      );
    return new Map(
      rows.map((row) => [
        callKey(row.organization_id, row.month),
        {
          due: Number(row.due),
          waiting: Number(row.waiting),
          answered: Number(row.answered),
          calls: Number(row.calls),
        },
      ]),
    );
  }

  async #alerts(
    organizationIds: readonly number[],
    zone: string,
    from: string,
    until: string,
  ): Promise<Map<string, Pick<CallCount, 'alerts' | 'closingMinutes'>>> {
    const rows = await this.#database('alerts')
      .whereIn('organization_id', organizationIds)
      .where('opened_at', '>=', boundsOfDay(from, zone).from.getTime())
      .where('opened_at', '<', boundsOfDay(until, zone).until.getTime())
      .whereNotNull('subscriber_id')
      .select<AlertRow[]>('organization_id', 'opened_at', 'closed_at');
    const byMonth = groupBy(rows, ({ organization_id, opened_at }) =>
      callKey(organization_id, localDate(new Date(opened_at), zone).slice(0, 7)),
    );
    return new Map(
      [...byMonth].map(([key, group]) => [key, { alerts: group.length, closingMinutes: minutesOf(group) }]),
    );
  }
}

export function callKey(organizationId: number, month: string): string {
  return `${organizationId} ${month}`;
}

function minutesOf(alerts: readonly AlertRow[]): MinuteCounts {
  const counts = new Map<number, number>();
  for (const { opened_at, closed_at } of alerts) {
    if (closed_at === null) continue;
    const minutes = Math.max(0, Math.floor((closed_at - opened_at) / 60_000));
    counts.set(minutes, (counts.get(minutes) ?? 0) + 1);
  }
  return counts;
}
