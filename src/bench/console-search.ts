import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { systemClock } from '../clock.js';
import { createLog } from '../log.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import { inChunks } from '../storage/chunks.js';
import { migrate, openDatabase, type Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { phoneRows, subscriberRow } from '../subscribers/subscriber-columns.js';
import { SubscriberIndex } from '../subscribers/subscriber-index.js';
import { SubscriberIndexStore } from '../subscribers/subscriber-index-store.js';
import { makeTemporaryFolder } from '../testbed/temporary-folder.js';
import { benchCodec } from './bench-codec.js';
import { personOf, typedFor } from './invented-people.js';
import { percentile } from './percentile.js';

export interface SearchFigures {
  people: number;
  /** From the first search to its answer: reading, decrypting and ordering everybody. */
  buildMs: number;
  searchP95Ms: number;
  /** What the process holds more after it than before. */
  indexMB: number;
  /** The longest that nothing else could go on while the index was built; 1 ms is what it is measured in. */
  longestBlockMs: number;
}

const stations = 15;

/** Searches among invented, encrypted subscribers in a database of their own. */
export async function measureSearch({ people = 20_000, searches = 400 } = {}): Promise<SearchFigures> {
  const folder = makeTemporaryFolder('search');
  const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'bench.db') });
  try {
    const codec = benchCodec();
    await migrate(database);
    const organizationId = await writePeople(database, codec, people);
    const store = new SubscriberIndexStore({ database, codec });
    const index = new SubscriberIndex({ store, clock: systemClock, log: createLog('silent') });
    const search = async (text: string): Promise<number> => {
      const startedAt = performance.now();
      const { found } = await index.search(organizationId, { text, limit: 20 });
      if (found === 0) throw new Error('the benchmark looks for somebody who is not there');
      return performance.now() - startedAt;
    };

    const before = heapBytes();
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    const buildMs = await search(typedFor(0));
    delay.disable();
    const indexMB = (heapBytes() - before) / 1024 / 1024;
    const times: number[] = [];
    for (let n = 0; n < searches; n++) times.push(await search(typedFor(n)));
    index.close();
    const searchP95Ms = percentile(times, 0.95);
    return { people, buildMs, searchP95Ms, indexMB, longestBlockMs: delay.max / 1e6 };
  } finally {
    await database.destroy();
    await folder.remove();
  }
}

async function writePeople(database: Database, codec: PersonalDataCodec, people: number): Promise<number> {
  const now = new Date();
  const organizations = new OrganizationStore(database);
  const organizationId = await organizations.add({ kind: 'municipality', name: '計測市' }, now);
  const stationIds: number[] = [];
  for (let n = 0; n < stations; n++) {
    stationIds.push(await organizations.addStation({ organizationId, name: `計測 ${n}` }, now));
  }
  const [at, all] = [now.getTime(), Array.from({ length: people }, (_, n) => n)];
  for (const some of inChunks(all)) {
    await database.transaction(async (trx) => {
      await trx('subscribers').insert(
        some.map((n) => ({
          ...subscriberRow(personOf(n), codec),
          id: n + 1,
          organization_id: organizationId,
          station_id: stationIds[n % stations] ?? 0,
          created_at: at,
          updated_at: at,
        })),
      );
      for (const rows of inChunks(some.flatMap((n) => phoneRows(n + 1, personOf(n).phones, codec))))
        await trx('phone_numbers').insert(rows);
    });
  }
  return organizationId;
}

/** After everything that nobody needs is gone. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}

