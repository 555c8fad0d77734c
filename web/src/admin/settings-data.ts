import type { CallPolicy, PolicyPreset } from '../../../src/checkins/call-policy';
import type { Answer } from '../../../src/checkins/attempt-outcome';
import type { StationOfTenant } from '../../../src/organizations/station-store';

export type StationRow = StationOfTenant;

export interface StoredPolicy {
  preset: PolicyPreset;
  policy: CallPolicy;
  version: number;
}

export interface StoredKeys {
  keyMap: Record<string, Answer>;
  version: number;
}

/** How a tenant calls its people, as the service answers it. */
export interface TenantSettings {
  timeZone: string;
  keys: StoredKeys;
  policies: StoredPolicy[];
  stations: StationRow[];
  spokenNames: string[];
}
