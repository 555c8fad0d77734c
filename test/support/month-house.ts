import { DateTime } from 'luxon';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { StationContactStore } from '../../src/alerts/station-contact-store.js';
import { StationSettingsStore } from '../../src/desk/station-settings-store.js';
import { createFigures } from '../../src/figures/figures-module.js';
import { fiscalYearOf } from '../../src/figures/fiscal-year.js';
import { HolidayStore } from '../../src/organizations/holiday-store.js';
import { japaneseHolidays } from '../../src/organizations/japanese-holidays.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';

interface House {
  database: Database;
  codec: PersonalDataCodec;
  organizationId: number;
  zone: string;
  now: Date;
}

/** What administrators and the operator have set up: other tenants, the station's telephone, targets, an alert of the service's own. */
export async function fillHouse({ database, codec, organizationId, zone, now }: House): Promise<void> {
  const organizations = new OrganizationStore(database);
  for (const [kind, name, station] of [
    ['municipality', '松戸市', '市役所見守りステーション'],
    ['privateBusiness', 'さくら管理サービス', '南流山見守りステーション'],
  ] as const) {
    const id = await organizations.add({ kind, name, timeZone: zone }, now);
    await organizations.addStation({ organizationId: id, name: station }, now);
  }
  const { id: stationId } = await database('stations')
    .where({ organization_id: organizationId })
    .orderBy('id')
    .first<{ id: number }>('id');
  await new StationSettingsStore({ database, codec }).setDeskNumber(stationId, '0473900600');
  const contact = { name: '民生委員 松本さん', mail: 'matsumoto@example.jp' };
  await new StationContactStore({ database, codec }).addContact(stationId, contact, now);
  const { targets } = createFigures({ database, clock: () => now });
  const today = DateTime.fromJSDate(now, { zone }).toISODate() ?? '';
  const year = { fiscalYear: fiscalYearOf(today), version: 0 };
  const scope = { organizationId };
  for (const [measure, value] of [
    ['subscribers', 60],
    ['consultations', 24],
  ] as const)
    await targets.change({ ...year, measure, scope, value }, undefined, now);
  const years = [now.getUTCFullYear(), now.getUTCFullYear() + 1];
  await new HolidayStore(database).replaceYears(years, japaneseHolidays(years));
  const early = new Date(now.getTime() - 95 * 60_000);
  await new AlertStore(database).tellOperator('voiceNotTakenIn', 'pbx1', '', early);
}
