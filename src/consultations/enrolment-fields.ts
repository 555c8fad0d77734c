import { z } from 'zod';
import type { PolicyPreset } from '../checkins/call-policy.js';
import type { SpeechRate } from '../prompts/sound-files.js';
import type { CellValue } from '../subscribers/import/cell-value.js';
import { parseKana, parseMemberNumber, parseName } from '../subscribers/import/person-cells.js';
import { parsePhoneCell } from '../subscribers/import/phone-and-date-cells.js';
import type { ToneProfile } from '../subscribers/import/subscriber-row.js';
import { date, id, listOf, text, whole } from './field-kinds.js';
import { personLabels } from './person-fields.js';

const time = z
  .string({ error: '時刻を文字で書いてください。' })
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, '時刻を「09:00」の形で書いてください。');
const weekdays = listOf(whole(1, 7), 7)
  .refine((days) => days.length > 0, '曜日を一つは選んでください。')
  .transform((days) => [...new Set(days)].sort((one, other) => one - other));

function choice<Value extends string>(...values: [Value, ...Value[]]) {
  return z.enum(values, { error: `次のどれかにしてください（${values.join('、')}）。` });
}

/** As the list import reads it: one way into the check-in service is not laxer than the other. */
function asCell<Value>(parse: (text: string) => CellValue<Value>) {
  return z.string({ error: '文字で書いてください。' }).transform((given, context) => {
    const parsed = parse(given);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.message });
    return z.NEVER;
  });
}

const neededName = asCell(parseName).refine((name) => name !== '', '必要です。');
const neededMemberNumber = asCell(parseMemberNumber).refine((number) => number !== '', '必要です。');
const called = z.strictObject({
  number: asCell(parsePhoneCell).transform(({ number }) => number),
  toneProfile: choice<ToneProfile>('tone', 'pulse', 'noTone').default('tone'),
});

/** What the card does not know of a check-in subscriber; name, kana, birth date and phones may be said anew. */
export const enrolmentFields = z.strictObject({
  by: id(),
  stationId: id(),
  memberNumber: neededMemberNumber,
  plan: z.discriminatedUnion(
    'kind',
    [
      z.strictObject({ kind: z.literal('weekly'), days: weekdays, time }),
      z.strictObject({ kind: z.literal('daily'), time }),
    ],
    { error: 'weekly（曜日を決めて）か daily（毎日）にしてください。' },
  ),
  policyPreset: choice<PolicyPreset>('matsudo', 'sameDay').default('matsudo'),
  speechRate: choice<SpeechRate>('normal', 'slow', 'slower').default('slow'),
  ringSeconds: whole(20, 90, '秒').default(45),
  enrolledOn: date().optional(),
  notes: text(2000).default(''),
  name: neededName.optional(),
  kana: asCell(parseKana).optional(),
  birthDate: date().optional(),
  phones: listOf(called, 3).optional(),
});

export type Enrolment = z.output<typeof enrolmentFields>;

/** Who is enrolled, after the card has filled in what the enrolment leaves open. */
export const enrolledPerson = z.strictObject({
  name: neededName,
  kana: asCell(parseKana),
  birthDate: date().optional(),
  phones: listOf(called, 3).refine((phones) => phones.length > 0, '電話番号が一つは必要です。'),
});

export const enrolmentLabels: Readonly<Record<string, string>> = {
  ...personLabels,
  by: '担当者',
  stationId: '見守りステーション',
  memberNumber: '会員番号',
  plan: '電話の予定',
  kind: '予定の種類',
  days: '曜日',
  time: '時刻',
  policyPreset: '発信の方式',
  speechRate: '話す速さ',
  ringSeconds: '呼び出しの秒数',
  enrolledOn: '加入日',
  notes: '備考',
  number: '番号',
  toneProfile: '電話機の種類',
};
