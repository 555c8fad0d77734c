import { accept, type CellValue, refuse } from './cell-value.js';

export const MAX_NOTES = 2000;
const MAX_NAME = 100;
const MAX_MEMBER_NUMBER = 40;

/** Control and direction characters, lone surrogates; they show as nothing and can spoil a screen or a list. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
const UNSEEN_BUT_LINES = /(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** 外字: letters drawn by hand on one computer, blank on every other. */
const PRIVATE_LETTER = /\p{Co}/u;

/** A member number: any text without spaces; full-width letters and digits are made half-width. */
export function parseMemberNumber(text: string): CellValue<string> {
  const value = text.normalize('NFKC').trim();
  if (UNSEEN.test(value) || /\s/.test(value)) return refuse('空白や改行を消してください。');
  return limit(value, MAX_MEMBER_NUMBER);
}

/** A name, as written: never normalised, as that would change some people's characters. */
export function parseName(text: string): CellValue<string> {
  const value = text.trim();
  if (UNSEEN.test(value))
    return refuse('目に見えない制御文字や改行があります。名前を入力しなおしてください。');
  if (PRIVATE_LETTER.test(value)) return refuse('外字は使えません。ほかの字か、かなで書いてください。');
  return limit(value, MAX_NAME);
}

/** Kana of either kind and width, to hiragana with single spaces. */
export function parseKana(text: string): CellValue<string> {
  const value = text
    .normalize('NFKC')
    .trim()
    .replace(/ +/g, ' ')
    .replace(/[ァ-ヶヽヾ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  if (!/^[ぁ-ゖゝゞー・ ]*$/.test(value)) return refuse('ひらがなかカタカナだけで書いてください。');
  return limit(value, MAX_NAME);
}

/** Free text of at most 2,000 characters; line breaks stay. */
export function parseNotes(text: string): CellValue<string> {
  const value = text.trim();
  if (UNSEEN_BUT_LINES.test(value)) return refuse('目に見えない制御文字があります。入力しなおしてください。');
  return limit(value, MAX_NOTES);
}

function limit(value: string, most: number): CellValue<string> {
  const length = Array.from(value).length;
  return length <= most
    ? accept(value)
    : refuse(`長すぎます（${length}文字）。${most}文字までにしてください。`);
}
