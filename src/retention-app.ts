import type { ConsoleAppOptions, ConsolePart } from './console-app.js';
import { retentionRoutes } from './http/retention-router.js';
import { OrganizationStore } from './organizations/organization-store.js';
import { createRetention } from './retention/retention-module.js';
import { RetentionKeeper } from './retention/retention-keeper.js';
import { VoiceFolder } from './voice/voice-folder.js';

/** What the routes and the nightly work need of the whole service. */
export type RetentionAppOptions = Pick<
  ConsoleAppOptions,
  'database' | 'codec' | 'organizations' | 'users' | 'clock' | 'log'
> & { config: Pick<ConsoleAppOptions['config'], 'GENKIDESU_DATA' | 'ACCESS_LOG_DAYS'> };

const daysOfMonth = 30.4;

/** The part that forgets: rules of keeping, their nightly work, and the pages about it. */
export function createRetentionApp(options: RetentionAppOptions): ConsolePart {
  const { config, database, codec, users, clock, log } = options;
  const folder = new VoiceFolder(config.GENKIDESU_DATA);
  const retention = createRetention({
    ...{ database, codec, clock, log },
    accessLog: users.accessLog,
    removeSpooled: (file) => folder.removeSpooled(file),
  });
  const keeper = new RetentionKeeper({ retention: retention.retention, clock, log });
  const organizations = new OrganizationStore(database);
  return {
    routes: retentionRoutes({
      ...{ retention, clock },
      places: users.places,
      recordLook: users.recordLook,
      accessLogMonths: Math.floor(config.ACCESS_LOG_DAYS / daysOfMonth),
      organizations: options.organizations,
      zoneOf: async (organizationId) =>
        (await organizations.all()).find(({ id }) => id === organizationId)?.timeZone,
    }),
    start: () => keeper.start(),
    stop: () => keeper.stop(),
  };
}
