import type { Clock } from '../clock.js';
import { boundsOfDay, localDate } from '../checkins/local-day.js';
import type { YearReport } from '../consultations/consultation-counts.js';
import type { CountStore } from '../consultations/count-store.js';
import { groupBy } from '../storage/chunks.js';
import { callKey, type FigureFactsStore, type Tenant } from './figure-facts-store.js';
import { figureRules, type FigureRules } from './figure-rules.js';
import { buildReport, seriesOf, type FiguresReport, type Series, type TenantYear } from './figures-report.js';
import { countedUntil, firstDayOf, lastDayOf, monthsOfYear } from './fiscal-year.js';
import { noCalls, noConsultations, type CallCount, type ConsultationCount } from './month-figures.js';
import type { MonthSumStore } from './month-sum-store.js';
import { countPeople, type CountedMonth } from './people-months.js';
import type { Target } from './target.js';
import type { TargetStore } from './target-store.js';

const usualZone = 'Asia/Tokyo';

export interface FiguresAnswer {
  report: FiguresReport & { rules: FigureRules };
  /** Each tenant's own series. */
  each: Series[];
}

/** Brings a year's figures together; as many statements for a thousand tenants as for one. */
export class FiguresReader {
  readonly #facts: FigureFactsStore;
  readonly #sums: MonthSumStore;
  readonly #counts: Pick<CountStore, 'years'>;
  readonly #targets: TargetStore;
  readonly #clock: Clock;

  constructor(parts: {
    facts: FigureFactsStore;
    sums: MonthSumStore;
    counts: Pick<CountStore, 'years'>;
    targets: TargetStore;
    clock: Clock;
  }) {
    this.#facts = parts.facts;
    this.#sums = parts.sums;
    this.#counts = parts.counts;
    this.#targets = parts.targets;
    this.#clock = parts.clock;
  }

  /** Today's date, where the tenant is. */
  today(zone = usualZone): string {
    return localDate(this.#clock(), zone);
  }

  /** All of them by name, to choose from. */
  async tenants(): Promise<{ id: number; name: string }[]> {
    return (await this.#facts.tenants()).map(({ id, name }) => ({ id, name }));
  }

  /** @param organizationId undefined: all tenants */
  async year(fiscalYear: number, organizationId?: number): Promise<FiguresAnswer> {
    const tenants = await this.#facts.tenants(organizationId);
    const months = monthsOfYear(fiscalYear);
    const reports = await this.#counts.years(tenants, fiscalYear);
    const years: TenantYear[] = [];
    for (const [zone, group] of groupBy(tenants, ({ timeZone }) => timeZone)) {
      years.push(...(await this.#ofZone(zone, group, months, reports)));
    }
    // One list of tenants, in one order, whatever their zones.
    const inOrder = tenants.flatMap(({ id }) => years.filter((year) => year.id === id));
    const own = organizationId === undefined ? undefined : reports.get(organizationId);
    const today = this.today(tenants.length === 1 ? tenants[0]?.timeZone : usualZone);
    const targets = await this.#targets.ofYear(fiscalYear, organizationId);
    const report = buildReport({
      ...{ fiscalYear, today, months, tenants: inOrder, organizationId },
      targets: own && organizationId !== undefined ? withRuled(targets, own, organizationId) : targets,
    });
    const each = inOrder.map(({ id }) => seriesOf({ organizationId: id }, inOrder, months));
    return { report: { ...report, rules: figureRules(own?.rules) }, each };
  }

  async #ofZone(
    zone: string,
    tenants: readonly Tenant[],
    months: readonly string[],
    reports: ReadonlyMap<number, YearReport>,
  ): Promise<TenantYear[]> {
    const counted = months.flatMap((month) => countedMonth(month, this.today(zone), zone));
    const last = counted.at(-1);
    const ids = tenants.map(({ id }) => id);
    const [people, calls] = await Promise.all([
      last ? this.#facts.people(ids, last.until) : new Map<number, never>(),
      this.#calls(zone, tenants, counted),
    ]);
    return tenants.map(({ id, name, kind, region, firstOn }) => {
      const report = reports.get(id);
      const ofPeople = countPeople(people.get(id) ?? [], counted);
      return {
        ...{ id, name, kind, region },
        months: counted.map(({ month, until }, index) => ({
          ...(calls.get(callKey(id, month)) ?? noCalls),
          ...consultationsOf(report?.months.find((one) => one.month === month)),
          ...(ofPeople[index] ?? { subscribers: 0, active: 0, withdrawals: 0 }),
          introduced: kind !== 'operator' && firstOn !== undefined && firstOn <= until ? 1 : 0,
        })),
        consultations: consultationsOf(report?.year),
      };
    });
  }

  /** Past months as they were summed; this month, and what was not summed yet, from the check-ins themselves. */
  async #calls(
    zone: string,
    tenants: readonly Tenant[],
    months: readonly CountedMonth[],
  ): Promise<ReadonlyMap<string, CallCount>> {
    const [first, last] = [months[0], months.at(-1)];
    if (!first || !last) return new Map();
    const today = this.today(zone);
    const past = months.filter(({ month }) => lastDayOf(month) < today);
    const ids = tenants.map(({ id }) => id);
    const summed = await this.#sums.between(ids, first.month, past.at(-1)?.month ?? '');
    const isMissing = ({ id, firstOn }: Tenant, month: string): boolean =>
      firstOn !== undefined && firstOn <= lastDayOf(month) && !summed.has(callKey(id, month));
    const unsummed = past.filter(({ month }) => tenants.some((tenant) => isMissing(tenant, month)));
    const late = tenants.filter((tenant) => unsummed.some(({ month }) => isMissing(tenant, month)));
    const [from, until] = [unsummed[0]?.from, unsummed.at(-1)?.until];
    const missing =
      from === undefined || until === undefined
        ? []
        : await this.#facts.calls(
            late.map(({ id }) => id),
            zone,
            { from, until },
          );
    const isNow = lastDayOf(last.month) >= today;
    const now = isNow ? await this.#facts.calls(ids, zone, last) : [];
    return new Map([...missing, ...summed, ...now]);
  }
}

function countedMonth(month: string, today: string, zone: string): CountedMonth[] {
  const until = countedUntil(month, today);
  if (until === undefined) return [];
  return [{ month, from: firstDayOf(month), until, endsAt: boundsOfDay(until, zone).until.getTime() }];
}

function consultationsOf(counts: YearReport['year'] | undefined): ConsultationCount {
  if (!counts) return noConsultations;
  const { contactCount: contacts, personCount: persons, handledCount: handled, leaseCount: leases } = counts;
  return { contacts, persons, handled, leases };
}

/** What the tenant's rules of counting promise stands where no target of the year says otherwise. */
function withRuled(
  targets: readonly Target[],
  { targets: ruled, fiscalYear }: YearReport,
  id: number,
): Target[] {
  const measures = ['consultations', 'handled', 'leases'] as const;
  const added = measures.flatMap((measure): Target[] => {
    const value = ruled[measure];
    if (value === null || targets.some((one) => one.measure === measure)) return [];
    return [{ fiscalYear, measure, scope: { organizationId: id }, value, version: 0 }];
  });
  return [...targets, ...added];
}
