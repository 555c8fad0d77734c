import assert from 'node:assert/strict';
import { AlertMailStore } from '../../src/alerts/alert-mail-store.js';
import { writeAlert } from '../../src/alerts/alert-store.js';
import { AlertWorkStore } from '../../src/alerts/alert-work-store.js';
import { StationContactStore } from '../../src/alerts/station-contact-store.js';
import { StationCallStore } from '../../src/desk/station-call-store.js';
import { StationSettingsStore } from '../../src/desk/station-settings-store.js';
import { MailStore } from '../../src/mails/mail-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';

/** Fills what a station's work keeps about people: steps on an alert, a call by click, mails and their receivers. */
export async function fillDesk(
  { database, codec }: { database: Database; codec: PersonalDataCodec },
  { word, number, mail }: { word: string; number: string; mail: string },
  now: Date,
): Promise<void> {
  const stores = { database, codec };
  const checkin = await database('check_ins').first<{
    id: number;
    organization_id: number;
    station_id: number;
    subscriber_id: number;
  }>('*');
  const [organizationId, stationId] = [checkin.organization_id, checkin.station_id];
  const about = { organizationId, stationId, subscriberId: checkin.subscriber_id };
  await writeAlert(database, { ...about, checkinId: checkin.id, reason: 'noResponse', at: now });
  await new StationSettingsStore(stores).setDeskNumber(stationId, number);
  const contact = { name: `${word} 民生委員`, mail: `minsei.${mail}` };
  await new StationContactStore(stores).addContact(stationId, contact, now);
  const mails = new AlertMailStore({
    ...stores,
    mails: new MailStore(stores),
    baseUrl: () => 'https://g.test',
  });
  assert.equal(await mails.tellDue(now), 1);
  const call = { ...about, id: 'marked-call', pbxId: 'pbx1', userId: undefined };
  assert.equal(await new StationCallStore(stores).begin(call, now), undefined);
  const { id } = await database('alerts').first<{ id: number }>('id');
  const work = new AlertWorkStore(stores);
  await work.note(id, { words: `${word}の様子`, by: undefined, at: now });
  await work.close(id, { reason: 'other', words: `${word}と話した`, by: undefined, at: now });
}
