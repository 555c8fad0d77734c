import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until `probe` answers something truthy and returns it.
 *
 * @throws Error naming `what` when `timeoutMs` (default 5000) have passed; whatever `probe` throws
 */
export async function until<T>(
  probe: () => T | Promise<T>,
  wait: { what: string; timeoutMs?: number; everyMs?: number },
): Promise<NonNullable<T>> {
  const { what, timeoutMs = 5_000, everyMs = 20 } = wait;
  const giveUpAt = performance.now() + timeoutMs;
  for (;;) {
    const answer = await probe();
    if (answer) return answer;
    if (performance.now() >= giveUpAt) throw new Error(`waited ${timeoutMs} ms in vain until ${what}`);
    await delay(everyMs);
  }
}
