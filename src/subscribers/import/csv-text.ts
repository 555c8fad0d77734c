import { CsvError, parse } from 'csv-parse/sync';
import { decodeCsv } from './csv-encoding.js';
import { type ImportError, WHOLE_FILE } from './import-error.js';

export const MAX_ROWS = 20_000;

export interface CsvRow {
  /** Physical line of the file where the row begins, from 1. */
  line: number;
  cells: string[];
}

export interface CsvTable {
  /** The first row, its cells trimmed. */
  header: CsvRow;
  /** Rows with exactly as many cells as the header; wholly blank rows are left out. */
  rows: CsvRow[];
  /** The rows that had too few or too many cells. */
  errors: ImportError[];
}

export type CsvReading = { ok: true; table: CsvTable } | { ok: false; errors: ImportError[] };

/** A CSV file's bytes as header and rows. `ok: false` when nothing of it can be relied on. */
export function readCsv(bytes: Uint8Array): CsvReading {
  const decoded = decodeCsv(bytes);
  return decoded.ok ? parseCsv(decoded.text) : decoded;
}

/** CSV text as header and rows. The separator (comma, tab, semicolon) is found from the first line. */
export function parseCsv(text: string): CsvReading {
  // One newline kind first: the parser counts a CRLF inside quotes as two lines.
  const lines = text.replace(/\r\n?/g, '\n');
  const hint = /^sep=(.)(?:\n|$)/i.exec(lines)?.[1];
  // Excel's sep= line is emptied and not cut, so that line numbers stay those of the file.
  const body = hint === undefined ? lines : lines.replace(/^[^\n]*/, '');
  const told = withoutRemarks(body);
  const split = splitRows(told, hint ?? findSeparator(told));
  if (!split.ok) return split;

  const [header, ...rows] = split.rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  if (header === undefined)
    return refuse(WHOLE_FILE, 'ファイルが空です。見出しの行と、加入者の行を入れてください。');
  if (rows.length === 0) return refuse(WHOLE_FILE, '見出しの行だけです。加入者の行を入れてください。');
  if (rows.length > MAX_ROWS) {
    return refuse(
      WHOLE_FILE,
      `行が多すぎます（${rows.length}行、上限は${MAX_ROWS}行）。分けて取り込んでください。`,
    );
  }
  const width = header.cells.length;
  return {
    ok: true,
    table: {
      header: { line: header.line, cells: header.cells.map((cell) => cell.trim()) },
      rows: rows.filter(({ cells }) => cells.length === width),
      errors: rows
        .filter(({ cells }) => cells.length !== width)
        .map(({ line, cells }) => ({ line, field: '行', message: widthMessage(cells.length, width) })),
    },
  };
}

/** Lines before the heading that begin with # are remarks, such as who exported the list; emptied, so that line numbers stay. */
function withoutRemarks(text: string): string {
  return text.replace(/^(?:\n|"?#[^\n]*(?:\n|$))+/, (remarks) => remarks.replace(/[^\n]+/g, ''));
}

/** An export puts ' before what a spreadsheet would take for a formula. */
function withoutGuard(cell: string): string {
  return cell.replace(/^'(?=[=+\-@\t\r])/, '');
}

function splitRows(
  text: string,
  delimiter: string,
): { ok: true; rows: CsvRow[] } | { ok: false; errors: ImportError[] } {
  const rows: CsvRow[] = [];
  let lastLine = 0;
  try {
    parse(text, {
      delimiter,
      record_delimiter: '\n',
      relax_column_count: true, // counted by us, so that every bad row is named and not only the first
      skip_empty_lines: true,
      on_record: (cells: string[], { lines }) => {
        lastLine = lines;
        const breaks = cells.reduce((count, cell) => count + cell.split('\n').length - 1, 0);
        rows.push({ line: lines - breaks, cells: cells.map(withoutGuard) });
        return null;
      },
    });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const unclosed = error.code === 'CSV_QUOTE_NOT_CLOSED';
    const line = unclosed ? lastLine + 1 : Number(error.lines);
    return refuse(
      { line, field: '行' },
      unclosed
        ? 'この行より後に、閉じていない「"」があります。「"」を消すか、閉じてください。'
        : 'セルの途中に「"」があります。「"」を消してください。',
    );
  }
  return { ok: true, rows };
}

/** The candidate seen most often outside quotes in the first line that holds anything; comma if none. */
function findSeparator(text: string): string {
  const firstLine = /^.*\S.*$/m.exec(text)?.[0] ?? '';
  const bare = firstLine.replace(/"[^"]*"/g, '');
  const count = (separator: string): number => bare.split(separator).length - 1;
  return ['\t', ';'].reduce((best, candidate) => (count(candidate) > count(best) ? candidate : best), ',');
}

function widthMessage(cells: number, expected: number): string {
  return cells < expected
    ? `セルが足りません（${cells}個、見出しは${expected}個）。空の欄も区切りを入れてください。`
    : `セルが多すぎます（${cells}個、見出しは${expected}個）。余分な区切りを消してください。`;
}

function refuse(
  place: { line: number; field: string },
  message: string,
): { ok: false; errors: ImportError[] } {
  return { ok: false, errors: [{ ...place, message }] };
}
