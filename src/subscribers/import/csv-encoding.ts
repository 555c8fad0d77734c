import { type ImportError, WHOLE_FILE } from './import-error.js';

export const MAX_FILE_BYTES = 10 * 1024 * 1024;

export type CsvEncoding = 'utf-8' | 'utf-16le' | 'cp932';
export type CsvDecoding =
  { ok: true; text: string; encoding: CsvEncoding } | { ok: false; errors: ImportError[] };

const SAVE_AGAIN =
  'Excelの「名前を付けて保存」で「CSV UTF-8（コンマ区切り）」を選び、保存しなおしてください。';

/**
 * The text of a CSV file as Excel and municipal systems write it: UTF-8 with or without BOM, else
 * CP932 (Windows' Shift_JIS, with 髙 﨑 ①), or UTF-16LE with BOM (Excel's "Unicode テキスト").
 *
 * UTF-8 is tried first, strictly: Japanese text in CP932 is practically never well-formed UTF-8, while
 * nearly every UTF-8 file can be misread as CP932. Files over `MAX_FILE_BYTES` are refused unread.
 */
export function decodeCsv(bytes: Uint8Array): CsvDecoding {
  if (bytes.length > MAX_FILE_BYTES) {
    return refuse(
      `ファイルが大きすぎます（上限は${MAX_FILE_BYTES / 1024 / 1024}MB）。分けて取り込んでください。`,
    );
  }
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return refuse(`これはExcelのブックで、CSVではありません。${SAVE_AGAIN}`);
  }
  for (const encoding of startsWith(bytes, [0xff, 0xfe]) ? UTF16 : UTF8_OR_CP932) {
    const text = decode(bytes, encoding);
    if (text === undefined) continue;
    if (text.includes('\0')) break;
    return { ok: true, text, encoding };
  }
  return refuse(`文字コードを読み取れません。${SAVE_AGAIN}`);
}

const UTF16: readonly CsvEncoding[] = ['utf-16le'];
const UTF8_OR_CP932: readonly CsvEncoding[] = ['utf-8', 'cp932'];

function decode(bytes: Uint8Array, encoding: CsvEncoding): string | undefined {
  // The platform's `shift_jis` is CP932, by the WHATWG Encoding Standard.
  const decoder = new TextDecoder(encoding === 'cp932' ? 'shift_jis' : encoding, { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return signature.every((byte, index) => bytes[index] === byte);
}

function refuse(message: string): CsvDecoding {
  return { ok: false, errors: [{ ...WHOLE_FILE, message }] };
}
