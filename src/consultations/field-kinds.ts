import { z } from 'zod';
import { parseJapaneseDate, type DateRefusal } from '../subscribers/japanese-date.js';
import { parsePhoneNumber, type PhoneRefusal } from '../subscribers/phone-number.js';

/** Control characters but tab and line feed, marks that turn the direction of reading, halves of characters. */
const UNSEEN = /(?![\n\t])[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Cs}]/gu;

const dateRefusals: Readonly<Record<DateRefusal, string>> = {
  empty: '日付を書いてください。',
  unreadable: '日付を読めません。「2026-11-24」や「昭和15年3月2日」のように書いてください。',
  noSuchDay: 'その日はありません。',
  outsideEra: 'その元号にその日はありません。',
  outOfRange: '年が違うようです。',
  yearUnclear: '年がはっきりしません。西暦4桁か元号を付けてください。',
  excelSerial: '日付ではなく数字だけになっています。',
};

const phoneRefusals: Partial<Record<PhoneRefusal, string>> = {
  shortCode: '110番や119番などの短い番号は書けません。',
  international: '国内の番号を書いてください。',
  leadingZeroMissing: '先頭の0がありません。',
};

const thousands = (count: number): string => count.toLocaleString('en-US');

/**
 * Text as it was typed, markup included: it is kept as plain text and nothing ever reads it as anything else.
 * Characters that nobody sees are left out.
 *
 * @param most characters, counted as people count them
 */
export function text(most: number) {
  return z
    .string({ error: '文字で書いてください。' })
    .transform((given) => given.replace(/\r\n?/g, '\n').replace(UNSEEN, '').trim())
    .superRefine((value, context) => {
      const length = Array.from(value).length;
      if (length > most)
        context.addIssue({
          code: 'custom',
          message: `${thousands(most)}文字までです（いま${thousands(length)}文字）。`,
        });
    });
}

/** Text of one line: a line break becomes a space. */
export function line(most: number) {
  return text(most).transform((value) => value.replace(/\s*\n\s*/g, ' '));
}

/** Text that must not be empty. */
export function neededLine(most: number) {
  return line(most).refine((value) => value !== '', '空にはできません。');
}

/** A date in Western or Japanese years, to `YYYY-MM-DD`. */
export function date() {
  return z
    .string({ error: '日付を文字で書いてください。' })
    .max(40, '日付が長すぎます。')
    .transform((given, context) => {
      const parsed = parseJapaneseDate(given);
      if (parsed.ok) return parsed.date;
      context.addIssue({ code: 'custom', message: dateRefusals[parsed.reason] });
      return z.NEVER;
    });
}

/** A Japanese phone number, to domestic digits. */
export function phone() {
  return z
    .string({ error: '電話番号を文字で書いてください。' })
    .max(40, '電話番号が長すぎます。')
    .transform((given, context) => {
      const parsed = parsePhoneNumber(given);
      if (parsed.ok) return parsed.number;
      const message = phoneRefusals[parsed.reason] ?? '電話番号を読めません。確かめてください。';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    });
}

/** The number that the exchange showed: foreign and odd ones come in too, and stay as they came. */
export function shownNumber() {
  return z
    .string({ error: '電話番号を文字で書いてください。' })
    .max(40, '電話番号が長すぎます。')
    .transform((given, context) => {
      const parsed = parsePhoneNumber(given);
      if (parsed.ok) return parsed.number;
      if (/^\+?\d{1,20}$/.test(given)) return given;
      context.addIssue({ code: 'custom', message: '電話番号を読めません。確かめてください。' });
      return z.NEVER;
    });
}

export function mail() {
  return line(254).refine((value) => value === '' || /^[^\s@<>"]+@[^\s@<>"]+$/.test(value), {
    error: 'メールアドレスの形になっていません。',
  });
}

/** A whole number within bounds. */
export function whole(least: number, most: number, unit = '') {
  const error = `${thousands(least)}から${thousands(most)}${unit}までの整数にしてください。`;
  return z.number({ error }).int(error).min(least, error).max(most, error);
}

export function flag() {
  return z.boolean({ error: 'はい・いいえ（true・false）で答えてください。' });
}

/** A row's id. */
export function id() {
  return whole(1, 2 ** 31 - 1);
}

/** An instant with its offset from UTC, such as 2026-11-24T10:05:00+09:00, to a Date between 2000 and 2199. */
export function instant() {
  const error = '日時を「2026-11-24T10:05:00+09:00」の形で書いてください。';
  return z.iso
    .datetime({ offset: true, error })
    .transform((given) => new Date(given))
    .refine((at) => at.getUTCFullYear() >= 2000 && at.getUTCFullYear() < 2200, '年が違うようです。');
}

/** Up to so many of something. */
export function listOf<Item extends z.ZodType>(item: Item, most: number) {
  return z.array(item, { error: '一覧（配列）にしてください。' }).max(most, `${thousands(most)}件までです。`);
}
