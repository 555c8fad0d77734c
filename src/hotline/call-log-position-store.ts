import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import type { CallLogPosition } from './call-log.js';

/** Somebody else has read on from the position. */
export class MovedOn extends Error {}

const beginning: CallLogPosition = { fileId: '', position: 0 };

export async function readPosition(database: Database, pbxId: string): Promise<CallLogPosition | undefined> {
  const row = await database('queue_log_positions')
    .where({ pbx_id: pbxId })
    .first<{ file_id: string; position: number } | undefined>('file_id', 'position');
  return row && { fileId: row.file_id, position: row.position };
}

/**
 * Moves the position on within the transaction that takes in what stands before it.
 *
 * @throws MovedOn when it is not where the caller thinks
 */
export async function moveOn(
  trx: Knex.Transaction,
  pbxId: string,
  { from = beginning, to }: { from: CallLogPosition | undefined; to: CallLogPosition },
  now: Date,
): Promise<void> {
  await trx('queue_log_positions')
    .insert({ pbx_id: pbxId, file_id: '', position: 0, updated_at: now.getTime() })
    .onConflict('pbx_id')
    .merge(['pbx_id']);
  const won = await trx('queue_log_positions')
    .where({ pbx_id: pbxId, file_id: from.fileId, position: from.position })
    .update({ file_id: to.fileId, position: to.position, updated_at: now.getTime() });
  if (won !== 1) throw new MovedOn();
}
