/** Slips that cost nothing. */
const freeFailures = 4;
const delaysSeconds = [30, 60, 120, 300, 900];

/**
 * How long an account is shut after so many wrong passwords or codes in a row. The delay grows to a quarter of
 * an hour and no further: nobody may be kept out for ever by somebody who only knows their address.
 *
 * @param failures in a row, this one included
 */
export function lockSeconds(failures: number): number {
  if (failures <= freeFailures) return 0;
  return delaysSeconds[Math.min(failures - freeFailures, delaysSeconds.length) - 1] ?? 0;
}

/** The first time only: who is attacked for a week needs one mail, not a thousand. */
export function tellsOwner(failures: number): boolean {
  return failures === freeFailures + 1;
}
