import type { Knex } from 'knex';
import type { Database } from './database.js';

const mostTries = 5;

/** How MariaDB says so; the second one from 11.6 on, whose transactions refuse to write over what they have not read. */
const undone = new Set<unknown>(['ER_LOCK_DEADLOCK', 'ER_CHECKREAD']);

/**
 * Runs a transaction, and runs it once more when MariaDB undid it in favour of another one that held the
 * same rows in another order.
 *
 * @param work uses nothing but the transaction
 */
export async function againAfterDeadlock<T>(
  database: Database,
  work: (trx: Knex.Transaction) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await database.transaction(work);
    } catch (error) {
      if (!undone.has((error as { code?: unknown }).code) || tries >= mostTries) throw error;
    }
  }
}
