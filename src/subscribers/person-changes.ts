import { isDeepStrictEqual } from 'node:util';
import type { ImportedSubscriber } from './import/subscriber-row.js';

/** What was done to a person's record. */
export const changeKinds = [
  'enrolled',
  'imported',
  'edited',
  'withdrawn',
  'returned',
  'paused',
  'pauseEnded',
  'contacts',
  'moved',
  'testCall',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** One field: what it was and what it became; nothing when it was, or became, empty. */
export interface FieldChange {
  field: string;
  before?: unknown;
  after?: unknown;
}

export type PersonField = Exclude<keyof ImportedSubscriber, 'promptLanguage'>;

export const personFieldNames: readonly PersonField[] = [
  ...(['memberNumber', 'name', 'kana', 'birthDate', 'phones', 'plan', 'policyPreset'] as const),
  ...(['enrolledOn', 'withdrawnOn', 'speechRate', 'ringSeconds', 'notes'] as const),
];

/** A person's fields as a form gives them; one that is there and undefined is emptied. */
export type PersonPatch = { [Field in PersonField]?: ImportedSubscriber[Field] | undefined };

/** The fields in which two versions of a person differ. */
export function changedFields(before: ImportedSubscriber, after: ImportedSubscriber): FieldChange[] {
  return personFieldNames
    .filter((field) => !isDeepStrictEqual(before[field], after[field]))
    .map((field) => ({ field, before: before[field], after: after[field] }));
}

/** The person with what the patch says in place of what was; no optional field is left as undefined. */
export function patched(before: ImportedSubscriber, patch: PersonPatch): ImportedSubscriber {
  const all = Object.entries({ ...before, ...patch }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(all) as unknown as ImportedSubscriber;
}

/** What moves calls: then the check-ins that are written ahead no longer hold. */
export const planningFields: readonly string[] = ['plan', 'policyPreset', 'enrolledOn', 'withdrawnOn'];
