import { isDeepStrictEqual } from 'node:util';
import {
  type ColumnField,
  type ImportedSubscriber,
  PHONE_COLUMNS,
  type SubscriberPhone,
  type SubscriberRow,
} from './subscriber-row.js';

/** A part of a subscriber that an import can change. */
export type ChangedField = Exclude<keyof ImportedSubscriber, 'memberNumber' | 'promptLanguage'>;

export interface ChangedSubscriber {
  memberNumber: string;
  fields: ChangedField[];
  /** What to store: the file's row, with everything it says nothing about taken from what exists. */
  merged: ImportedSubscriber;
}

export interface ImportDifference {
  added: SubscriberRow[];
  changed: ChangedSubscriber[];
  /** Member numbers. */
  unchanged: string[];
}

const CHANGEABLE: readonly ChangedField[] = [
  ...(['name', 'kana', 'birthDate', 'phones', 'plan', 'enrolledOn', 'withdrawnOn'] as const),
  ...(['policyPreset', 'speechRate', 'ringSeconds', 'notes'] as const),
];

/**
 * What an import would do. Subscribers who are not in the file are left alone.
 *
 * @param existing by member number; of one station, with no other properties in `phones` and `plan`.
 * @param present the columns of the file, as `readSubscribers` tells.
 */
export function compareImport(
  rows: readonly SubscriberRow[],
  existing: ReadonlyMap<string, ImportedSubscriber>,
  present: ReadonlySet<ColumnField>,
): ImportDifference {
  const difference: ImportDifference = { added: [], changed: [], unchanged: [] };
  for (const row of rows) {
    const before = existing.get(row.memberNumber);
    if (!before) {
      difference.added.push(row);
      continue;
    }
    const merged = mergeRow(row, before, present);
    const fields = CHANGEABLE.filter((field) => !isDeepStrictEqual(merged[field], before[field]));
    if (fields.length === 0) difference.unchanged.push(row.memberNumber);
    else difference.changed.push({ memberNumber: row.memberNumber, fields, merged });
  }
  return difference;
}

/**
 * The subscriber after the import. A missing column says nothing. An empty cell clears what can be
 * empty (kana, birth date, withdrawal, notes, the second and third number), but where a default stood
 * in for it the existing value stays: a default is for the new, and 加入日 would be another day at
 * every import.
 */
function mergeRow(
  row: SubscriberRow,
  before: ImportedSubscriber,
  present: ReadonlySet<ColumnField>,
): ImportedSubscriber {
  const says = (field: ColumnField): boolean => present.has(field) && !row.blank.includes(field);
  const kana = (present.has('kana') ? row : before).kana;
  const birthDate = (present.has('birthDate') ? row : before).birthDate;
  const withdrawnOn = (present.has('withdrawnOn') ? row : before).withdrawnOn;
  return {
    memberNumber: row.memberNumber,
    name: row.name,
    ...(kana !== undefined && { kana }),
    ...(birthDate !== undefined && { birthDate }),
    enrolledOn: (says('enrolledOn') ? row : before).enrolledOn,
    ...(withdrawnOn !== undefined && { withdrawnOn }),
    notes: (present.has('notes') ? row : before).notes,
    promptLanguage: before.promptLanguage,
    speechRate: (says('speechRate') ? row : before).speechRate,
    ringSeconds: (says('ringSeconds') ? row : before).ringSeconds,
    phones: mergePhones(row, before.phones, present),
    plan: row.plan,
    policyPreset: (says('policyPreset') ? row : before).policyPreset,
  };
}

/**
 * The file's numbers, then the existing ones for which it has no column. A row that leaves one of its
 * number columns empty has listed all its numbers: keeping later ones would move them forward, and
 * the next import of the same file would find a change again.
 */
function mergePhones(
  row: SubscriberRow,
  before: readonly SubscriberPhone[],
  present: ReadonlySet<ColumnField>,
): SubscriberPhone[] {
  const columns = PHONE_COLUMNS.filter(([phone]) => present.has(phone));
  const filled = columns.filter(([phone]) => !row.blank.includes(phone));
  const listed = row.phones.map((phone, index) => {
    const tone = filled[index]?.[1];
    if (tone !== undefined && present.has(tone) && !row.blank.includes(tone)) return phone;
    // How a telephone sends keys belongs to that telephone: a new number starts from the default.
    return before.find(({ number }) => number === phone.number) ?? phone;
  });
  if (filled.length < columns.length) return listed;

  const others = before.slice(columns.length);
  return [...listed, ...others.filter(({ number }) => listed.every((phone) => phone.number !== number))];
}
