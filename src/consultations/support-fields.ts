import { z } from 'zod';
import {
  actionKinds,
  destinationKinds,
  oneOf,
  personRoles,
  referralConsents,
  referralResults,
  supportCategories,
} from './choices.js';
import { date, flag, id, instant, line, neededLine, phone, text, whole } from './field-kinds.js';
import { personFields, personLabels } from './person-fields.js';

export const newCaseFields = z.strictObject({ title: neededLine(200) });
export const caseChangeFields = z.strictObject({
  title: neededLine(200).optional(),
  state: z.enum(['open', 'closed'], { error: 'open か closed にしてください。' }).optional(),
});

/** A person to join a case: one who is known already, or a new one. */
export const casePersonFields = z
  .strictObject({
    personId: id().optional(),
    person: personFields.optional(),
    role: oneOf(personRoles),
    relationship: line(100).default(''),
  })
  .refine(({ personId, person }) => (personId === undefined) !== (person === undefined), {
    path: ['person'],
    error: '知っている方（personId）か新しい方（person）の、どちらか一つにしてください。',
  });

export const personChangeFields = z.strictObject({ version: whole(1, 2 ** 31 - 1), person: personFields });

export const actionFields = z.strictObject({
  kind: oneOf(actionKinds),
  category: oneOf(supportCategories),
  informationOnly: flag().default(false),
  workerId: id(),
  personId: id().optional(),
  startedAt: instant(),
  minutes: whole(0, 24 * 60, '分'),
  note: text(10_000),
});

export const destinationFields = z.strictObject({
  name: neededLine(200),
  kind: oneOf(destinationKinds),
  phone: z.union([phone(), z.literal('')]).default(''),
  note: line(1000).default(''),
});

export const referralFields = z.strictObject({
  destinationId: id(),
  told: text(5000).refine((value) => value !== '', '空にはできません。'),
  consent: oneOf(referralConsents),
  askedOn: date(),
  answerDueOn: date().nullable().optional(),
  askedBy: id(),
});

export const referralAnswerFields = z.strictObject({
  result: oneOf(referralResults),
  answeredOn: date(),
  answer: text(5000).default(''),
});

export const leaseFields = z.strictObject({
  signedOn: date(),
  address: neededLine(300),
  personId: id().optional(),
  landlord: line(200).default(''),
  rentYen: whole(0, 1_000_000, '円').nullable().optional(),
  note: text(2000).default(''),
});

export type Action = z.output<typeof actionFields>;
export type Destination = z.output<typeof destinationFields>;
export type Referral = z.output<typeof referralFields>;
export type ReferralAnswer = z.output<typeof referralAnswerFields>;
export type ConcludedLease = z.output<typeof leaseFields>;
export type CasePerson = z.output<typeof casePersonFields>;
export type CaseChange = z.output<typeof caseChangeFields>;

export const supportLabels: Readonly<Record<string, string>> = {
  ...personLabels,
  title: '件名',
  state: '状態',
  role: '立場',
  relationship: '続柄',
  personId: '対象の方',
  person: '対象の方',
  kind: '種別',
  category: '支援の区分',
  informationOnly: '情報提供のみ',
  workerId: '担当者',
  startedAt: '開始日時',
  minutes: '時間（分）',
  note: '内容',
  phone: '電話番号',
  destinationId: 'つなぎ先',
  told: '伝えたこと',
  consent: '同意',
  askedOn: 'つないだ日',
  askedBy: '担当者',
  answerDueOn: '返事の期限',
  answeredOn: '返事の日',
  answer: '返事の内容',
  result: '結果',
  signedOn: '契約日',
  address: '住所',
  landlord: '大家・管理会社',
  rentYen: '家賃',
};
