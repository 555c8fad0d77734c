import { z } from 'zod';
import { answers, type Answer } from '../checkins/attempt-outcome.js';
import {
  callPolicySchema,
  policyPresets,
  presetPolicies,
  type CallPolicy,
  type PolicyPreset,
} from '../checkins/call-policy.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';

export const organizationKinds = [
  'municipality',
  'communityAssociation',
  'privateBusiness',
  'operator',
] as const;
export type OrganizationKind = (typeof organizationKinds)[number];

export interface Organization {
  id: number;
  kind: OrganizationKind;
  name: string;
  timeZone: string;
  weight: number;
  /** Recording that says the tenant's name, such as `names/matsudo`. */
  spokenName: string | undefined;
  /** Digit → what it means. */
  keyMap: ReadonlyMap<string, Answer>;
  policies: Readonly<Record<PolicyPreset, CallPolicy>>;
}

export interface Station {
  id: number;
  organizationId: number;
  name: string;
}

const keyMapSchema = z.record(z.string().regex(/^[1-9]$/, 'a digit from 1 to 9'), z.enum(answers));
/** The keys that Matsudo's stations have used since 2012. */
const usualKeys = { 1: 'ok', 2: 'unwell', 3: 'contactRequested' };

interface OrganizationRow {
  id: number;
  kind: OrganizationKind;
  name: string;
  time_zone: string;
  weight: number;
  spoken_name: string | null;
  key_map: string;
}

export class OrganizationStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws ZodError naming the field when the key map or a policy is not usable */
  async add(
    organization: {
      kind: OrganizationKind;
      name: string;
      timeZone?: string;
      spokenName?: string;
      keyMap?: Record<string, string>;
      policies?: Partial<Record<PolicyPreset, CallPolicy>>;
    },
    now: Date,
  ): Promise<number> {
    const { kind, name, timeZone = 'Asia/Tokyo', keyMap = usualKeys, policies = {} } = organization;
    const keys = JSON.stringify(keyMapSchema.parse(keyMap));
    return againAfterDeadlock(this.#database, async (trx) => {
      const [id = 0]: number[] = await trx('organizations').insert({
        kind,
        name,
        time_zone: timeZone,
        spoken_name: organization.spokenName ?? null,
        key_map: keys,
        created_at: now.getTime(),
      });
      for (const preset of policyPresets) {
        const policy = callPolicySchema.parse(policies[preset] ?? presetPolicies[preset]);
        await trx('call_policies').insert({ organization_id: id, preset, policy: JSON.stringify(policy) });
      }
      return id;
    });
  }

  async addStation(
    station: {
      organizationId: number;
      name: string;
      spokenName?: string;
      closedDays?: 'callAnyway' | 'nextOpenDay';
      closedWeekdays?: number[];
      closedOnHolidays?: boolean;
    },
    now: Date,
  ): Promise<number> {
    const [id = 0]: number[] = await this.#database('stations').insert({
      organization_id: station.organizationId,
      name: station.name,
      spoken_name: station.spokenName ?? null,
      closed_days: station.closedDays ?? 'callAnyway',
      closed_weekdays: JSON.stringify(station.closedWeekdays ?? []),
      closed_on_holidays: station.closedOnHolidays ?? false,
      created_at: now.getTime(),
    });
    return id;
  }

  async all(): Promise<Organization[]> {
    const rows = await this.#database('organizations').select<OrganizationRow[]>('*').orderBy('id');
    const policies = await this.#database('call_policies').select<
      { organization_id: number; preset: string; policy: string }[]
    >('organization_id', 'preset', 'policy');
    return rows.map((row) => {
      const own = new Map(
        policies.filter((one) => one.organization_id === row.id).map((one) => [one.preset, one.policy]),
      );
      const policyOf = (preset: PolicyPreset): CallPolicy => {
        const stored = own.get(preset);
        return stored ? callPolicySchema.parse(JSON.parse(stored)) : presetPolicies[preset];
      };
      return {
        id: row.id,
        kind: row.kind,
        name: row.name,
        timeZone: row.time_zone,
        weight: row.weight,
        spokenName: row.spoken_name ?? undefined,
        keyMap: new Map(Object.entries(keyMapSchema.parse(JSON.parse(row.key_map)))),
        policies: { matsudo: policyOf('matsudo'), sameDay: policyOf('sameDay') },
      };
    });
  }

  async stations(): Promise<Station[]> {
    const rows = await this.#database('stations')
      .select<{ id: number; organization_id: number; name: string }[]>('id', 'organization_id', 'name')
      .orderBy('id');
    return rows.map((row) => ({ id: row.id, organizationId: row.organization_id, name: row.name }));
  }
}
