import { DateTime } from 'luxon';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Organization } from '../organizations/organization-store.js';
import { zoneNamed } from '../time-zone.js';
import type { PlanStore, StationClosures } from './plan-store.js';
import { plannedCheckins, type StationCalendar } from './schedule.js';

/** Days written ahead: today and the next two. */
const daysAhead = 3;
/** After a longer downtime the days before are not made up for: they are lost, and the operator knows of the downtime. */
const longestGapDays = 7;
const plansPerBatch = 1000;

/** Writes the coming check-ins as rows. Repeating it changes nothing; after downtime it goes on where it stopped. */
export class Planner {
  readonly #plans: PlanStore;
  readonly #organizations: () => ReadonlyMap<number, Organization>;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(options: {
    plans: PlanStore;
    organizations: () => ReadonlyMap<number, Organization>;
    clock: Clock;
    log: Logger;
  }) {
    this.#plans = options.plans;
    this.#organizations = options.organizations;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** @returns how many plans were brought up to date */
  async run(): Promise<number> {
    let count = 0;
    for (const organization of this.#organizations().values()) count += await this.#plan(organization);
    return count;
  }

  async #plan(organization: Organization): Promise<number> {
    const { timeZone, policies, id } = organization;
    const today = DateTime.fromJSDate(this.#clock(), { zone: zoneNamed(timeZone) });
    const until = today.plus({ days: daysAhead }).toISODate() ?? '';
    const earliest = today.minus({ days: longestGapDays }).toISODate() ?? '';
    let closures: Map<number, StationClosures> | undefined;
    let count = 0;
    for (;;) {
      const plans = await this.#plans.findUnplanned(id, until, plansPerBatch);
      if (plans.length === 0) break;
      closures ??= await this.#plans.closures(id);
      const planned = plans.flatMap((plan) => {
        const from = plan.plannedUntil > earliest ? plan.plannedUntil : earliest;
        const calendar = calendarOf(closures?.get(plan.stationId), timeZone);
        return plannedCheckins(plan, { from, until }, calendar, policies, timeZone);
      });
      await this.#plans.write(plans, planned, until);
      count += plans.length;
    }
    if (count > 0)
      this.#log.info(
        { event: 'planner.planned', organizationId: id, plans: count, until },
        'check-ins are planned',
      );
    return count;
  }
}

function calendarOf(closures: StationClosures | undefined, zone: string): StationCalendar {
  return {
    closedDays: closures?.closedDays ?? 'callAnyway',
    isClosed: (date) =>
      (closures?.dates.has(date) ?? false) ||
      (closures?.closedWeekdays.includes(DateTime.fromISO(date, { zone: zoneNamed(zone) }).weekday) ?? false),
  };
}
