import type { FigureRules } from '../../../src/figures/figure-rules';
import type { FiguresReport, Series } from '../../../src/figures/figures-report';
import { plannedKinds } from '../../../src/figures/target';
import type { Language, Say } from '../text/text';

/** What the service answers about a year. */
export interface FiguresAnswer extends FiguresReport {
  rules: FigureRules;
  /** Null: all tenants. */
  organizationId: number | null;
  mayEdit: boolean;
  /** Known ones, for those who may change them. */
  regions: string[];
  /** Tenants to choose from; empty for those who see only their own. */
  choices: { id: number; name: string }[];
}

export type { Series };

/** A scope as `scopeKey` writes it, in words. */
export function scopeWords(key: string, { tenants }: Pick<FiguresAnswer, 'tenants'>, say: Say): string {
  const organization = /^organization:(\d+)$/.exec(key)?.[1];
  if (organization !== undefined)
    return tenants.find(({ id }) => id === Number(organization))?.name ?? organization;
  const region = /^region:([^/]+)/.exec(key)?.[1];
  const kind = plannedKinds.find((one) => key.endsWith(`kind:${one}`));
  const kindWord = kind && say(`figures.kind.${kind}`);
  if (region === undefined) return kindWord ?? say('figures.all');
  return kindWord === undefined ? region : say('figures.scope.in', { region, kind: kindWord });
}

/** 1,500 */
export function inDigits(value: number, language: Language): string {
  return new Intl.NumberFormat(language === 'ja' ? 'ja-JP' : 'en-GB', { maximumFractionDigits: 1 }).format(
    value,
  );
}

/** The number of a month `YYYY-MM`. */
export function monthNumber(month: string): string {
  return String(Number(month.slice(5)));
}
