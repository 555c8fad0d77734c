/**
 * How long to wait before the next try at a link, in ms: doubling from 250 ms to 15 s, with jitter
 * so that many clients do not come back at one moment.
 *
 * @param attempt tries since the link was last up, from 0
 * @param dice a number from 0 up to 1
 */
export function reconnectDelayMs(attempt: number, dice: number): number {
  return Math.min(15_000, 250 * 2 ** Math.min(attempt, 10)) * (0.5 + dice / 2);
}
