/** Hyphens, dashes, minus signs, the long vowel mark and a ruled line: all are typed where a hyphen is meant. */
const DASHES = /[\u2010-\u2015\u2212\u2500\u30FC\uFF70\uFE58\uFE63]/g;

/**
 * Full-width letters, digits and signs made ASCII, every kind of dash made `-`, the ideographic space
 * made a space, and both ends trimmed. Only for cells of digits and codes: it would spoil a name.
 *
 * Deliberately not NFKC: that would also turn ① and ² into digits, and one digit more makes another
 * person's phone number.
 */
export function narrow(text: string): string {
  return text
    .replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(DASHES, '-')
    .replace(/\u3000/g, ' ')
    .trim();
}
