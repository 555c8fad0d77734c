import {
  addFacts,
  figuresOf,
  yearFacts,
  type ConsultationCount,
  type Figures,
  type MonthFacts,
} from './month-figures.js';
import {
  isWithin,
  plannedKinds,
  scopeKey,
  standingOf,
  targetMeasures,
  type FigureScope,
  type Standing,
  type Target,
} from './target.js';

/** What one tenant's year came to. */
export interface TenantYear {
  id: number;
  name: string;
  kind: string;
  region: string | undefined;
  /** Those months that have begun. */
  months: MonthFacts[];
  /** Of the whole year: months do not add up to it. */
  consultations: ConsultationCount;
}

/** A scope's year, month by month; null for months to come, and for a year to come. */
export interface Series {
  /** As `scopeKey` writes it. */
  scope: string;
  months: (Figures | null)[];
  year: Figures | null;
}

export interface FiguresReport {
  fiscalYear: number;
  /** The last day that is counted. */
  today: string;
  months: string[];
  /** The first one is the page's own: one tenant, or all of them. */
  series: Series[];
  tenants: { id: number; name: string; kind: string; region: string | null; year: Figures | null }[];
  targets: Standing[];
}

/**
 * Puts the figures of tenants together: of one alone, or of all, by kind, and wherever a target looks.
 *
 * @param organizationId undefined: all tenants
 */
export function buildReport({
  fiscalYear,
  today,
  months,
  tenants,
  targets,
  organizationId,
}: {
  fiscalYear: number;
  today: string;
  months: string[];
  tenants: readonly TenantYear[];
  targets: readonly Target[];
  organizationId: number | undefined;
}): FiguresReport {
  const own: FigureScope[] =
    organizationId === undefined ? [{}, ...plannedKinds.map((kind) => ({ kind }))] : [{ organizationId }];
  const series = own.map((scope) => seriesOf(scope, tenants, months));
  const known = new Map(series.map((one) => [one.scope, one]));
  const standings = targets.map((target) => {
    const of = known.get(scopeKey(target.scope)) ?? seriesOf(target.scope, tenants, months);
    return standingOf(target, of.year?.[targetMeasures[target.measure]] ?? 0);
  });
  return {
    ...{ fiscalYear, today, months, series },
    tenants: tenants.map(({ id, name, kind, region, ...of }) => ({
      ...{ id, name, kind, region: region ?? null },
      year: of.months.length === 0 ? null : figuresOf(yearFacts(of.months, of.consultations)),
    })),
    targets: standings,
  };
}

/** The figures of a scope's tenants together. */
export function seriesOf(
  scope: FigureScope,
  tenants: readonly TenantYear[],
  months: readonly string[],
): Series {
  const within = tenants.filter((tenant) => isWithin(scope, tenant));
  const begun = Math.max(0, ...tenants.map((tenant) => tenant.months.length));
  const facts = months.map((_month, index) =>
    addFacts(within.flatMap((tenant) => tenant.months[index] ?? [])),
  );
  const counted = facts.slice(0, begun);
  const consultations = addFacts(within.map((tenant) => yearFacts(tenant.months, tenant.consultations)));
  return {
    scope: scopeKey(scope),
    months: facts.map((one, index) => (index < begun ? figuresOf(one) : null)),
    year: begun === 0 ? null : figuresOf(yearFacts(counted, pickConsultations(consultations))),
  };
}

function pickConsultations({ contacts, persons, handled, leases }: ConsultationCount): ConsultationCount {
  return { contacts, persons, handled, leases };
}
