import type { Knex } from 'knex';
import { inChunks } from '../storage/chunks.js';
import type { PresenceLine } from './call-log.js';
import type { KnownLines } from './known-lines-store.js';

interface PresenceRow {
  extension: string;
  line_id: number | null;
  what: string;
  at: number;
}

/** Keeps when counsellors came and went, each once: the table has no key but all that a row says. */
export async function writePresences(
  trx: Knex.Transaction,
  pbxId: string,
  presences: readonly PresenceLine[],
  known: KnownLines,
): Promise<void> {
  for (const chunk of inChunks(presences)) {
    const times = chunk.map(({ at }) => at.getTime());
    const kept = await trx('counsellor_presences')
      .where({ pbx_id: pbxId })
      .whereIn('extension', [...new Set(chunk.map(({ extension }) => extension))])
      .whereBetween('at', [Math.min(...times), Math.max(...times)])
      .select<PresenceRow[]>('extension', 'line_id', 'what', 'at');
    const seen = new Set(kept.map(keyOf));
    const rows = chunk
      .map(({ extension, slot, what, reason, at }) => ({
        pbx_id: pbxId,
        extension,
        line_id: known.lineOf(slot) ?? null,
        what,
        reason,
        at: at.getTime(),
      }))
      .filter((row) => !seen.has(keyOf(row)));
    if (rows.length > 0) await trx('counsellor_presences').insert(rows);
  }
}

function keyOf({ extension, line_id, what, at }: PresenceRow): string {
  return [extension, line_id, what, at].join();
}
