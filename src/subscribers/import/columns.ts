import { type ImportError, quoteCell } from './import-error.js';
import { nearestName } from './nearest-name.js';
import type { ColumnField } from './subscriber-row.js';

/** Header names of each field; the first is the one we print. Case, width, spaces, - and _ do not count. */
const COLUMN_NAMES: Record<ColumnField, readonly [string, ...string[]]> = {
  memberNumber: ['会員番号', 'memberNumber'],
  name: ['氏名', 'name'],
  kana: ['ふりがな', 'フリガナ', 'カナ', 'kana'],
  birthDate: ['生年月日', 'birthDate'],
  phone1: ['電話番号', '電話番号1', 'phone', 'phone1'],
  toneProfile1: ['発信方法', '発信方法1', 'トーン', 'トーン1', 'toneProfile', 'toneProfile1'],
  phone2: ['電話番号2', 'phone2'],
  toneProfile2: ['発信方法2', 'トーン2', 'toneProfile2'],
  phone3: ['電話番号3', 'phone3'],
  toneProfile3: ['発信方法3', 'トーン3', 'toneProfile3'],
  enrolledOn: ['加入日', 'enrolledOn'],
  withdrawnOn: ['解約日', 'withdrawnOn'],
  days: ['曜日', 'days'],
  time: ['時刻', 'time'],
  policyPreset: ['方式', 'policyPreset'],
  speechRate: ['話す速さ', 'speechRate'],
  ringSeconds: ['呼び出し秒数', 'ringSeconds'],
  notes: ['備考', 'notes'],
};
const REQUIRED: readonly ColumnField[] = ['memberNumber', 'name', 'phone1', 'days', 'time'];

const FIELDS = Object.keys(COLUMN_NAMES) as ColumnField[];
const FIELD_OF_NAME = new Map(
  FIELDS.flatMap((field) => COLUMN_NAMES[field].map((name) => [foldName(name), field] as const)),
);

export interface Column {
  /** Position in the row, from 0. */
  index: number;
  /** As the file writes it, for messages. */
  heading: string;
}

export interface ColumnMap {
  columns: Map<ColumnField, Column>;
  errors: ImportError[];
}

/** The Japanese name of a field, for messages about a column that is not in the file. */
export function columnLabel(field: ColumnField): string {
  return COLUMN_NAMES[field][0];
}

/**
 * Which column holds which field. Unknown, unnamed, repeated and missing columns are errors, all of
 * them listed: a column read as nothing would be lost without anybody noticing.
 *
 * @param isBlank whether no row has anything in that column; such a column needs no heading, as
 *   Excel writes columns that once were in use.
 */
export function mapColumns(
  header: { line: number; cells: readonly string[] },
  isBlank: (index: number) => boolean,
): ColumnMap {
  const columns = new Map<ColumnField, Column>();
  const errors: ImportError[] = [];
  const report = (message: string): unknown => errors.push({ line: header.line, field: '見出し', message });

  header.cells.forEach((heading, index) => {
    const field = FIELD_OF_NAME.get(foldName(heading));
    const first = field && columns.get(field);
    if (heading === '') {
      if (!isBlank(index))
        report(`${index + 1}列目に見出しがありません。見出しを付けるか、列を消してください。`);
    } else if (field === undefined) {
      report(unknownMessage(heading));
    } else if (first) {
      report(
        `${quoteCell(heading)}の列は2つあります（${first.index + 1}列目と${index + 1}列目）。1つにしてください。`,
      );
    } else {
      columns.set(field, { index, heading: heading.replace(/[\n\t]+/g, ' ') });
    }
  });
  for (const field of REQUIRED) {
    if (!columns.has(field)) report(`「${columnLabel(field)}」の列がありません。足してください。`);
  }
  return { columns, errors };
}

function unknownMessage(heading: string): string {
  const folded = foldName(heading);
  const names = [...FIELD_OF_NAME.keys()];
  const field = FIELD_OF_NAME.get(nearestName(folded, names) ?? '');
  const known = FIELDS.map(columnLabel).join('・');
  return field
    ? `${quoteCell(heading)}という列は分かりません。「${nameLike(field, folded)}」のことでしたら、直してください。`
    : `${quoteCell(heading)}という列は分かりません。消すか、次のどれかに直してください: ${known}`;
}

/** The field's name that is nearest to what was written, in our spelling. */
function nameLike(field: ColumnField, folded: string): string {
  const names = COLUMN_NAMES[field];
  const nearest = nearestName(folded, names.map(foldName));
  return names.find((name) => foldName(name) === nearest) ?? names[0];
}

function foldName(name: string): string {
  return name
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]/g, '');
}
