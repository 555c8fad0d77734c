import type { CellValue } from './cell-value.js';
import type { Column } from './columns.js';
import type { CsvRow } from './csv-text.js';
import type { ImportError } from './import-error.js';
import type { ColumnField } from './subscriber-row.js';

/** Reads the cells of one row and collects everything that is wrong with them, not only the first thing. */
export class RowReader {
  readonly errors: ImportError[] = [];
  /** Columns of the file that this row leaves empty. */
  readonly blank: ColumnField[] = [];

  constructor(
    private readonly row: CsvRow,
    private readonly columns: ReadonlyMap<ColumnField, Column>,
  ) {}

  /** The cell's value; undefined if there is no such column, the cell is empty, or it was refused. */
  optional<Value>(field: ColumnField, parse: (text: string) => CellValue<Value>): Value | undefined {
    const text = this.text(field);
    if (text === undefined) return undefined;
    if (text.trim() === '') {
      this.blank.push(field);
      return undefined;
    }
    const parsed = parse(text);
    if (parsed.ok) return parsed.value;
    this.refuse(field, parsed.message);
    return undefined;
  }

  /** As `optional`, but an empty cell is an error. A missing column is the header's error, told once. */
  required<Value>(field: ColumnField, parse: (text: string) => CellValue<Value>): Value | undefined {
    if (this.text(field)?.trim() === '') this.refuse(field, '空です。必ず入れてください。');
    return this.optional(field, parse);
  }

  refuse(field: ColumnField, message: string): void {
    this.errors.push({ line: this.row.line, field: this.heading(field), message });
  }

  /** The column's name as the file writes it. */
  heading(field: ColumnField): string {
    return this.columns.get(field)?.heading ?? field;
  }

  private text(field: ColumnField): string | undefined {
    const column = this.columns.get(field);
    return column && (this.row.cells[column.index] ?? '');
  }
}
