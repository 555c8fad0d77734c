/** What can be promised, and by which figure it is measured. */
export const targetMeasures = {
  subscribers: 'subscribers',
  active: 'active',
  introduced: 'introduced',
  consultations: 'contacts',
  handled: 'handled',
  leases: 'leases',
} as const;
export type TargetMeasure = keyof typeof targetMeasures;

/** The three kinds of tenants that the plans speak of. */
export const plannedKinds = ['municipality', 'communityAssociation', 'privateBusiness'] as const;
export type PlannedKind = (typeof plannedKinds)[number];

/** Whom a figure or a target is about: one tenant, or those of a kind, of a region, of both, or all of them. */
export type FigureScope =
  { organizationId: number } | { region?: string | undefined; kind?: PlannedKind | undefined };

export interface Target {
  fiscalYear: number;
  measure: TargetMeasure;
  scope: FigureScope;
  value: number;
  /** 0: it comes from the tenant's rules of counting, and was never written here. */
  version: number;
}

/** A target beside what there is. */
export interface Standing extends Omit<Target, 'scope'> {
  /** As `scopeKey` writes it. */
  scope: string;
  actual: number;
  /** Reached share in whole per cent, rounded down: 100 is reached; null when the target is 0. */
  percent: number | null;
}

/** The one name of a scope, in the database and in answers. */
export function scopeKey(scope: FigureScope): string {
  if ('organizationId' in scope) return `organization:${scope.organizationId}`;
  const parts = [
    ...(scope.region === undefined ? [] : [`region:${scope.region}`]),
    ...(scope.kind === undefined ? [] : [`kind:${scope.kind}`]),
  ];
  return parts.join('/') || 'all';
}

export function readScopeKey(key: string): FigureScope {
  const organization = /^organization:(\d+)$/.exec(key)?.[1];
  if (organization !== undefined) return { organizationId: Number(organization) };
  const region = /^region:([^/]+)/.exec(key)?.[1];
  const kind = plannedKinds.find((one) => key.endsWith(`kind:${one}`));
  return { ...(region !== undefined && { region }), ...(kind && { kind }) };
}

export function isWithin(
  scope: FigureScope,
  tenant: { id: number; kind: string; region: string | undefined },
): boolean {
  if ('organizationId' in scope) return scope.organizationId === tenant.id;
  const regionFits = scope.region === undefined || scope.region === tenant.region;
  return regionFits && (scope.kind === undefined || scope.kind === tenant.kind);
}

/** Compares a target with what there is at the year's end, or today. */
export function standingOf({ scope, ...target }: Target, actual: number): Standing {
  const percent = target.value > 0 ? Math.floor((actual / target.value) * 100) : null;
  return { ...target, scope: scopeKey(scope), actual, percent };
}
