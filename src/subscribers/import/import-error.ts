/** Something wrong in the file, told to the person who can correct it. */
export interface ImportError {
  /** Physical line of the file, from 1; 0 when the file as a whole is meant. */
  line: number;
  /** The column as the file's header names it, or `ファイル` / `見出し` / `行`. */
  field: string;
  /** Japanese, says what to do; never repeats a name, phone number or date of birth. */
  message: string;
}

export const WHOLE_FILE = { line: 0, field: 'ファイル' } as const;

/**
 * A cell in 「」 for an error message: without control or direction characters, which could rewrite
 * the terminal's earlier lines, and cut after 20 characters.
 */
export function quoteCell(text: string): string {
  const characters = Array.from(text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ').trim());
  return `「${characters.length > 20 ? `${characters.slice(0, 20).join('')}…` : characters.join('')}」`;
}
