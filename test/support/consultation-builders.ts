import { CardOpener } from '../../src/consultations/card-opener.js';
import { CardStore } from '../../src/consultations/card-store.js';
import { CaseStore } from '../../src/consultations/case-store.js';
import { CountStore } from '../../src/consultations/count-store.js';
import { EnrolFromCard } from '../../src/consultations/enrol-from-card.js';
import { EnrolmentStore } from '../../src/consultations/enrolment-store.js';
import { NumberFactsStore } from '../../src/consultations/number-facts-store.js';
import { OwnChoiceStore } from '../../src/consultations/own-choice-store.js';
import { PersonStore } from '../../src/consultations/person-store.js';
import { ReferralStore } from '../../src/consultations/referral-store.js';
import { SupportStore } from '../../src/consultations/support-store.js';
import { TenantStore } from '../../src/consultations/tenant-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { SubscriberStore } from '../../src/subscribers/subscriber-store.js';
import { AccessLogStore } from '../../src/users/access-log-store.js';
import { createNoteChange } from '../../src/users/change-log.js';
import { VoiceFileStore } from '../../src/voice/voice-file-store.js';
import type { HttpServerOptions } from '../../src/http/server.js';
import { createLog } from '../../src/log.js';
import { VoiceFolder } from '../../src/voice/voice-folder.js';
import { readVoiceKey } from '../../src/voice/voice-key.js';
import { seedStation } from './builders.js';
import { testCodec } from './test-codec.js';

/** Tuesday 2026-11-24, 10:05 in Japan: the hotline is open. */
export const answeredAt = new Date('2026-11-24T01:05:00Z');
let count = 0;

/** So much after the answer. */
export const later = (seconds: number): Date => new Date(answeredAt.getTime() + seconds * 1000);

/** A call that this desk has answered. */
export function callOf({ lineId, extension }: SeededDesk, callId: string, number: string) {
  return { pbxId: 'pbx1', callId, lineId, number, extension, at: answeredAt };
}

/** All that consultations are made of, over one database. */
export function consultationParts(database: Database, codec: PersonalDataCodec) {
  const parts = { database, codec };
  const cards = new CardStore(parts);
  const facts = new NumberFactsStore(parts);
  const tenants = new TenantStore(database);
  return {
    cards,
    facts,
    tenants,
    opener: new CardOpener({ cards, facts }),
    cases: new CaseStore(parts),
    persons: new PersonStore(parts),
    support: new SupportStore(parts),
    referrals: new ReferralStore(parts),
    counts: new CountStore(database),
    ownChoices: new OwnChoiceStore(database),
    note: createNoteChange(new AccessLogStore(parts)),
    voices: new VoiceFileStore(parts),
    enrolments: new EnrolFromCard({
      database,
      cards,
      enrolments: new EnrolmentStore(parts),
      subscribers: new SubscriberStore(parts),
      tenants,
    }),
  };
}

/** What the HTTP server serves of consultations; without a folder no recording can be played. */
export function consultationsOver(
  database: Database,
  folder = '/nowhere',
  log = createLog('silent'),
): HttpServerOptions['consultations'] {
  return {
    ...consultationParts(database, testCodec()),
    voiceFolder: new VoiceFolder(folder),
    voiceKey: readVoiceKey('ab'.repeat(32)),
    clock: () => answeredAt,
    log,
  };
}

export interface SeededDesk {
  organizationId: number;
  stationId: number;
  lineId: number;
  counsellorId: number;
  extension: string;
}

/** Writes a tenant with a station, a line and a counsellor. */
export async function seedDesk(
  database: Database,
  codec: PersonalDataCodec,
  overrides: { counsellorName?: string } = {},
): Promise<SeededDesk> {
  const n = ++count;
  const { organizationId, stationId } = await seedStation(database, codec);
  const [lineId = 0]: number[] = await database('hotline_lines').insert({
    organization_id: organizationId,
    slot: (n % 32) + 1,
    name: `試験ほっとライン${n}`,
    shown_number: '0471234567',
    week: JSON.stringify([[], [], [], [], [], [], []]),
    created_at: answeredAt.getTime(),
  });
  const extension = String(101 + (n % 700));
  const counsellorId = await seedCounsellor(
    database,
    codec,
    organizationId,
    extension,
    overrides.counsellorName,
  );
  return { organizationId, stationId, lineId, counsellorId, extension };
}

export async function seedCounsellor(
  database: Database,
  codec: PersonalDataCodec,
  organizationId: number,
  extension: string,
  name = '相談 員子',
): Promise<number> {
  const [id = 0]: number[] = await database('counsellors').insert({
    organization_id: organizationId,
    name: codec.encode(name),
    extension,
    sip_secret: 'secret',
    created_at: answeredAt.getTime(),
  });
  return id;
}
