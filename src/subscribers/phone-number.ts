import { type PhoneNumberType, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { narrow } from './narrow-text.js';

export type PhoneKind = 'landline' | 'mobile' | 'ip' | 'tollFree';

export type PhoneRefusal =
  | 'empty'
  | 'unreadable' // other than digits, hyphens, spaces and parentheses
  | 'excelExponent' // 9.01E+10: the digits are gone
  | 'shortCode' // 110, 119, 118, 104 and every other three-digit number
  | 'dialPrefix' // 184, 186, 00xx: a prefix, not part of the number
  | 'international'
  | 'leadingZeroMissing'
  | 'navidial' // 0570
  | 'pager' // 020: pagers and machines
  | 'premium' // 0990
  | 'invalid';

interface PhoneAccepted<Kind extends PhoneKind> {
  ok: true;
  /** Domestic digits with the leading 0, e.g. `0473912345`. */
  number: string;
  kind: Kind;
  /** The 0 that Excel drops was put back: show it to somebody. */
  restoredZero?: true;
}

export type PhoneParse = PhoneAccepted<PhoneKind> | { ok: false; reason: PhoneRefusal };
export type CallTargetKind = Exclude<PhoneKind, 'tollFree'>;
export type CallTargetParse =
  PhoneAccepted<CallTargetKind> | { ok: false; reason: PhoneRefusal | 'tollFree' };

/**
 * The last guard before the dialler: domestic digits of a line a person can have, of the right length.
 *
 * It knows the refused kinds by prefix, not from the number tables, so that no update of a package can
 * let one through: 00xx and 010 (carrier and international prefixes), 0120 and 0800 (toll free), 0170,
 * 0180, 0910, 0990 (services), 020 (pagers, machines), 0570.
 * Source: 電気通信番号計画 (2019, 総務省告示第6号), the table of number kinds.
 */
export const isDialable = (number: string): boolean =>
  /^(?!00|010|0120|0170|0180|020|0570|0800|0910|0990)(?:0[5-9]0\d{8}|0(?![5-9]0)[1-9]\d{8})$/.test(number);

/**
 * Reads one Japanese phone number as people type it: full-width digits, any dash, spaces, parentheses,
 * or +81. Toll-free numbers are read too, as they may be printed or published; what we shall *call*
 * goes through `parseCallTarget`.
 *
 * A leading 0 is put back only into a cell of nothing but digits (all that Excel leaves of a number):
 * nine digits that make a landline, ten from 50, 70, 80 or 90 that make an IP or mobile number.
 */
export function parsePhoneNumber(text: string): PhoneParse {
  const narrowed = narrow(text);
  if (narrowed === '') return refuse('empty');
  if (/^\d(?:\.\d+)?E\+?\d+$/i.test(narrowed)) return refuse('excelExponent');

  const plain = narrowed.replace(/[\s()-]/g, '');
  if (!/^\+?\d+$/.test(plain)) return refuse('unreadable');
  if (plain.startsWith('+81')) return classify(`0${plain.slice(3).replace(/^0/, '')}`);
  if (plain.startsWith('+')) return refuse('international');
  if (/^\d{3}$/.test(plain)) return refuse('shortCode');
  if (/^18[46]0/.test(plain)) return refuse('dialPrefix');
  if (plain.startsWith('0')) return classify(plain);
  return restoreZero(plain, /^\d+$/.test(narrowed));
}

/** As `parsePhoneNumber`, but for a number we shall call: a toll-free number is nobody's home. */
export function parseCallTarget(text: string): CallTargetParse {
  const parsed = parsePhoneNumber(text);
  if (!parsed.ok) return parsed;
  const { kind } = parsed;
  if (kind === 'tollFree') return { ok: false, reason: 'tollFree' };
  // The number tables of the package and our own guard must agree before anybody's phone rings.
  return isDialable(parsed.number) ? { ...parsed, kind } : { ok: false, reason: 'invalid' };
}

function restoreZero(digits: string, onlyDigits: boolean): PhoneParse {
  const restored = classify(`0${digits}`);
  if (!restored.ok) return digits.length === 9 || digits.length === 10 ? restored : refuse('invalid');

  const unambiguous =
    onlyDigits &&
    ((digits.length === 9 && restored.kind === 'landline') ||
      (/^[5789]0\d{8}$/.test(digits) && (restored.kind === 'mobile' || restored.kind === 'ip')));
  return unambiguous ? { ...restored, restoredZero: true } : refuse('leadingZeroMissing');
}

const KIND_OF_TYPE: Partial<Record<PhoneNumberType, PhoneKind>> = {
  FIXED_LINE: 'landline',
  MOBILE: 'mobile',
  VOIP: 'ip',
  TOLL_FREE: 'tollFree',
};
const REFUSAL_OF_TYPE: Partial<Record<PhoneNumberType, PhoneRefusal>> = {
  UAN: 'navidial',
  PREMIUM_RATE: 'premium',
};

/** `digits` begin with 0. */
function classify(digits: string): PhoneParse {
  if (digits.startsWith('010')) return refuse('international');
  if (digits.startsWith('00')) return refuse('dialPrefix');
  if (digits.startsWith('020')) return refuse('pager');

  const parsed = parsePhoneNumberFromString(digits, 'JP');
  // The package may read a prefix or a country code into the digits; then it is not the number we were given.
  if (!parsed?.isValid() || parsed.country !== 'JP' || parsed.nationalNumber !== digits.slice(1)) {
    return refuse('invalid');
  }
  const type = parsed.getType();
  const kind = type && KIND_OF_TYPE[type];
  if (kind) return { ok: true, number: digits, kind };
  return refuse((type && REFUSAL_OF_TYPE[type]) ?? 'invalid');
}

function refuse(reason: PhoneRefusal): { ok: false; reason: PhoneRefusal } {
  return { ok: false, reason };
}
