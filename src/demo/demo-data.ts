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
import { demoPolicies } from './demo-policies.js';

const zone = 'Asia/Tokyo';
const stations = [
  { name: '常盤平見守りステーション', spokenName: 'names/tokiwadaira', file: 'tokiwadaira.csv' },
  { name: '小金原見守りステーション', spokenName: 'names/koganehara', file: 'koganehara.csv' },
];

/**
 * Fills a fresh database from the sample lists; everybody is due this very minute.
 *
 * @returns the id of the organization
 */
export async function fillDemo(database: Database, codec: PersonalDataCodec, now: Date): Promise<number> {
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
  return organizationId;
}
