import { scriptOf } from './checkins/script-of.js';
import { TimelineStore } from './checkins/timeline-store.js';
import type { ConsoleAppOptions, ConsolePart } from './console-app.js';
import { peopleRoutes } from './http/people-router.js';
import { OrganizationStore } from './organizations/organization-store.js';
import { Editors } from './subscribers/editors.js';
import { ImportDesk } from './subscribers/import-desk.js';
import { PauseStore } from './subscribers/pause-store.js';
import { RecordChangeStore } from './subscribers/record-change-store.js';
import { RecordStore } from './subscribers/record-store.js';
import { createSubscriberSearch } from './subscribers/subscriber-search.js';
import { SubscriberIndex } from './subscribers/subscriber-index.js';
import { SubscriberIndexStore } from './subscribers/subscriber-index-store.js';
import { SubscriberStore } from './subscribers/subscriber-store.js';
import { PersonTestCalls } from './test-calls/person-test-calls.js';
import { TestCallStore } from './test-calls/test-call-store.js';
import { createNoteChange } from './users/change-log.js';
import { DraftStore } from './users/draft-store.js';

const sweepEveryMs = 3_600_000;
const draftsKeptMs = 30 * 86_400_000;

/** What the routes need of the whole service; a test may bring a line of its own. */
export type PeopleAppOptions = Pick<
  ConsoleAppOptions,
  'database' | 'codec' | 'organizations' | 'users' | 'testLine' | 'clock' | 'log'
> & { config: Pick<ConsoleAppOptions['config'], 'MAX_ASKS' | 'KEY_SECONDS'> };

/** The people's part of the console: their records, lists, drafts of forms, and test calls. */
export function createPeopleApp(options: PeopleAppOptions): ConsolePart {
  const { config, database, codec, organizations, users, testLine, clock, log } = options;
  const stores = { database, codec };
  const subscribers = new SubscriberStore(stores);
  const changes = new RecordChangeStore(stores);
  const callStates = new TestCallStore({ ...stores, note: createNoteChange(users.accessLog) });
  const drafts = new DraftStore(stores);
  const index = new SubscriberIndex({ store: new SubscriberIndexStore(stores), clock, log });
  const script = scriptOf({ maxAsks: config.MAX_ASKS, keySeconds: config.KEY_SECONDS, clock });
  const testCalls = new PersonTestCalls({
    line: testLine,
    note: async ({ subscriberId, phonePosition, userId }, outcome) => {
      const now = clock();
      await callStates.noteCalled(subscriberId, now);
      if (outcome === undefined) return;
      const fields = [{ field: 'testCall', after: { phonePosition, outcome } }];
      await changes.note(subscriberId, 'testCall', fields, { userId, now });
    },
    clock,
    log,
  });
  const sweep = (): void => {
    drafts.sweep(new Date(clock().getTime() - draftsKeptMs)).catch((error: unknown) => {
      log.warn({ event: 'drafts.sweep_failed', err: error }, 'old drafts could not be swept; tried again');
    });
  };
  let timer: NodeJS.Timeout | undefined;
  return {
    routes: peopleRoutes({
      ...{ subscribers, changes, callStates, drafts, testCalls, organizations, clock },
      places: users.places,
      recordLook: users.recordLook,
      accessLog: users.accessLog,
      records: new RecordStore(stores),
      search: createSubscriberSearch({ ...stores, index }),
      pauses: new PauseStore(stores),
      timelines: new TimelineStore({ database }),
      stations: new OrganizationStore(database),
      editors: new Editors(clock),
      desk: new ImportDesk({ subscribers, clock, log }),
      scriptFor: async ({ stationId, ...person }, organization) => {
        const spokenName = await callStates.spokenNameOf(stationId);
        return script({ checkin: { ...person, spokenName } }, organization);
      },
    }),
    start() {
      sweep();
      timer = setInterval(sweep, sweepEveryMs);
    },
    stop() {
      clearInterval(timer);
      index.close();
    },
  };
}
