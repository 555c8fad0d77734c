/**
 * East Asian Wide and Fullwidth characters (Unicode UAX #11), as far as names and our own words need them.
 * Half-width katakana (FF61-FF9F) are not among them.
 */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
/** Marks and variation selectors (of kanji in names) stand on the character before them. */
const withoutWidth = /[\p{M}\p{Cf}]/u;

/** The columns that a text takes on a terminal: two for each full-width character. */
export function columnsOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (withoutWidth.test(character)) continue;
    columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}

/** The text with spaces behind it, up to a number of columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - columnsOf(text)));
}

/** Makes rows into lines whose columns stand below each other, two spaces apart. */
export function alignedLines(rows: readonly (readonly string[])[]): string[] {
  const clean = rows.map((row) => row.map(printable));
  const widths: number[] = [];
  for (const row of clean) {
    for (const [index, cell] of row.entries()) {
      widths[index] = Math.max(widths[index] ?? 0, columnsOf(cell));
    }
  }
  return clean.map((row) =>
    row
      .map((cell, index) => padColumns(cell, widths[index] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

/** A name out of somebody's file must not move the cursor or colour the screen. */
function printable(text: string): string {
  return text.replace(/\p{Cc}+/gu, ' ');
}
