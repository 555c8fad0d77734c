import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { LedgerStore } from '../checkins/ledger-store.js';
import { localDate } from '../checkins/local-day.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

/** A station's day in one word: equal days have equal digests. */
export interface DayDigest {
  stationId: number;
  date: string;
  digest: string;
}

/** The ledgers of the day that a moment lies in, one for each station. */
export async function dayDigests(database: Knex, codec: PersonalDataCodec, at: Date): Promise<DayDigest[]> {
  const ledgers = new LedgerStore({ database, codec });
  const digests: DayDigest[] = [];
  for (const { id: stationId, timeZone } of await ledgers.stations()) {
    const date = localDate(at, timeZone);
    const ledger = await ledgers.day(stationId, date, at);
    if (!ledger) continue;
    const { headline, counts, lines } = ledger;
    const digest = createHash('sha256').update(JSON.stringify({ headline, counts, lines })).digest('hex');
    digests.push({ stationId, date, digest });
  }
  return digests;
}
