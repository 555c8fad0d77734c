/**
 * How long to wait before the next try at a link, in ms: doubling from 250 ms to 3 s, with jitter
 * so that many clients do not come back at one moment. No longer: calls that live through a lost link
 * are taken up again within 5 s of its return, and to an exchange a try in 3 s is nothing.
 *
 * @param attempt tries since the link was last up, from 0
 * @param dice a number from 0 up to 1
 */
export function reconnectDelayMs(attempt: number, dice: number): number {
  return Math.min(3000, 250 * 2 ** Math.min(attempt, 10)) * (0.5 + dice / 2);
}
