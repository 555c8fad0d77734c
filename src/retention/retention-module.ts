import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { OrganizationStore } from '../organizations/organization-store.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { RecordChangeStore } from '../subscribers/record-change-store.js';
import { createNoteChange } from '../users/change-log.js';
import type { AccessLogStore } from '../users/access-log-store.js';
import { consultationsErasers } from './consultations-erasure-store.js';
import { DaysErasureStore } from './days-erasure-store.js';
import { ErasureLogStore } from './erasure-log-store.js';
import { hotlineErasers, type RemoveSpooled } from './hotline-erasure-store.js';
import { papersErasers } from './papers-erasure-store.js';
import { peopleEraser } from './people-erasure-store.js';
import { PersonErasure } from './person-erasure.js';
import { PersonErasureStore } from './person-erasure-store.js';
import { RequestStore } from './request-store.js';
import { Retention } from './retention.js';
import { RuleStore } from './rule-store.js';

export interface RetentionModule {
  rules: RuleStore;
  requests: RequestStore;
  erasures: ErasureLogStore;
  retention: Retention;
  personErasure: PersonErasure;
}

/** How long what is kept, put together for the service and the commands. */
export function createRetention({
  database,
  codec,
  accessLog,
  removeSpooled,
  clock,
  log,
}: {
  database: Database;
  codec: PersonalDataCodec;
  accessLog: Pick<AccessLogStore, 'add'>;
  removeSpooled: RemoveSpooled;
  clock: Clock;
  log: Logger;
}): RetentionModule {
  const stores = { database, codec };
  const note = createNoteChange(accessLog);
  const organizations = new OrganizationStore(database);
  const rules = new RuleStore({ database, note });
  const requests = new RequestStore({ database, note });
  const erasures = new ErasureLogStore(stores);
  const erasers = [
    peopleEraser(database),
    new DaysErasureStore(database),
    ...papersErasers(database),
    ...hotlineErasers(database, removeSpooled),
    ...consultationsErasers(database),
  ];
  const retention = new Retention({
    tenants: () => organizations.all(),
    people: new PersonErasureStore({ ...stores, removeSpooled }),
    ...{ rules, erasers, requests, erasures, clock, log },
  });
  const changes = new RecordChangeStore(stores);
  return { rules, requests, erasures, retention, personErasure: new PersonErasure({ requests, changes }) };
}
