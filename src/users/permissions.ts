/** What people can be here; a user has exactly one. */
export const roles = ['operator', 'tenantAdmin', 'station', 'counsellor', 'supervisor', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Who has no account. `machine` holds the API token; `screen` is a paired television. */
type Device = 'machine' | 'screen';

/** A `stranger` has shown nothing, and may nothing. */
export type ActorRole = Role | Device | 'stranger';

/** Who asks. */
export interface Actor {
  role: ActorRole;
  /** Undefined for those who belong to none. */
  organizationId: number | undefined;
  stationIds: readonly number[];
  counsellorId: number | undefined;
}

/**
 * How far a permission reaches. `withReason`: every organization, when the one who asks says why (that is
 * logged); `self`: one's own work as a counsellor only.
 */
export type Reach = 'everywhere' | 'withReason' | 'organization' | 'stations' | 'self';

const [everywhere, withReason, organization, stations, self] = [
  'everywhere',
  'withReason',
  'organization',
  'stations',
  'self',
] as const;

/** Whoever works in an organization, but for the stations, sees what concerns it as a whole. */
const ofTheHouse = {
  tenantAdmin: organization,
  counsellor: organization,
  supervisor: organization,
  auditor: organization,
} as const;

/**
 * THE table of who may do what. A role that is not named may not.
 *
 * The operator sees figures and settings of all tenants, and a person's record only with a stated reason.
 * The auditor reads only: each of its permissions ends in `.see`. The machine reads for displays, and steers the
 * hotline for an intranet of one's own; it comes near no recording, account or trunk, and near no card but with the call that is being answered.
 * A screen shows its tenant's board, and nothing else.
 */
export const permissionTable = {
  'organization.see': { operator: everywhere, ...ofTheHouse, station: organization },
  'organization.edit': { operator: everywhere },
  'station.see': { operator: everywhere, ...ofTheHouse, station: stations, machine: everywhere },
  'station.edit': { operator: everywhere, tenantAdmin: organization },
  'policy.see': { operator: everywhere, ...ofTheHouse, station: organization },
  'policy.edit': { operator: everywhere, tenantAdmin: organization },
  'settings.see': { operator: everywhere, tenantAdmin: organization, auditor: organization },
  'hours.see': {
    operator: everywhere,
    tenantAdmin: organization,
    supervisor: organization,
    auditor: organization,
  },
  'retention.see': { operator: everywhere, tenantAdmin: organization, auditor: organization },
  'retention.edit': { operator: everywhere, tenantAdmin: organization },
  'prompt.edit': { operator: everywhere, tenantAdmin: organization },

  'ledger.see': {
    operator: withReason,
    tenantAdmin: organization,
    station: stations,
    auditor: organization,
    machine: everywhere,
  },
  'checkin.see': {
    operator: withReason,
    tenantAdmin: organization,
    station: stations,
    auditor: organization,
    machine: everywhere,
  },
  'checkin.confirm': { tenantAdmin: organization, station: stations },
  'alert.see': {
    operator: withReason,
    tenantAdmin: organization,
    station: stations,
    auditor: organization,
  },
  'alert.handle': { tenantAdmin: organization, station: stations },
  'subscriber.see': {
    operator: withReason,
    tenantAdmin: organization,
    station: stations,
    auditor: organization,
  },
  'subscriber.edit': { tenantAdmin: organization, station: stations },
  /** Somebody asked to be forgotten. */
  'subscriber.erase': { tenantAdmin: organization },
  'subscriber.import': { tenantAdmin: organization },
  /** A list that leaves the house; the one who takes it says why. */
  'subscriber.export': { tenantAdmin: organization },

  'hotline.see': { operator: everywhere, ...ofTheHouse, machine: everywhere },
  'hotline.edit': { operator: everywhere, tenantAdmin: organization, supervisor: organization },
  'hotline.answer': { counsellor: self, supervisor: self },
  'hotline.manage': { supervisor: organization },
  'hotline.listen': { supervisor: organization },
  /** All of `operated` below, in the name of whichever counsellor is named. */
  'hotline.operate': { machine: everywhere },
  'call.follow': { counsellor: self, supervisor: organization },
  'call.see': { operator: withReason, ...ofTheHouse },
  'counsellor.edit': { tenantAdmin: organization, supervisor: organization },
  'task.see': { tenantAdmin: organization, counsellor: organization, supervisor: organization },
  'task.handle': { counsellor: organization, supervisor: organization },
  'message.play': { counsellor: organization, supervisor: organization },
  'recording.play': { supervisor: organization },

  'card.see': {
    operator: withReason,
    tenantAdmin: organization,
    counsellor: organization,
    supervisor: organization,
    auditor: organization,
  },
  'card.edit': { counsellor: organization, supervisor: organization },
  'cardDesign.see': { tenantAdmin: organization, supervisor: organization, auditor: organization },
  'cardDesign.edit': { tenantAdmin: organization },

  'figures.see': { operator: everywhere, ...ofTheHouse, station: stations, machine: everywhere },
  'figures.edit': { operator: everywhere, tenantAdmin: organization },
  'report.see': {
    operator: withReason,
    tenantAdmin: organization,
    supervisor: organization,
    auditor: organization,
  },
  'wallboard.see': { operator: everywhere, ...ofTheHouse, machine: everywhere, screen: organization },
  'wallboard.edit': { operator: everywhere, tenantAdmin: organization, supervisor: organization },

  'trunk.see': { operator: everywhere },
  'trunk.edit': { operator: everywhere },
  /** Letting calls start again, or keeping them from it. */
  'hold.edit': { operator: everywhere },
  'service.see': { operator: everywhere },
  'service.edit': { operator: everywhere },
  /** Links, disks, clocks and versions: of the machine, and of nobody's people. */
  'health.see': { operator: everywhere, auditor: everywhere },
  'user.see': { operator: everywhere, tenantAdmin: organization, auditor: organization },
  'user.invite': { operator: everywhere, tenantAdmin: organization },
  'user.edit': { operator: everywhere, tenantAdmin: organization },
  'user.disable': { operator: everywhere, tenantAdmin: organization },
  'audit.see': { operator: everywhere, tenantAdmin: organization, auditor: organization },
} as const satisfies Record<string, Readonly<Partial<Record<Role | Device, Reach>>>>;

export type Permission = keyof typeof permissionTable;

/** The hotline's live operation: what goes with `hotline.operate`. Calls come with their cards while they are answered. */
const operated: readonly Permission[] = [
  'hotline.answer',
  'hotline.manage',
  'hotline.listen',
  'task.see',
  'task.handle',
  'call.follow',
];

export const permissions = Object.keys(permissionTable) as Permission[];

/** What something belongs to. Without an organization it belongs to the service itself. */
export interface Scope {
  organizationId: number | undefined;
  stationId?: number;
  counsellorId?: number;
}

/** How far this permission reaches for this role; undefined: not at all. */
export function reachOf(role: ActorRole, permission: Permission): Reach | undefined {
  const row: Readonly<Partial<Record<ActorRole, Reach>>> = permissionTable[permission];
  const operates: Readonly<Partial<Record<ActorRole, Reach>>> = permissionTable['hotline.operate'];
  return row[role] ?? (operated.includes(permission) ? operates[role] : undefined);
}

export type Decision =
  | { kind: 'allowed'; because: Reach }
  /** It would be allowed to one who says why. */
  | { kind: 'reasonNeeded' }
  /** Not to this role, wherever. */
  | { kind: 'notToThisRole' }
  /** To this role, but not there: to this one it does not exist. */
  | { kind: 'outOfReach' };

/** Decides whether somebody may do a thing to what belongs there. */
export function decideAccess(actor: Actor, permission: Permission, scope: Scope, reason = ''): Decision {
  const reach = reachOf(actor.role, permission);
  if (!reach) return { kind: 'notToThisRole' };
  if (reach === 'withReason' && reason.trim() === '') return { kind: 'reasonNeeded' };
  return reaches(actor, reach, scope) ? { kind: 'allowed', because: reach } : { kind: 'outOfReach' };
}

export function mayDo(actor: Actor, permission: Permission, scope: Scope, reason = ''): boolean {
  return decideAccess(actor, permission, scope, reason).kind === 'allowed';
}

function reaches(actor: Actor, reach: Reach, scope: Scope): boolean {
  if (reach === 'everywhere' || reach === 'withReason') return true;
  const atHome = actor.organizationId !== undefined && actor.organizationId === scope.organizationId;
  if (!atHome) return false;
  switch (reach) {
    case 'organization':
      return true;
    case 'stations':
      return scope.stationId !== undefined && actor.stationIds.includes(scope.stationId);
    case 'self':
      return scope.counsellorId !== undefined && actor.counsellorId === scope.counsellorId;
  }
}

/** What a role may do somewhere, for a console that shows only that. */
export function permissionsOf(role: ActorRole): Permission[] {
  return permissions.filter((permission) => reachOf(role, permission) !== undefined);
}

/** Whoever can let others in, or sees all tenants, needs a second factor. */
export function needsSecondFactor(role: Role): boolean {
  return role === 'operator' || role === 'tenantAdmin';
}

/** Whether one of the first role may give an account of the second, or take it away. */
export function mayGiveRole(giver: ActorRole, role: Role): boolean {
  return giver === 'operator' || (giver === 'tenantAdmin' && role !== 'operator');
}
