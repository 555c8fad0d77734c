import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PolicyPreset } from './call-policy.js';
import type { CheckinPlan, PlannedCheckin } from './schedule.js';

export interface PlanToWrite extends CheckinPlan {
  organizationId: number;
  stationId: number;
  subscriberId: number;
  plannedUntil: string;
}

export interface StationClosures {
  closedDays: 'callAnyway' | 'nextOpenDay';
  closedWeekdays: readonly number[];
  dates: ReadonlySet<string>;
}

interface PlanRow {
  id: number;
  organization_id: number;
  station_id: number;
  subscriber_id: number;
  kind: CheckinPlan['kind'];
  weekdays: string;
  once_on: string | null;
  time: string;
  policy_preset: PolicyPreset;
  starts_at: number;
  planned_until: string;
  ended_on: string | null;
  withdrawn_on: string | null;
}

interface StationRow {
  id: number;
  closed_days: 'callAnyway' | 'nextOpenDay';
  closed_weekdays: string;
  closed_on_holidays: number;
}

/** MariaDB takes 65,535 values in one statement, SQLite 32,766; a check-in has 12. */
const rowsPerStatement = 500;

/** What the planner reads and writes. */
export class PlanStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Plans of a tenant whose coming days are not all written yet. */
  async findUnplanned(organizationId: number, until: string, limit: number): Promise<PlanToWrite[]> {
    const rows = await this.#database('check_in_plans as p')
      .join('subscribers as s', 's.id', 'p.subscriber_id')
      .where('p.organization_id', organizationId)
      .where('p.planned_until', '<', until)
      .orderBy('p.id')
      .limit(limit)
      .select<PlanRow[]>('p.*', 's.station_id', 's.withdrawn_on');
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organization_id,
      stationId: row.station_id,
      subscriberId: row.subscriber_id,
      kind: row.kind,
      weekdays: JSON.parse(row.weekdays) as number[],
      onceOn: row.once_on ?? undefined,
      time: row.time,
      preset: row.policy_preset,
      startsAt: new Date(row.starts_at),
      plannedUntil: row.planned_until,
      endedOn: earlier(row.ended_on, row.withdrawn_on),
    }));
  }

  async closures(organizationId: number): Promise<Map<number, StationClosures>> {
    const stations = await this.#database('stations')
      .where({ organization_id: organizationId })
      .select<StationRow[]>('id', 'closed_days', 'closed_weekdays', 'closed_on_holidays');
    const holidays = (await this.#database('holidays').select<{ date: string }[]>('date')).map(
      (row) => row.date,
    );
    const closed = await this.#database('closed_days')
      .whereIn(
        'station_id',
        stations.map((station) => station.id),
      )
      .select<{ station_id: number; date: string }[]>('station_id', 'date');
    return new Map(
      stations.map((station) => {
        const own = closed.filter((day) => day.station_id === station.id).map((day) => day.date);
        const dates = new Set(station.closed_on_holidays === 1 ? [...own, ...holidays] : own);
        const closedWeekdays = JSON.parse(station.closed_weekdays) as number[];
        return [station.id, { closedDays: station.closed_days, closedWeekdays, dates }];
      }),
    );
  }

  /**
   * Writes check-ins and notes up to which day their plans are written, in one transaction.
   * A check-in that is there already stays as it is.
   */
  async write(
    plans: readonly PlanToWrite[],
    planned: readonly PlannedCheckin[],
    until: string,
  ): Promise<void> {
    const byId = new Map(plans.map((plan) => [plan.id, plan]));
    await againAfterDeadlock(this.#database, async (trx) => {
      await trx('check_in_plans')
        .whereIn('id', [...byId.keys()])
        .update({ planned_until: until });
      // The plans are locked now: one that an import has ended since it was read is not written any further, and
      // whoever was moved since has another station.
      const locked = await trx('check_in_plans as p')
        .join('subscribers as s', 's.id', 'p.subscriber_id')
        .whereIn('p.id', [...byId.keys()])
        .select<{ id: number; ended_on: string | null; station_id: number }[]>(
          'p.id',
          'p.ended_on',
          's.station_id',
        );
      const now = new Map(locked.map((plan) => [plan.id, plan]));
      const rows = planned.flatMap((one) => {
        const [plan, state] = [byId.get(one.planId), now.get(one.planId)];
        if (!plan || !state || one.plannedOn >= (state.ended_on ?? until)) return [];
        return [checkinRow({ ...plan, stationId: state.station_id }, one)];
      });
      for (let from = 0; from < rows.length; from += rowsPerStatement) {
        await trx('check_ins')
          .insert(rows.slice(from, from + rowsPerStatement))
          .onConflict(['plan_id', 'planned_on'])
          // Not ignore(): MariaDB would then pass over every other fault too, and somebody would be forgotten.
          .merge(['plan_id']);
      }
    });
  }
}

function checkinRow(plan: PlanToWrite, one: PlannedCheckin): Record<string, string | number | null> {
  const dueAt = one.dueAt.getTime();
  return {
    organization_id: plan.organizationId,
    station_id: plan.stationId,
    subscriber_id: plan.subscriberId,
    plan_id: plan.id,
    policy_preset: plan.preset,
    planned_on: one.plannedOn,
    due_on: one.dueOn,
    due_at: dueAt,
    next_call_at: one.nextCallAt.getTime(),
    give_up_at: one.giveUpAt.getTime(),
    state: one.mergedIntoNextOpenDay ? 'cancelled' : 'due',
    result: one.mergedIntoNextOpenDay ? 'closedDay' : null,
    settled_at: one.mergedIntoNextOpenDay ? dueAt : null,
  };
}

function earlier(one: string | null, other: string | null): string | undefined {
  return [one, other].filter((date) => date !== null).sort()[0];
}
