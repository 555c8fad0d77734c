import { z } from 'zod';
import { actionKinds, channels, oneOf } from './choices.js';
import { flag, whole } from './field-kinds.js';
import { readFields, type FieldReading } from './read-fields.js';
import { triages, triageWords } from './triage.js';

/** Nobody has laid down what 相談件数 is: each organization says what it reports, and the report says it too. */
export const countingRulesSchema = z.strictObject({
  /** First month of the fiscal year. */
  yearStartsInMonth: whole(1, 12, '月'),
  consultations: z.strictObject({
    /** Cards that were never finished count, too. */
    countDrafts: flag(),
    channels: z.array(oneOf(channels)).min(1, '一つは選んでください。').max(10),
    triages: z
      .array(z.enum(triages, { error: `次のどれかにしてください（${triages.join('、')}）。` }))
      .min(1, '一つは選んでください。')
      .max(10),
  }),
  handled: z.strictObject({
    actionKinds: z.array(oneOf(actionKinds)).max(10),
    /** An action that gave nothing but information makes its case a handled one. */
    countInformationOnly: flag(),
    /** A referral makes its case a handled one. */
    countReferrals: flag(),
  }),
  /** What the plan of the year promises, shown beside the counts. */
  targets: z.strictObject({
    consultations: whole(0, 1_000_000, '件').nullable(),
    handled: whole(0, 1_000_000, '件').nullable(),
    leases: whole(0, 1_000_000, '件').nullable(),
  }),
});

export type CountingRules = z.output<typeof countingRulesSchema>;

/** 相談件数: every finished card. 対応件数: cases with an action beyond information. 成約件数: signed leases. */
export const usualRules: CountingRules = {
  yearStartsInMonth: 4,
  consultations: {
    countDrafts: false,
    channels: Object.keys(channels) as (keyof typeof channels)[],
    triages: [...triages],
  },
  handled: {
    actionKinds: Object.keys(actionKinds) as (keyof typeof actionKinds)[],
    countInformationOnly: false,
    countReferrals: false,
  },
  targets: { consultations: null, handled: null, leases: null },
};

/** What people call its fields. */
export const countingLabels: Readonly<Record<string, string>> = {
  version: '版の番号',
  yearStartsInMonth: '年度の始まる月',
  consultations: '相談件数',
  countDrafts: '下書きを数えるか',
  channels: '受付の方法',
  triages: '緊急度',
  handled: '対応件数',
  actionKinds: '対応の種別',
  countInformationOnly: '情報提供のみの対応を数えるか',
  countReferrals: 'つなぎを数えるか',
  targets: '目標',
  leases: '成約件数',
};

export function readCountingRules(given: unknown): FieldReading<CountingRules> {
  return readFields(countingRulesSchema, given, countingLabels);
}

/** Each figure's rule, as the report prints it. */
export interface RuleTexts {
  contactCount: string;
  personCount: string;
  handledCount: string;
  leaseCount: string;
}

export function describeRules(rules: CountingRules): RuleTexts {
  const { consultations, handled } = rules;
  const all = <Key extends string>(chosen: readonly Key[], words: Readonly<Record<Key, string>>): string =>
    chosen.length === Object.keys(words).length
      ? 'すべて'
      : chosen.map((one) => words[one]).join('・') || 'なし';
  const triageLabels = Object.fromEntries(triages.map((one) => [one, triageWords[one].label])) as Record<
    (typeof triages)[number],
    string
  >;
  const cards = consultations.countDrafts ? '相談票（下書きを含む）' : '書き終えた相談票';
  const actions = handled.countInformationOnly ? '対応' : '情報提供だけではない対応';
  const referrals = handled.countReferrals ? '、または、つなぎ' : '';
  return {
    contactCount: `相談件数（延べ）は、期間中に受け付けた${cards}の数です。受付の方法：${all(consultations.channels, channels)}。緊急度：${all(consultations.triages, triageLabels)}。`,
    personCount:
      '実人数は、同じ期間の相談の、違う人の数です。本人がわかればその人で、わからなければ電話番号で見分けます。非通知で名前もわからない相談は、1件を1人と数えます。年度の実人数は、月の実人数の合計ではありません。',
    handledCount: `対応件数は、期間中に${actions}（種別：${all(handled.actionKinds, actionKinds)}）${referrals}が1回以上あったケースの数です。年度では、何か月にわたっても1件です。`,
    leaseCount: '成約件数は、期間中に契約日のある賃貸借契約の数です。取り消したものは数えません。',
  };
}
