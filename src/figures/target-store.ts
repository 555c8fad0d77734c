import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import {
  readScopeKey,
  scopeKey,
  targetMeasures,
  type FigureScope,
  type Target,
  type TargetMeasure,
} from './target.js';

interface TargetRow {
  id: number;
  fiscal_year: number;
  measure: string;
  scope: string;
  value: number;
  version: number;
}

export type TargetChange =
  | { kind: 'saved'; target: Target | undefined }
  /** Somebody else was there first; `target` is theirs, undefined when they took it away. */
  | { kind: 'changedMeanwhile'; target: Target | undefined };

/** What was promised, year by year. */
export class TargetStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @param organizationId a tenant's own; undefined: those of the whole service */
  async ofYear(fiscalYear: number, organizationId?: number): Promise<Target[]> {
    const rows = await this.#database('targets')
      .where({ fiscal_year: fiscalYear, organization_id: organizationId ?? null })
      .orderBy(['scope', 'id'])
      .select<TargetRow[]>('*');
    return rows.map(targetOf);
  }

  /**
   * Writes a target, or takes it away. What is there already just so is no conflict: a second click does nothing.
   *
   * @param change `version` is the one that was shown, 0 for a new one; `value` undefined takes it away
   */
  async change(
    change: {
      fiscalYear: number;
      measure: TargetMeasure;
      scope: FigureScope;
      value: number | undefined;
      version: number;
    },
    by: number | undefined,
    now: Date,
  ): Promise<TargetChange> {
    const { fiscalYear, measure, value, version } = change;
    const key = { fiscal_year: fiscalYear, measure, scope: scopeKey(change.scope) };
    const organizationId = 'organizationId' in change.scope ? change.scope.organizationId : null;
    const written = { updated_at: now.getTime(), updated_by: by ?? null };
    return againAfterDeadlock(this.#database, async (trx) => {
      // A write comes first, so that nobody else writes between our look and our change.
      await trx('targets').where(key).update({ measure });
      const row = await trx('targets').where(key).first<TargetRow | undefined>('*');
      const target = row && targetOf(row);
      if (row?.value === value) return { kind: 'saved', target };
      if ((row?.version ?? 0) !== version) return { kind: 'changedMeanwhile', target };
      if (value === undefined) {
        await trx('targets').where(key).delete();
        return { kind: 'saved', target: undefined };
      }
      if (row) {
        await trx('targets')
          .where(key)
          .update({ value, version: version + 1, ...written });
      } else {
        await trx('targets')
          .insert({ ...key, organization_id: organizationId, value, version: 1, ...written })
          // Two at once for the same new target: the second one's word stands.
          .onConflict(['fiscal_year', 'measure', 'scope'])
          .merge(['value', 'updated_at', 'updated_by']);
      }
      return { kind: 'saved', target: { ...change, value, version: version + 1 } };
    });
  }

  /** @param region where the tenant is; undefined: nowhere in particular */
  async moveTo(organizationId: number, region: string | undefined): Promise<void> {
    if (region === undefined) {
      await this.#database('figure_regions').where({ organization_id: organizationId }).delete();
      return;
    }
    await this.#database('figure_regions')
      .insert({ organization_id: organizationId, region })
      .onConflict('organization_id')
      .merge(['region']);
  }

  /** Regions that some target or tenant names. */
  async regions(): Promise<string[]> {
    const targets = await this.#database('targets').distinct<{ scope: string }[]>('scope');
    const tenants = await this.#database('figure_regions').distinct<{ region: string }[]>('region');
    const named = targets.flatMap(({ scope }) => {
      const read = readScopeKey(scope);
      return 'region' in read && read.region !== undefined ? [read.region] : [];
    });
    return [...new Set([...named, ...tenants.map(({ region }) => region)])].sort();
  }
}

function targetOf({ fiscal_year, measure, scope, value, version }: TargetRow): Target {
  if (!isMeasure(measure)) throw new Error(`a target of what? ${measure}`);
  return { fiscalYear: fiscal_year, measure, scope: readScopeKey(scope), value, version };
}

function isMeasure(word: string): word is TargetMeasure {
  return Object.hasOwn(targetMeasures, word);
}
