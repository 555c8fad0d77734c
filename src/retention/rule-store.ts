import type { Database } from '../storage/database.js';
import type { Changed } from '../storage/versions.js';
import type { Author, NoteChange } from '../users/change-log.js';
import {
  isServiceRule,
  ruleBounds,
  serviceItself,
  serviceRuleKinds,
  tenantRuleKinds,
  type RuleKind,
} from './rules.js';

export interface Rule {
  kind: RuleKind;
  months: number;
  /** 0 as long as nobody has changed it. */
  version: number;
}

/** How long each kind of record is kept: the usual time, but for what a tenant has changed. */
export class RuleStore {
  readonly #database: Database;
  readonly #note: NoteChange;

  constructor({ database, note }: { database: Database; note: NoteChange }) {
    this.#database = database;
    this.#note = note;
  }

  /** @param organizationId `serviceItself` for what belongs to no tenant */
  async of(organizationId: number): Promise<Rule[]> {
    const rows = await this.#database('retention_rules')
      .where({ organization_id: organizationId })
      .select<Rule[]>('kind', 'months', 'version');
    const own = new Map(rows.map((row) => [row.kind, row]));
    const kinds = organizationId === serviceItself ? serviceRuleKinds : tenantRuleKinds;
    return kinds.map((kind) => own.get(kind) ?? { kind, months: ruleBounds[kind].usual, version: 0 });
  }

  /** Changes a rule and notes who did; the months are within their bounds already. */
  async change(organizationId: number, { kind, months, version }: Rule, by: Author): Promise<Changed> {
    if (isServiceRule(kind) !== (organizationId === serviceItself)) return { kind: 'noSuch' };
    const place = { organization_id: organizationId, kind };
    return this.#database.transaction(async (trx) => {
      // Writes first: both engines then let nobody in between the reading and the change.
      await trx('retention_rules')
        .insert({ ...place, months: ruleBounds[kind].usual, version: 0, updated_at: by.at.getTime() })
        .onConflict(['organization_id', 'kind'])
        .merge(['kind']);
      const before = await trx('retention_rules').where(place).first<Rule & { id: number }>('*');
      const won = await trx('retention_rules')
        .where({ ...place, version })
        .update({
          ...{ months, version: version + 1 },
          ...{ updated_at: by.at.getTime(), updated_by: by.userId ?? null },
        });
      if (won !== 1) return { kind: 'changedMeanwhile' };
      await this.#note(trx, {
        by,
        organizationId: organizationId === serviceItself ? undefined : organizationId,
        ...{ subject: 'retention', subjectId: before.id, detail: `retention.${kind}` },
        fields: [{ field: 'months', from: before.months, to: months }],
      });
      return { kind: 'changed', version: version + 1 };
    });
  }
}
