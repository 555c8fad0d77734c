import type { AlertStore } from './alerts/alert-store.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { CardOpener } from './consultations/card-opener.js';
import { CardStore } from './consultations/card-store.js';
import { CaseStore } from './consultations/case-store.js';
import { CountStore } from './consultations/count-store.js';
import { EnrolFromCard } from './consultations/enrol-from-card.js';
import { EnrolmentStore } from './consultations/enrolment-store.js';
import { NumberFactsStore } from './consultations/number-facts-store.js';
import { OwnChoiceStore } from './consultations/own-choice-store.js';
import { PersonStore } from './consultations/person-store.js';
import { ReferralStore } from './consultations/referral-store.js';
import { SupportStore } from './consultations/support-store.js';
import { TenantStore } from './consultations/tenant-store.js';
import type { HttpServerOptions } from './http/server.js';
import type { Logger } from './log.js';
import type { Database } from './storage/database.js';
import type { PersonalDataCodec } from './storage/personal-data.js';
import { SubscriberStore } from './subscribers/subscriber-store.js';
import { AccessLogStore } from './users/access-log-store.js';
import { createNoteChange } from './users/change-log.js';
import { VoiceFileStore } from './voice/voice-file-store.js';
import { VoiceFolder } from './voice/voice-folder.js';
import { VoiceKeeper } from './voice/voice-keeper.js';
import { readVoiceKey } from './voice/voice-key.js';

export interface ConsultationsApp {
  readonly http: HttpServerOptions['consultations'];
  readonly opener: CardOpener;
  readonly keeper: VoiceKeeper;
}

/** The part of the composition that is about consultations and recordings: constructed by app.ts, and only there. */
export function createConsultationsApp({
  config,
  database,
  codec,
  alerts,
  clock,
  log,
}: {
  config: Config;
  database: Database;
  codec: PersonalDataCodec;
  alerts: AlertStore;
  clock: Clock;
  log: Logger;
}): ConsultationsApp {
  const stored = { database, codec };
  const cards = new CardStore(stored);
  const facts = new NumberFactsStore(stored);
  const tenants = new TenantStore(database);
  const opener = new CardOpener({ cards, facts });
  const voices = new VoiceFileStore(stored);
  const voiceFolder = new VoiceFolder(config.GENKIDESU_DATA);
  const voiceKey = config.VOICE_KEY === undefined ? undefined : readVoiceKey(config.VOICE_KEY);
  const http: HttpServerOptions['consultations'] = {
    cards,
    facts,
    opener,
    cases: new CaseStore(stored),
    persons: new PersonStore(stored),
    support: new SupportStore(stored),
    referrals: new ReferralStore(stored),
    counts: new CountStore(database),
    ownChoices: new OwnChoiceStore(database),
    note: createNoteChange(new AccessLogStore(stored)),
    enrolments: new EnrolFromCard({
      database,
      cards,
      enrolments: new EnrolmentStore(stored),
      subscribers: new SubscriberStore(stored),
      tenants,
    }),
    tenants,
    voices,
    voiceFolder,
    voiceKey,
    clock,
    log,
  };
  const keeper = new VoiceKeeper({
    pbxId: config.PBX_ID,
    files: voices,
    folder: voiceFolder,
    key: voiceKey,
    alerts,
    clock,
    log,
  });
  return { http, opener, keeper };
}
