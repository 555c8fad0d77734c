import type { RuleKind } from '../../../src/retention/rules';
import type { Say } from '../text/text';

export interface RetentionRule {
  kind: RuleKind;
  months: number;
  version: number;
  usual: number;
  least: number;
  most: number;
  /** `YYYY-MM-DD`: what is older goes. */
  keptFrom: string;
  ofService: boolean;
}

export interface RetentionAnswer {
  timeZone: string;
  nextRun: string;
  rules: RetentionRule[];
  /** People who wait to be erased. */
  marked: number;
}

export interface LoggedErasure {
  id: number;
  at: string;
  kind: RuleKind | 'person';
  count: number;
  cause: 'rule' | 'request';
}

export type PreviewCounts = Partial<Record<RuleKind, number>>;

/** 60 → 5年; 18 → 1年6か月. */
export function lengthInWords(months: number, say: Say): string {
  const [years, rest] = [Math.floor(months / 12), months % 12];
  if (years === 0) return say('retention.length.months', { months: rest });
  return rest === 0
    ? say('retention.length.years', { years })
    : say('retention.length.both', { years, months: rest });
}
