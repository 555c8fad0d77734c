import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { OrganizationStore } from '../organizations/organization-store.js';
import { projectRoot } from '../project-root.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { readCsv } from '../subscribers/import/csv-text.js';
import { compareImport } from '../subscribers/import/import-difference.js';
import { readSubscribers } from '../subscribers/import/read-subscribers.js';
import { SubscriberStore } from '../subscribers/subscriber-store.js';
import type { PersonResult } from './judge.js';
import { demoPolicies } from './demo-policies.js';

const zone = 'Asia/Tokyo';
const stations = [
  { name: '常盤平見守りステーション', spokenName: 'names/tokiwadaira', file: 'tokiwadaira.csv' },
  { name: '小金原見守りステーション', spokenName: 'names/koganehara', file: 'koganehara.csv' },
];

/** Fills a fresh database from the sample lists; everybody is due this very minute. */
export async function fillDemo(database: Database, codec: PersonalDataCodec, now: Date): Promise<void> {
  const organizations = new OrganizationStore(database);
  const organizationId = await organizations.add(
    {
      kind: 'communityAssociation',
      name: 'まつど見守りの会',
      timeZone: zone,
      spokenName: 'names/matsudo',
      policies: { ...demoPolicies },
    },
    now,
  );
  const store = new SubscriberStore({ database, codec });
  const today = DateTime.fromJSDate(now, { zone });
  for (const { name, spokenName, file } of stations) {
    const stationId = await organizations.addStation({ organizationId, name, spokenName }, now);
    const sample = readFileSync(join(projectRoot, 'docs', 'samples', file), 'utf8');
    // The lists say nine o'clock; the demo does not wait for it.
    const reading = readCsv(Buffer.from(sample.replaceAll(',9:00,', `,${today.toFormat('HH:mm')},`)));
    if (!reading.ok) throw new Error(`${file}: ${JSON.stringify(reading.errors)}`);
    const { rows, present, errors } = readSubscribers(reading.table, { today: today.toISODate() ?? '' });
    if (errors.length > 0) throw new Error(`${file}: ${JSON.stringify(errors)}`);
    await store.applyImport(stationId, compareImport(rows, new Map(), present), now);
  }
}

interface ResultRow {
  id: number;
  subscriber_id: number;
  name: string;
  number: string;
  state: string;
  result: string | null;
  attempts: number;
  reason: string | null;
}

/** What became of everybody who was due up to now. */
export async function readResults(
  database: Database,
  codec: PersonalDataCodec,
  now: Date,
): Promise<PersonResult[]> {
  const rows = await database('check_ins as c')
    .join('subscribers as s', 's.id', 'c.subscriber_id')
    .join('phone_numbers as n', 'n.subscriber_id', 'c.subscriber_id')
    .leftJoin('alerts as a', 'a.check_in_id', 'c.id')
    .where('c.due_at', '<=', now.getTime())
    .orderBy('c.id')
    .select<ResultRow[]>(
      'c.id',
      'c.subscriber_id',
      's.name',
      'n.number',
      'c.state',
      'c.result',
      'c.attempts',
      'a.reason',
    );
  const keys = await database('keys_pressed as k')
    .join('attempts as a', 'a.id', 'k.attempt_id')
    .orderBy(['a.claimed_at', 'k.position'])
    .select<{ check_in_id: number; digit: string }[]>('a.check_in_id', 'k.digit');
  return rows.map((row) => ({
    number: codec.decode(row.number),
    name: codec.decode(row.name),
    state: row.state,
    result: row.result ?? undefined,
    alertReason: row.reason ?? undefined,
    attempts: row.attempts,
    keys: keys
      .filter((key) => key.check_in_id === row.id)
      .map((key) => key.digit)
      .join(''),
  }));
}

/** Names by subscriber, for the view. */
export async function namesOf(database: Database, codec: PersonalDataCodec): Promise<Map<number, string>> {
  const rows = await database('subscribers').select<{ id: number; name: string }[]>('id', 'name');
  return new Map(rows.map(({ id, name }) => [id, codec.decode(name)]));
}
