import { type DateRefusal, parseJapaneseDate } from '../japanese-date.js';
import { type CallTargetParse, parseCallTarget } from '../phone-number.js';
import { accept, type CellValue, refuse } from './cell-value.js';

type CallTargetRefusal = Extract<CallTargetParse, { ok: false }>['reason'];

const PHONE_MESSAGES: Record<CallTargetRefusal, string> = {
  empty: '電話番号を入れてください。',
  unreadable: '数字とハイフンだけで、1つのセルに番号を1つ書いてください。',
  excelExponent:
    'Excelが桁を縮めた形（9.01E+10など）です。列の書式を「文字列」にして、番号を入力しなおしてください。',
  shortCode: '110・119などの3桁の番号には、かけられません。市外局番から書いてください。',
  dialPrefix: '184・186や00で始まる識別番号を外して、0で始まる番号を書いてください。',
  international: '海外の番号には、かけられません。国内の番号を書いてください。',
  leadingZeroMissing: '先頭の0がないようです。0から始まる番号を書いてください。',
  navidial: '0570で始まる番号（ナビダイヤル）には、かけられません。ご自宅か携帯の番号を書いてください。',
  pager: '020で始まる番号（ポケベル・機器用）には、かけられません。ご自宅か携帯の番号を書いてください。',
  premium: '0990で始まる番号には、かけられません。ご自宅か携帯の番号を書いてください。',
  tollFree: '0120・0800で始まる番号には、かけられません。ご自宅か携帯の番号を書いてください。',
  invalid: '使われていない番号か、桁数が違います。1つのセルに1つ、市外局番から書いてください。',
};

const DATE_MESSAGES: Record<DateRefusal, string> = {
  empty: '日付を入れてください。',
  unreadable: '「1935-02-03」か「昭和10年2月3日」のように書いてください。',
  noSuchDay: 'その月に、その日はありません。確かめてください。',
  outsideEra: 'その元号に、その日はありません。元号と年を確かめてください。',
  outOfRange: '西暦の年を確かめてください。',
  yearUnclear: '何年か決められません。「1935-02-03」か「昭和10年2月3日」のように書いてください。',
  excelSerial:
    'Excelの日付の通し番号になっています。Excelで列の書式を「日付」に直し、保存しなおしてください。',
};

export interface PhoneCell {
  number: string;
  /** The cell's own digits, when the 0 in front was put back. */
  restoredFrom?: string;
}

export function parsePhoneCell(text: string): CellValue<PhoneCell> {
  const parsed = parseCallTarget(text);
  if (!parsed.ok) return refuse(PHONE_MESSAGES[parsed.reason]);
  const { number } = parsed;
  return accept(parsed.restoredZero ? { number, restoredFrom: number.slice(1) } : { number });
}

/** `YYYY-MM-DD`. */
export function parseDateCell(text: string): CellValue<string> {
  const parsed = parseJapaneseDate(text);
  return parsed.ok ? accept(parsed.date) : refuse(DATE_MESSAGES[parsed.reason]);
}

/** A date of birth: not after `today` (`YYYY-MM-DD`), and not more than 120 years before. */
export function parseBirthDate(text: string, today: string): CellValue<string> {
  const parsed = parseDateCell(text);
  if (!parsed.ok) return parsed;
  if (parsed.value > today) return refuse('生年月日が、きょうより後です。確かめてください。');
  const oldest = `${Number(today.slice(0, 4)) - 120}${today.slice(4)}`;
  return parsed.value < oldest ? refuse('120歳を超えます。生年月日を確かめてください。') : parsed;
}
