import type { allChoices } from './choices.js';

/** How a field is filled in. */
export type FormField = { path: string; wide?: true } & (
  | { kind: 'line' | 'text' | 'date' | 'whole' | 'phones' | 'flag' | 'triage' | 'consents' }
  | { kind: 'one' | 'some'; list: keyof typeof allChoices }
);

export interface FormSection {
  key: string;
  /** As the counsellors read it. */
  title: string;
  fields: readonly FormField[];
}

const line = (path: string, wide?: true): FormField => ({ path, kind: 'line', ...(wide && { wide }) });
const text = (path: string): FormField => ({ path, kind: 'text', wide: true });
const one = (path: string, list: keyof typeof allChoices): FormField => ({ path, kind: 'one', list });
const some = (path: string, list: keyof typeof allChoices): FormField => ({
  path,
  kind: 'some',
  list,
  wide: true,
});

const person = (who: 'principal' | 'visitor'): FormField[] => [
  line(`${who}.name`),
  line(`${who}.kana`),
  { path: `${who}.phones`, kind: 'phones' },
];

/** The card's fields in the order of a talk: what comes up first stands first, and Tab follows it. */
export const cardForm: readonly FormSection[] = [
  {
    key: 'who',
    title: 'どなたのご相談ですか',
    fields: [
      ...person('principal'),
      one('principal.sex', 'sexes'),
      { path: 'principal.birthDate', kind: 'date' },
      line('principal.postalCode'),
      line('principal.address', true),
      line('principal.mail'),
    ],
  },
  {
    key: 'matter',
    title: 'ご相談',
    fields: [
      one('mainTrouble', 'troubles'),
      text('freeText'),
      { path: 'triage', kind: 'triage', wide: true },
      some('otherTroubles', 'troubles'),
      some('needsAttributes', 'needsAttributes'),
    ],
  },
  {
    key: 'situation',
    title: '今の状況',
    fields: [
      one('situation.home', 'homes'),
      { path: 'situation.rentYen', kind: 'whole' },
      { path: 'situation.leaveBy', kind: 'date' },
      line('situation.work'),
      { path: 'situation.incomeYenPerMonth', kind: 'whole' },
      one('situation.publicAssistance', 'yesNoUnknown'),
      line('situation.pension'),
      line('situation.healthInsurance'),
      one('situation.arrears', 'yesNoUnknown'),
      line('situation.arrearsNote'),
      one('situation.guarantor', 'yesNoUnknown'),
      one('situation.emergencyContact', 'yesNoUnknown'),
      one('situation.careLevel', 'careLevels'),
      some('situation.disabilityBooks', 'disabilityBooks'),
      text('situation.health'),
    ],
  },
  {
    key: 'wishes',
    title: '希望する住まい',
    fields: [
      line('wishes.area'),
      { path: 'wishes.rentLimitYen', kind: 'whole' },
      { path: 'wishes.moveInOn', kind: 'date' },
      { path: 'wishes.householdSize', kind: 'whole' },
      line('wishes.floor'),
      line('wishes.pets'),
      { path: 'wishes.elevatorNeeded', kind: 'flag' },
      some('wishes.layouts', 'layouts'),
      text('wishes.others'),
    ],
  },
  {
    key: 'answer',
    title: '答えたこと・次にすること',
    fields: [text('answerGiven'), text('nextStep')],
  },
  {
    key: 'consent',
    title: '同意と見守り',
    fields: [
      { path: 'consents', kind: 'consents', wide: true },
      { path: 'wishesCheckIn', kind: 'flag' },
    ],
  },
  {
    key: 'visitor',
    title: '来談者（ご本人でない方が話しているとき）',
    fields: [...person('visitor'), line('visitor.relationship'), line('visitor.address', true)],
  },
  {
    key: 'reception',
    title: '受付',
    fields: [one('channel', 'channels'), line('callerNumber'), text('principal.note')],
  },
];

/** Where the cursor stands when a card opens. */
export const firstField = 'principal.name';

/** What a field is called: the label of its last part. */
export function labelOf(path: string, labels: Readonly<Record<string, string>>): string {
  const [part = '', field] = path.split('.');
  const own = labels[field ?? part] ?? path;
  return part === 'visitor' && field !== undefined ? `来談者の${own}` : own;
}
