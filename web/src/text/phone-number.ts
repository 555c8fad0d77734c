import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/**
 * A Japanese number as it is printed and read aloud: 0473912345 is 047-391-2345. What is no whole number (110, a
 * number from abroad, a slip of the pen) stays as it is.
 */
export function inGroups(number: string): string {
  const shown = parsePhoneNumberFromString(number, 'JP')?.formatNational() ?? number;
  return shown.replace(/-/g, '') === number ? shown : number;
}
