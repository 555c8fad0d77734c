import type { Database } from '../storage/database.js';
import type { Slots } from './hotline-call-row.js';

/** What the log's reader has to know of a line. */
export interface KnownLine {
  id: number;
  slot: number;
  organizationId: number;
  recordingDays: number;
}

/** The lines as they are set up at this moment. */
export interface KnownLines extends Slots {
  all: readonly KnownLine[];
  lineAt(slot: number | undefined): KnownLine | undefined;
}

export async function readLines(database: Database): Promise<KnownLines> {
  const rows = await database('hotline_lines').select<
    { id: number; slot: number; organization_id: number; recording_days: number }[]
  >('id', 'slot', 'organization_id', 'recording_days');
  const all = rows.map((row) => ({
    id: row.id,
    slot: row.slot,
    organizationId: row.organization_id,
    recordingDays: row.recording_days,
  }));
  const bySlot = new Map(all.map((line) => [line.slot, line]));
  const byId = new Map(all.map((line) => [line.id, line]));
  const lineAt = (slot: number | undefined): KnownLine | undefined =>
    slot === undefined ? undefined : bySlot.get(slot);
  return {
    all,
    lineAt,
    lineOf: (slot) => lineAt(slot)?.id,
    slotOf: (lineId) => (lineId === null ? undefined : byId.get(lineId)?.slot),
  };
}
