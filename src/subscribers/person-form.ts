import { z } from 'zod';
import type { PolicyPreset } from '../checkins/call-policy.js';
import { listOf, whole } from '../consultations/field-kinds.js';
import type { SpeechRate } from '../prompts/sound-files.js';
import type { CellValue } from './import/cell-value.js';
import { parseKana, parseMemberNumber, parseName, parseNotes } from './import/person-cells.js';
import { parseBirthDate, parseDateCell, parsePhoneCell } from './import/phone-and-date-cells.js';
import type { ToneProfile } from './import/subscriber-row.js';

/** As the list import reads it: one way into the check-in service is not laxer than the other. */
export function asCell<Value>(parse: (text: string) => CellValue<Value>) {
  return z.string({ error: '文字で書いてください。' }).transform((given, context) => {
    const parsed = parse(given);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  });
}

export function choice<Value extends string>(...values: [Value, ...Value[]]) {
  return z.enum(values, { error: `次のどれかにしてください（${values.join('、')}）。` });
}

export const neededName = asCell(parseName).refine((name) => name !== '', '必要です。');
export const neededMemberNumber = asCell(parseMemberNumber).refine((number) => number !== '', '必要です。');

/** One telephone: its number, and how it sends keys. */
export const called = z.strictObject({
  number: asCell(parsePhoneCell).transform(({ number }) => number),
  toneProfile: choice<ToneProfile>('tone', 'pulse', 'noTone').default('tone'),
});

const time = z
  .string({ error: '時刻を文字で書いてください。' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '時刻を「09:00」の形で書いてください。');
const weekdays = listOf(whole(1, 7), 7)
  .refine((days) => days.length > 0, '曜日を一つは選んでください。')
  .transform((days) => [...new Set(days)].sort((one, other) => one - other));

/** When somebody is called. */
export const callPlan = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({ kind: z.literal('weekly'), days: weekdays, time }),
    z.strictObject({ kind: z.literal('daily'), time }),
  ],
  { error: 'weekly（曜日を決めて）か daily（毎日）にしてください。' },
);

const phones = listOf(called, 3)
  .refine((list) => list.length > 0, '電話番号が一つは必要です。')
  .refine(
    (list) => new Set(list.map(({ number }) => number)).size === list.length,
    '同じ番号が2回あります。どちらかを消してください。',
  );

/** A cell that may be empty: then there is no value. */
function orNothing(parse: (text: string) => CellValue<string>) {
  return asCell((text) => (text.trim() === '' ? { ok: true, value: '' } : parse(text))).transform((value) =>
    value === '' ? undefined : value,
  );
}

/** Everything that a form says of a person; `today` is the station's day, `YYYY-MM-DD`. */
export function personFields(today: string) {
  return z.strictObject({
    memberNumber: neededMemberNumber,
    name: neededName,
    kana: orNothing(parseKana),
    birthDate: orNothing((text) => parseBirthDate(text, today)),
    enrolledOn: asCell(parseDateCell),
    notes: asCell(parseNotes),
    speechRate: choice<SpeechRate>('normal', 'slow', 'slower'),
    ringSeconds: whole(20, 90, '秒'),
    phones,
    plan: callPlan,
    policyPreset: choice<PolicyPreset>('matsudo', 'sameDay'),
  });
}

export type PersonForm = z.output<ReturnType<typeof personFields>>;

export const personFormLabels: Readonly<Record<string, string>> = {
  stationId: '見守りステーション',
  memberNumber: '会員番号',
  name: '氏名',
  kana: 'ふりがな',
  birthDate: '生年月日',
  enrolledOn: '加入日',
  withdrawnOn: '解約日',
  notes: '備考',
  speechRate: '話す速さ',
  ringSeconds: '呼び出しの秒数',
  phones: '電話番号',
  number: '番号',
  toneProfile: '電話機の種類',
  plan: '電話の予定',
  days: '曜日',
  time: '時刻',
  policyPreset: '発信の方式',
  fromOn: '始まりの日',
  untilOn: '終わりの日',
  reason: '理由',
  relationship: '続柄',
  mail: 'メールアドレス',
  consent: '伝えてよいこと',
  consentSince: '同意の日',
  consentBy: '同意を聞いた人',
  contacts: '連絡先',
};
