import type { Knex } from 'knex';
import { z } from 'zod';
import { answers } from '../checkins/attempt-outcome.js';
import { callPolicySchema, policyPresets, presetPolicies } from '../checkins/call-policy.js';
import type { CallPolicy, PolicyPreset } from '../checkins/call-policy.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Changed } from '../storage/versions.js';
import { differences, type Author, type Change, type NoteChange } from '../users/change-log.js';

/** Digits and what they mean; one of them must mean that all is well. */
export const tenantKeysSchema = z
  .record(z.string().regex(/^[1-9]$/, 'a digit from 1 to 9'), z.enum(answers))
  .refine((keys) => Object.values(keys).includes('ok'), 'one key must mean that all is well');
export type TenantKeys = z.infer<typeof tenantKeysSchema>;

export interface PolicySettings {
  preset: PolicyPreset;
  policy: CallPolicy;
  version: number;
}

/** How a tenant calls its people, with the versions of what may be edited. */
export class SettingsStore {
  readonly #database: Database;
  readonly #note: NoteChange;

  constructor({ database, note }: { database: Database; note: NoteChange }) {
    this.#database = database;
    this.#note = note;
  }

  async keys(organizationId: number): Promise<{ keyMap: TenantKeys; version: number } | undefined> {
    const row = await this.#database('organizations')
      .where({ id: organizationId })
      .first<{ key_map: string; version: number } | undefined>('key_map', 'version');
    return row && { keyMap: JSON.parse(row.key_map) as TenantKeys, version: row.version };
  }

  /** The version is that of the whole tenant. */
  async changeKeys(
    organizationId: number,
    { version, keyMap }: { version: number; keyMap: TenantKeys },
    by: Author,
  ): Promise<Changed> {
    const before = await this.keys(organizationId);
    if (!before) return { kind: 'noSuch' };
    const fields = differences({ keyMap: before.keyMap }, { keyMap });
    const change = {
      by,
      organizationId,
      subject: 'organization',
      subjectId: organizationId,
      fields,
    } as const;
    return this.#change(
      'organizations',
      organizationId,
      version,
      { key_map: JSON.stringify(keyMap) },
      {
        ...change,
        detail: 'keys.edit',
      },
    );
  }

  /** Both of them; one that was never stored is the preset itself, of version 0. */
  async policies(organizationId: number): Promise<PolicySettings[]> {
    const rows = await this.#database('call_policies')
      .where({ organization_id: organizationId })
      .select<{ preset: string; policy: string; version: number }[]>('preset', 'policy', 'version');
    return policyPresets.map((preset) => {
      const row = rows.find((one) => one.preset === preset);
      return {
        preset,
        policy: row ? callPolicySchema.parse(JSON.parse(row.policy)) : presetPolicies[preset],
        version: row?.version ?? 0,
      };
    });
  }

  async changePolicy(
    organizationId: number,
    { preset, policy, version }: PolicySettings,
    by: Author,
  ): Promise<Changed> {
    const row = await this.#database('call_policies')
      .where({ organization_id: organizationId, preset })
      .first<{ id: number; policy: string } | undefined>('id', 'policy');
    const before = row ? callPolicySchema.parse(JSON.parse(row.policy)) : presetPolicies[preset];
    const fields = differences(before, policy);
    const change = { by, organizationId, subject: 'policy', detail: `policy.${preset}`, fields } as const;
    const text = JSON.stringify(callPolicySchema.parse(policy));
    if (row)
      return this.#change(
        'call_policies',
        row.id,
        version,
        { policy: text },
        { ...change, subjectId: row.id },
      );
    if (version !== 0) return { kind: 'changedMeanwhile' };
    return againAfterDeadlock(this.#database, async (trx): Promise<Changed> => {
      const key = { organization_id: organizationId, preset };
      const [subjectId = 0]: number[] = await trx('call_policies').insert({ ...key, policy: text });
      await this.#note(trx, { ...change, subjectId });
      return { kind: 'changed', version: 1 };
    });
  }

  #change(
    table: 'organizations' | 'call_policies',
    id: number,
    version: number,
    row: Record<string, string>,
    change: Change,
  ): Promise<Changed> {
    return againAfterDeadlock(this.#database, (trx) =>
      changeVersion(trx, { table, id, version, row }, () => this.#note(trx, change)),
    );
  }
}

/** Writes a row over the version that was read, and what goes with it; its first statement writes. */
export async function changeVersion(
  trx: Knex,
  { table, id, version, row }: { table: string; id: number; version: number; row: Record<string, unknown> },
  then: () => Promise<void>,
): Promise<Changed> {
  const won = await trx(table)
    .where({ id, version })
    .update({ ...row, version: version + 1 });
  if (won !== 1) return { kind: 'changedMeanwhile' };
  await then();
  return { kind: 'changed', version: version + 1 };
}
