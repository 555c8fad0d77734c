import { columnLabel } from './columns.js';
import type { ChangedField, ImportDifference } from './import-difference.js';
import type { ImportError } from './import-error.js';
import type { RestoredNumber, SubscriberReading } from './read-subscribers.js';

/**
 * What an import did or would do, ready for JSON. Holds phone numbers in `restored`: for the one who
 * imports, never for a log.
 */
export interface ImportReport {
  dryRun: boolean;
  /** Whether the rows go into the database: all of them, or none while there is an error. */
  stored: boolean;
  counts: { rows: number; added: number; changed: number; unchanged: number; errors: number };
  /** Member numbers. */
  added: string[];
  changed: { memberNumber: string; fields: ChangedField[] }[];
  restored: RestoredNumber[];
  errors: ImportError[];
}

const FIELD_LABELS: Record<ChangedField, string> = {
  name: columnLabel('name'),
  kana: columnLabel('kana'),
  birthDate: columnLabel('birthDate'),
  enrolledOn: columnLabel('enrolledOn'),
  withdrawnOn: columnLabel('withdrawnOn'),
  notes: columnLabel('notes'),
  speechRate: columnLabel('speechRate'),
  ringSeconds: columnLabel('ringSeconds'),
  phones: '電話番号・発信方法',
  plan: '曜日・時刻',
  policyPreset: columnLabel('policyPreset'),
};

const NOTHING: ImportDifference = { added: [], changed: [], unchanged: [] };

/** The report of a file; of one that could not be read at all, only `errors` are known. */
export function buildImportReport(
  facts: Partial<SubscriberReading> & {
    errors: ImportError[];
    difference?: ImportDifference;
    dryRun: boolean;
  },
): ImportReport {
  const { rows = [], restored = [], errors, difference = NOTHING, dryRun } = facts;
  return {
    dryRun,
    stored: !dryRun && errors.length === 0,
    counts: {
      rows: rows.length,
      added: difference.added.length,
      changed: difference.changed.length,
      unchanged: difference.unchanged.length,
      errors: errors.length,
    },
    added: difference.added.map(({ memberNumber }) => memberNumber),
    changed: difference.changed.map(({ memberNumber, fields }) => ({ memberNumber, fields })),
    restored,
    errors,
  };
}

/** The report in Japanese for the terminal, one fact a line, ending in a newline. */
export function formatImportReport(report: ImportReport): string {
  const { counts } = report;
  const sections = [
    [verdict(report)],
    [
      `新しい方 ${counts.added}人、変わる方 ${counts.changed}人、変わらない方 ${counts.unchanged}人、エラー ${counts.errors}件`,
    ],
    section(
      '変わるところ',
      report.changed.map(
        ({ memberNumber, fields }) =>
          `会員番号 ${memberNumber}: ${fields.map((field) => FIELD_LABELS[field]).join('、')}`,
      ),
    ),
    section(
      '先頭の0を補った電話番号（正しいか、確かめてください）',
      report.restored.map(({ line, field, from, to }) => `${line}行目 ${field}: ${from} → ${to}`),
    ),
    section('エラー', report.errors.map(formatError)),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function verdict({ counts, dryRun, stored }: ImportReport): string {
  if (counts.errors > 0) return 'エラーがあるため、1人も取り込みません。直してから、もう一度お試しください。';
  if (counts.added + counts.changed === 0) return 'すべて登録のとおりで、取り込むものはありません。';
  if (dryRun) return '確認だけです。まだ取り込んでいません。';
  if (!stored) return 'つぎのとおりに取り込みます。';
  return `${counts.added + counts.changed}人を取り込みました。`;
}

function formatError({ line, field, message }: ImportError): string {
  return line === 0 ? `${field}: ${message}` : `${line}行目 ${field}: ${message}`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [title, ...lines.map((line) => `  ${line}`)];
}
