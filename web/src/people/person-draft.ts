import type { ImportedSubscriber, ToneProfile } from '../../../src/subscribers/import/subscriber-row';

/** The form of a person as it is typed: nothing is refused while somebody writes. */
export interface PersonDraft {
  memberNumber: string;
  name: string;
  kana: string;
  birthDate: string;
  enrolledOn: string;
  notes: string;
  speechRate: ImportedSubscriber['speechRate'];
  ringSeconds: number | '';
  phones: { number: string; toneProfile: ToneProfile }[];
  kind: 'weekly' | 'daily';
  days: number[];
  time: string;
  policyPreset: ImportedSubscriber['policyPreset'];
}

export const partNames = ['data', 'numbers', 'plan', 'notes'] as const;
export type PartName = (typeof partNames)[number];

export function emptyDraft(today: string): PersonDraft {
  return {
    ...{ memberNumber: '', name: '', kana: '', birthDate: '', enrolledOn: today, notes: '' },
    ...{ speechRate: 'slow', ringSeconds: 45, policyPreset: 'matsudo' },
    phones: [{ number: '', toneProfile: 'tone' }],
    ...{ kind: 'weekly', days: [], time: '09:00' },
  };
}

export function draftOf(person: ImportedSubscriber): PersonDraft {
  const { memberNumber, name, kana = '', birthDate = '', enrolledOn, notes, plan } = person;
  const { speechRate, ringSeconds, policyPreset } = person;
  return {
    ...{ memberNumber, name, kana, birthDate, enrolledOn, notes, speechRate, ringSeconds, policyPreset },
    phones: person.phones.map((phone) => ({ ...phone })),
    kind: plan.kind,
    days: plan.kind === 'weekly' ? [...plan.days] : [],
    time: plan.time,
  };
}

/** Whether something that was kept has the form of a draft. */
export function isPersonDraft(found: unknown): found is PersonDraft {
  const draft = found as Partial<PersonDraft> | null;
  return (
    typeof draft === 'object' &&
    typeof draft?.name === 'string' &&
    Array.isArray(draft.phones) &&
    Array.isArray(draft.days)
  );
}

/** The form as the service reads it. */
export function personOf(draft: PersonDraft): Record<string, unknown> {
  const { kind, days, time, phones, ringSeconds, ...rest } = draft;
  return {
    ...rest,
    ringSeconds: ringSeconds === '' ? 0 : ringSeconds,
    // A second number that was left empty was not meant.
    phones: phones.filter(({ number }, index) => index === 0 || number.trim() !== ''),
    plan: kind === 'daily' ? { kind, time } : { kind, days, time },
  };
}

const fieldsOf: Readonly<Record<PartName, readonly string[]>> = {
  data: ['memberNumber', 'name', 'kana', 'birthDate', 'enrolledOn'],
  numbers: ['phones'],
  plan: ['plan', 'policyPreset', 'speechRate', 'ringSeconds'],
  notes: ['notes'],
};

/** Only what was changed: another's change of something else is not undone. */
export function changesOf(part: PartName, draft: PersonDraft, before: PersonDraft): Record<string, unknown> {
  const [now, then] = [personOf(draft), personOf(before)];
  const changed = fieldsOf[part].filter(
    (field) => JSON.stringify(now[field]) !== JSON.stringify(then[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, now[field]]));
}
