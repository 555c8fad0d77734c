/** How a carrier writes a number of Japan: 0471234567, 81471234567 or +81471234567. */
export const numberFormats = ['0', '81', '+81'] as const;

export type NumberFormat = (typeof numberFormats)[number];

/**
 * A number as the carrier wants it.
 *
 * @param domestic digits; short ones such as 119 have no country in front, and stay as they are
 */
export function inFormat(domestic: string, format: NumberFormat): string {
  return /^0\d{8,10}$/.test(domestic) ? format + domestic.slice(1) : domestic;
}

/** What somebody else told us to be a format; anything unknown is the plain one. */
export function numberFormatOf(text: string): NumberFormat {
  return numberFormats.find((format) => format === text) ?? '0';
}
