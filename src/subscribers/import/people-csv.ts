import { columnLabel } from './columns.js';
import { type ColumnField, type ImportedSubscriber, PHONE_COLUMNS } from './subscriber-row.js';

const TONES = { tone: 'プッシュ', pulse: 'ダイヤル回線', noTone: '黒電話' } as const;
const RATES: Readonly<Record<string, string>> = {
  normal: 'ふつう',
  slow: 'ゆっくり',
  slower: 'とてもゆっくり',
};
const PRESETS = { matsudo: '松戸方式', sameDay: '当日再発信' } as const;
const WEEKDAYS = '月火水木金土日';

const FIELDS: readonly ColumnField[] = [
  ...(['memberNumber', 'name', 'kana', 'birthDate'] as const),
  ...PHONE_COLUMNS.flat(),
  ...(['enrolledOn', 'withdrawnOn', 'days', 'time', 'policyPreset'] as const),
  ...(['speechRate', 'ringSeconds', 'notes'] as const),
];

/**
 * People as a CSV file that Excel opens and the import reads again.
 *
 * @param remarks who took it, when and why: the file's first lines, which an import passes over
 */
export function peopleCsv(people: readonly ImportedSubscriber[], remarks: readonly string[]): string {
  const lines = [
    ...remarks.map((remark) => quote(`# ${remark.replace(/\s+/g, ' ')}`)),
    FIELDS.map((field) => quote(columnLabel(field))).join(','),
    ...people.map((person) => cellsOf(person).map(csvCell).join(',')),
  ];
  // The mark at the beginning tells Excel that it is UTF-8.
  return `\uFEFF${lines.join('\r\n')}\r\n`;
}

/** A cell that no spreadsheet takes for a formula; the import takes the ' away again. */
export function csvCell(text: string): string {
  return quote(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
}

function quote(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function cellsOf(person: ImportedSubscriber): string[] {
  const { plan } = person;
  const days = plan.kind === 'daily' ? '毎日' : plan.days.map((day) => WEEKDAYS[day - 1] ?? '').join('・');
  const phones = PHONE_COLUMNS.flatMap((_, index) => {
    const phone = person.phones[index];
    return phone ? [phone.number, TONES[phone.toneProfile]] : ['', ''];
  });
  return [
    ...[person.memberNumber, person.name, person.kana ?? '', person.birthDate ?? ''],
    ...phones,
    ...[person.enrolledOn, person.withdrawnOn ?? '', days, plan.time, PRESETS[person.policyPreset]],
    ...[RATES[person.speechRate] ?? '', String(person.ringSeconds), person.notes],
  ];
}
