import { z } from 'zod';
import {
  audiences,
  careLevels,
  channels,
  consentForms,
  consentItems,
  disabilityBooks,
  homes,
  layouts,
  needsAttributes,
  ownOneOf,
  ownSomeOf,
  oneOf,
  someOf,
  troubles,
  yesNoUnknown,
} from './choices.js';
import { date, flag, id, instant, line, listOf, shownNumber, text, whole } from './field-kinds.js';
import { personFields, personLabels, type PersonFields } from './person-fields.js';
import { readFields, type FieldProblem, type FieldReading } from './read-fields.js';
import { triages } from './triage.js';

const wishes = z.strictObject({
  area: line(300).optional(),
  rentLimitYen: whole(0, 1_000_000, '円').nullable().optional(),
  layouts: ownSomeOf(layouts).optional(),
  floor: line(100).optional(),
  elevatorNeeded: flag().optional(),
  moveInOn: date().nullable().optional(),
  householdSize: whole(1, 20, '人').nullable().optional(),
  pets: line(100).optional(),
  others: text(2000).optional(),
});

const situation = z.strictObject({
  home: ownOneOf(homes).nullable().optional(),
  rentYen: whole(0, 1_000_000, '円').nullable().optional(),
  leaveBy: date().nullable().optional(),
  work: line(200).optional(),
  incomeYenPerMonth: whole(0, 10_000_000, '円').nullable().optional(),
  publicAssistance: oneOf(yesNoUnknown).optional(),
  pension: line(200).optional(),
  healthInsurance: line(100).optional(),
  arrears: oneOf(yesNoUnknown).optional(),
  arrearsNote: line(500).optional(),
  guarantor: oneOf(yesNoUnknown).optional(),
  emergencyContact: oneOf(yesNoUnknown).optional(),
  careLevel: oneOf(careLevels).optional(),
  disabilityBooks: someOf(disabilityBooks).optional(),
  health: text(2000).optional(),
});

const consent = z.strictObject({
  to: oneOf(audiences),
  what: someOf(consentItems),
  form: oneOf(consentForms),
  on: date().optional(),
  note: line(300).optional(),
});

/** What one save may bring: each field that is given takes the place of what was there; null empties it. */
export const cardDraftFields = z.strictObject({
  receivedAt: instant().optional(),
  receivedBy: id().nullable().optional(),
  channel: oneOf(channels).optional(),
  triage: z
    .enum(triages, { error: `次のどれかにしてください（${triages.join('、')}）。` })
    .nullable()
    .optional(),
  callerNumber: shownNumber().nullable().optional(),
  principal: personFields.optional(),
  /** Undefined: the principal speaks. */
  visitor: personFields
    .extend({ relationship: line(100).optional() })
    .nullable()
    .optional(),
  needsAttributes: ownSomeOf(needsAttributes).optional(),
  mainTrouble: ownOneOf(troubles).nullable().optional(),
  otherTroubles: ownSomeOf(troubles).optional(),
  freeText: text(10_000).optional(),
  answerGiven: text(5000).optional(),
  nextStep: text(2000).optional(),
  wishes: wishes.optional(),
  situation: situation.optional(),
  wishesCheckIn: flag().nullable().optional(),
  consents: listOf(consent, 20).optional(),
});

export type CardDraft = z.output<typeof cardDraftFields>;
/** What has columns of its own; the rest is one coded text. */
export type CardContent = Omit<CardDraft, 'receivedAt' | 'receivedBy' | 'channel' | 'triage'>;

export const cardLabels: Readonly<Record<string, string>> = {
  ...personLabels,
  receivedAt: '受付日時',
  receivedBy: '受付者',
  channel: '受付の方法',
  triage: '緊急度',
  callerNumber: 'かけてきた番号',
  principal: '本人',
  visitor: '来談者',
  relationship: '続柄',
  needsAttributes: '住宅確保要配慮者の区分',
  mainTrouble: '主な困りごと',
  otherTroubles: 'ほかの困りごと',
  freeText: '相談内容',
  answerGiven: '答えたこと',
  nextStep: '次にすること',
  wishes: '希望する住まい',
  area: '希望エリア',
  rentLimitYen: '家賃の上限',
  layouts: '間取り',
  floor: '階',
  elevatorNeeded: 'エレベーター',
  moveInOn: '入居希望日',
  householdSize: '世帯人数',
  pets: 'ペット',
  others: 'その他の希望',
  situation: '今の状況',
  home: '住居の種別',
  rentYen: '今の家賃',
  leaveBy: '退去の期限',
  work: '仕事',
  incomeYenPerMonth: '収入（月）',
  publicAssistance: '生活保護',
  pension: '年金',
  healthInsurance: '健康保険',
  arrears: '滞納',
  arrearsNote: '滞納の内容',
  guarantor: '保証人',
  emergencyContact: '緊急連絡先',
  careLevel: '介護度',
  disabilityBooks: '障害者手帳',
  health: '病気・体の様子',
  wishesCheckIn: '見守り電話の希望',
  consents: '同意',
  to: '伝える相手',
  what: '伝えてよいこと',
  form: '同意の方法',
  on: '日付',
};

/** Reads what a client saves. */
export function readCardDraft(given: unknown): FieldReading<CardDraft> {
  return readFields(cardDraftFields, given, cardLabels);
}

/** The content after a save: what the draft does not name stays as it is. */
export function mergeContent(before: CardContent, draft: CardDraft): CardContent {
  const content = contentOf(draft);
  const after: CardContent = { ...before, ...content };
  for (const part of ['principal', 'wishes', 'situation'] as const) {
    if (content[part] !== undefined) Object.assign(after, { [part]: { ...before[part], ...content[part] } });
  }
  if (content.visitor && before.visitor) after.visitor = { ...before.visitor, ...content.visitor };
  return after;
}

function contentOf(draft: CardDraft): CardContent {
  const columns = ['receivedAt', 'receivedBy', 'channel', 'triage'];
  return Object.fromEntries(Object.entries(draft).filter(([field]) => !columns.includes(field)));
}

/** The number by which a card is found again: the caller's, else the first that the principal or the visitor gave. */
export function numberOfCard(content: CardContent): string | undefined {
  const ofPerson = (person: PersonFields | null | undefined) => person?.phones?.[0];
  return content.callerNumber ?? ofPerson(content.principal) ?? ofPerson(content.visitor) ?? undefined;
}

/** What a card still needs before it can be called finished. */
export function missingForFinish(card: {
  receivedBy: number | undefined;
  triage: string | undefined;
  content: CardContent;
}): FieldProblem[] {
  const { content } = card;
  const missing = [
    card.receivedBy === undefined && 'receivedBy',
    card.triage === undefined && 'triage',
    // A mere question has no trouble behind it.
    !content.mainTrouble && card.triage !== 'information' && 'mainTrouble',
    !content.freeText && 'freeText',
  ].filter((field) => typeof field === 'string');
  return missing.map((field) => ({ field, label: cardLabels[field] ?? field, message: '必要です。' }));
}
