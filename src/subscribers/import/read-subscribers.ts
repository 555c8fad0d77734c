import { parsePolicyPreset, parseRingSeconds, parseSpeechRate, parseToneProfile } from './choice-cells.js';
import { mapColumns } from './columns.js';
import type { CsvTable } from './csv-text.js';
import type { ImportError } from './import-error.js';
import { parseKana, parseMemberNumber, parseName, parseNotes } from './person-cells.js';
import { parseBirthDate, parseDateCell, parsePhoneCell } from './phone-and-date-cells.js';
import { parseDays, parseTime } from './plan-cells.js';
import { RowReader } from './row-reader.js';
import {
  type ColumnField,
  PHONE_COLUMNS,
  type SubscriberPhone,
  type SubscriberRow,
} from './subscriber-row.js';

/** A number whose leading 0 was put back. Holds phone numbers: for the terminal, never for a log. */
export interface RestoredNumber {
  line: number;
  field: string;
  from: string;
  to: string;
}

export interface SubscriberReading {
  /** The rows without an error, in the order of the file. */
  rows: SubscriberRow[];
  /** The columns the file has: what is not among them says nothing about existing subscribers. */
  present: Set<ColumnField>;
  restored: RestoredNumber[];
  /** Every error of the file, by line. Nothing should be imported while there is one. */
  errors: ImportError[];
}

/**
 * The subscribers of a decoded file. One phone number may belong to two subscribers (couples), a
 * member number may not, nor may one subscriber have the same number twice.
 *
 * @param today `YYYY-MM-DD`, the station's day; 加入日 for those who have none.
 */
export function readSubscribers(table: CsvTable, at: { today: string }): SubscriberReading {
  const steps = readInSteps(table, at);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As `readSubscribers`, for those who have other things to do: it stops after every few rows, and says how many are read. */
export function* readInSteps(
  table: CsvTable,
  { today }: { today: string },
): Generator<number, SubscriberReading> {
  const isBlank = (index: number): boolean => table.rows.every(({ cells }) => cells[index]?.trim() === '');
  const { columns, errors: headerErrors } = mapColumns(table.header, isBlank);
  const errors = [...headerErrors, ...table.errors];
  const rows: SubscriberRow[] = [];
  const restored: RestoredNumber[] = [];
  const lineOfMember = new Map<string, number>();
  let read = 0;

  for (const csvRow of table.rows) {
    const reader = new RowReader(csvRow, columns);
    const memberNumber = reader.required('memberNumber', parseMemberNumber);
    const firstLine = memberNumber === undefined ? undefined : lineOfMember.get(memberNumber);
    if (firstLine !== undefined) {
      reader.refuse(
        'memberNumber',
        `${firstLine}行目と同じです。番号を直すか、どちらかの行を消してください。`,
      );
    } else if (memberNumber !== undefined) {
      lineOfMember.set(memberNumber, csvRow.line);
    }
    const row = readRow(reader, { line: csvRow.line, memberNumber, today, restored });
    if (row && reader.errors.length === 0) rows.push(row);
    errors.push(...reader.errors);
    if (++read % rowsPerStep === 0) yield read;
  }
  errors.sort((a, b) => a.line - b.line);
  return { rows, present: new Set(columns.keys()), restored, errors };
}

const rowsPerStep = 100;

interface RowContext {
  line: number;
  memberNumber: string | undefined;
  today: string;
  restored: RestoredNumber[];
}

/** The row with its defaults; undefined when something it cannot do without is missing or refused. */
function readRow(reader: RowReader, context: RowContext): SubscriberRow | undefined {
  const { line, memberNumber, today } = context;
  const name = reader.required('name', parseName);
  const kana = reader.optional('kana', parseKana);
  const birthDate = reader.optional('birthDate', (text) => parseBirthDate(text, today));
  const phones = readPhones(reader, context);
  const days = reader.required('days', parseDays);
  const time = reader.required('time', parseTime);
  const enrolledOn = reader.optional('enrolledOn', parseDateCell);
  const withdrawnOn = reader.optional('withdrawnOn', parseDateCell);
  const policyPreset = reader.optional('policyPreset', parsePolicyPreset) ?? 'matsudo';
  const speechRate = reader.optional('speechRate', parseSpeechRate) ?? 'slow';
  const ringSeconds = reader.optional('ringSeconds', parseRingSeconds) ?? 45;
  const notes = reader.optional('notes', parseNotes) ?? '';

  if (enrolledOn !== undefined && withdrawnOn !== undefined && withdrawnOn < enrolledOn) {
    reader.refuse('withdrawnOn', '加入日より前です。どちらかを直してください。');
  }
  if (memberNumber === undefined || name === undefined || days === undefined || time === undefined) {
    return undefined;
  }
  return {
    line,
    memberNumber,
    name,
    ...(kana !== undefined && { kana }),
    ...(birthDate !== undefined && { birthDate }),
    enrolledOn: enrolledOn ?? defaultEnrolledOn(today, withdrawnOn),
    ...(withdrawnOn !== undefined && { withdrawnOn }),
    notes,
    promptLanguage: 'ja',
    speechRate,
    ringSeconds,
    phones,
    plan: { ...days, time },
    policyPreset,
    blank: reader.blank,
  };
}

/** Today, but nobody enrols after withdrawing. */
function defaultEnrolledOn(today: string, withdrawnOn: string | undefined): string {
  return withdrawnOn !== undefined && withdrawnOn < today ? withdrawnOn : today;
}

function readPhones(reader: RowReader, { line, restored }: RowContext): SubscriberPhone[] {
  const phones: SubscriberPhone[] = [];
  for (const [phoneField, toneField] of PHONE_COLUMNS) {
    const cell =
      phoneField === 'phone1'
        ? reader.required(phoneField, parsePhoneCell)
        : reader.optional(phoneField, parsePhoneCell);
    const toneProfile = reader.optional(toneField, parseToneProfile) ?? 'tone';
    if (!cell) continue;
    const { number, restoredFrom } = cell;
    if (restoredFrom !== undefined) {
      restored.push({ line, field: reader.heading(phoneField), from: restoredFrom, to: number });
    }
    if (phones.some((phone) => phone.number === number)) {
      reader.refuse(phoneField, 'この方のほかの電話番号と同じです。どちらかを消してください。');
    }
    phones.push({ number, toneProfile });
  }
  return phones;
}
