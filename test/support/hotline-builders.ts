import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import type { OpeningHours, OpeningHoursOf } from '../../src/hotline/opening-hours-of.js';

const longAgo = Date.parse('2026-11-01T23:00:00Z');
let count = 0;

/** Marks what it stores, so that a text read past the codec shows. */
export const markingCodec: PersonalDataCodec = {
  encode: (text) => `stored:${text}`,
  decode: (stored) => {
    if (!stored.startsWith('stored:')) throw new Error('this was not stored through the codec');
    return stored.slice('stored:'.length);
  },
  lookup: (kind, text) => `${kind}:${text}`,
};

export const alwaysOpen: OpeningHours = { isOpen: () => true, nextOpening: (after) => after };
export const openForAll: OpeningHoursOf = () => Promise.resolve(alwaysOpen);

/** Writes an operator with a line in this slot. */
export async function seedLine(
  database: Database,
  slot: number,
  overrides: { organizationId?: number; recordingDays?: number; serviceLevelSeconds?: number } = {},
): Promise<{ organizationId: number; lineId: number }> {
  const n = ++count;
  const organizationId =
    overrides.organizationId ??
    (await insert(database, 'organizations', {
      kind: 'operator',
      name: `試験法人${n}`,
      time_zone: 'Asia/Tokyo',
      key_map: '{}',
      created_at: longAgo,
    }));
  const lineId = await insert(database, 'hotline_lines', {
    organization_id: organizationId,
    slot,
    name: `試験ライン${n}`,
    shown_number: '0473661111',
    week: JSON.stringify([[], [], [], [], [], [], []]),
    recording_days: overrides.recordingDays ?? 90,
    service_level_seconds: overrides.serviceLevelSeconds ?? 20,
    created_at: longAgo,
  });
  return { organizationId, lineId };
}

export async function seedCounsellor(
  database: Database,
  organizationId: number,
  extension: string,
  { lineIds = [], state = 'active' }: { lineIds?: number[]; state?: 'active' | 'removed' } = {},
): Promise<number> {
  const id = await insert(database, 'counsellors', {
    organization_id: organizationId,
    name: markingCodec.encode('相談 花子'),
    extension,
    sip_secret: markingCodec.encode('secret'),
    state,
    created_at: longAgo,
  });
  for (const lineId of lineIds) {
    await database('counsellor_lines').insert({ counsellor_id: id, line_id: lineId });
  }
  return id;
}

/** Every row of what the log fills; ids have gaps where a row was written again. */
export async function everythingTold(database: Database): Promise<unknown> {
  const rows = async (table: string): Promise<unknown[]> =>
    (await database(table).orderBy('id').select<object[]>('*')).map((row) => ({ ...row, id: undefined }));
  return {
    calls: await rows('hotline_calls'),
    tasks: await rows('hotline_tasks'),
    voices: await rows('voice_files'),
    presences: await rows('counsellor_presences'),
  };
}

async function insert(database: Database, table: string, row: Record<string, unknown>): Promise<number> {
  const ids: number[] = await database(table).insert(row);
  return ids[0] ?? 0;
}
