import { z } from 'zod';
import type { PolicyPreset } from '../checkins/call-policy.js';
import type { SpeechRate } from '../prompts/sound-files.js';
import { parseKana } from '../subscribers/import/person-cells.js';
import {
  asCell,
  called,
  callPlan,
  choice,
  neededMemberNumber,
  neededName,
} from '../subscribers/person-form.js';
import { date, id, listOf, text, whole } from './field-kinds.js';
import { personLabels } from './person-fields.js';

/** What the card does not know of a check-in subscriber; name, kana, birth date and phones may be said anew. */
export const enrolmentFields = z.strictObject({
  by: id(),
  stationId: id(),
  memberNumber: neededMemberNumber,
  plan: callPlan,
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
