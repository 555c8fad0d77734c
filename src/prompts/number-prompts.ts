/** In the order of their values. */
const digits = ['ゼロ', 'いち', 'に', 'さん', 'よん', 'ご', 'ろく', 'なな', 'はち', 'きゅう'];

/**
 * The pieces from which Asterisk puts numbers together in Japanese, by the file names it asks for:
 * `digits/0` to `digits/19`, the tens, and `digits/hundred` after the digit of the hundreds.
 *
 * So 100 comes out as いち、ひゃく, and 300 as さん、ひゃく: two files in a row cannot say さんびゃく.
 * Below 100 every number is right.
 */
export const numberPrompts: Readonly<Record<string, string>> = {
  ...Object.fromEntries(digits.map((digit, value) => [String(value), digit])),
  ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [String(10 + i), String(10 + i)])),
  ...Object.fromEntries(Array.from({ length: 8 }, (_, i) => [String(20 + 10 * i), String(20 + 10 * i)])),
  hundred: 'ひゃく',
};
