import { newAttemptId } from '../checkins/attempt-id.js';
import { ClaimStore } from '../checkins/claim-store.js';
import { LedgerStore } from '../checkins/ledger-store.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { WriteGroup } from '../storage/write-group.js';
import { morning } from './ledger-town.js';
import { median } from './percentile.js';

const claimsPerBatch = 50;
const warmUps = 3;
const pbxId = 'bench';

export interface LedgerTimes {
  /** Reading and claiming a batch of fifty. */
  claimMs: number;
  /** A station's page of today. */
  ledgerMs: number;
}

/** Measures what the dialler and the stations do all day. Afterwards the day is as it was. */
export async function measureTimes(
  database: Database,
  codec: PersonalDataCodec,
  rounds: number,
): Promise<LedgerTimes> {
  const noon = morning.set({ hour: 12 }).toJSDate();
  const today = morning.toISODate() ?? '';
  const claims = new ClaimStore({ database, codec, writes: new WriteGroup(database) });
  const ledgers = new LedgerStore({ database, codec });
  const stations = await ledgers.stations();
  const tenants = [...new Set(stations.map(({ organizationId }) => organizationId))];

  // Each tenant once: a second batch would find fewer people.
  const claimMs = await medianMs(Math.min(rounds, tenants.length - warmUps), async (round) => {
    const tenant = tenants[round % tenants.length] ?? 0;
    const due = await claims.findDue(tenant, noon, today, claimsPerBatch);
    const claim = { pbxId, notCalledSince: new Date(0) };
    await Promise.all(due.map((one) => claims.claim(one, { ...claim, attemptId: newAttemptId(noon) }, noon)));
  });
  const look = async (round: number): Promise<void> => {
    await ledgers.day(stations[round % rounds]?.id ?? 0, today, noon);
  };
  // A station looks many times a day: its first look after the years were written is not counted.
  await medianMs(rounds, look);
  const ledgerMs = await medianMs(rounds, look);

  await database('attempts').where({ pbx_id: pbxId }).delete();
  await database('check_ins').where({ state: 'calling' }).update({ state: 'due', attempts: 0 });
  return { claimMs, ledgerMs };
}

async function medianMs(rounds: number, work: (round: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds + warmUps; round++) {
    const startedAt = performance.now();
    await work(round);
    if (round >= warmUps) times.push(performance.now() - startedAt);
  }
  return median(times);
}
