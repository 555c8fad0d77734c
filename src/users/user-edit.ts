import type { Role } from './permissions.js';

/** What can be changed of an account; all of it is always said. */
export interface UserEdit {
  name: string;
  role: Role;
  /** Of a station's user; of anybody else none. */
  stationIds: readonly number[];
  /** Of a counsellor, or of a supervisor who answers, too. */
  counsellorId: number | undefined;
}

export type EditedPart = 'name' | 'role' | 'stations' | 'counsellor';

/** Takes away what the role has no use for: who was a station's user keeps no station. */
export function fittedEdit({ name, role, stationIds, counsellorId }: UserEdit): UserEdit {
  const answers = role === 'counsellor' || role === 'supervisor';
  return {
    ...{ name, role },
    stationIds: role === 'station' ? [...new Set(stationIds)].sort((one, other) => one - other) : [],
    counsellorId: answers ? counsellorId : undefined,
  };
}

/** What a role lacks to be able to do anything. */
export function missingFor({
  role,
  stationIds,
  counsellorId,
}: UserEdit): 'stations' | 'counsellor' | undefined {
  if (role === 'station' && stationIds.length === 0) return 'stations';
  return role === 'counsellor' && counsellorId === undefined ? 'counsellor' : undefined;
}

/** What differs, in an order of its own. */
export function editedParts(before: UserEdit, after: UserEdit): EditedPart[] {
  const differs: Readonly<Record<EditedPart, boolean>> = {
    name: before.name !== after.name,
    role: before.role !== after.role,
    stations: [...before.stationIds].sort().join() !== [...after.stationIds].sort().join(),
    counsellor: before.counsellorId !== after.counsellorId,
  };
  return (Object.keys(differs) as EditedPart[]).filter((part) => differs[part]);
}

/** Whether who is in must come in anew: their screens show what they may see no longer. */
export function endsSessions(parts: readonly EditedPart[]): boolean {
  return parts.some((part) => part !== 'name');
}

/** Whether one of the first role can be given the second without changing whom they work for. */
export function staysAtHome(from: Role, to: Role): boolean {
  return (from === 'operator') === (to === 'operator');
}
