import { createHash } from 'node:crypto';
import type { Entries } from './line-entries.js';

export const ownedUrgentPaths = /^hotline-urgent\/[0-9a-f]{40}$/;

/** Before everybody who has no open alert. */
const urgentPriority = '10';

/**
 * Whose call goes first. The exchange recognizes the number and can't tell anybody which it is.
 *
 * @param numbers domestic digits
 */
export function entriesOfUrgent(numbers: readonly string[], salt: string): Entries {
  return new Map(
    numbers.map((number) => [
      `hotline-urgent/${createHash('sha1')
        .update(salt + number)
        .digest('hex')}`,
      urgentPriority,
    ]),
  );
}
