import { createAdminApp } from './admin-app.js';
import type { AmiLink } from './asterisk/ami/ami-link.js';
import type { AriPhone } from './asterisk/ari/ari-phone.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { createFiguresApp } from './figures-app.js';
import { createDeskApp } from './desk-app.js';
import { createHotdeskApp } from './hotdesk-app.js';
import type { Health } from './http/health.js';
import type { Route } from './http/route.js';
import type { Logger } from './log.js';
import type { Organization } from './organizations/organization-store.js';
import { createPeopleApp } from './people-app.js';
import { createRetentionApp } from './retention-app.js';
import type { Database } from './storage/database.js';
import type { PersonalDataCodec } from './storage/personal-data.js';
import { createTestLine } from './test-call-app.js';
import type { TestLine } from './test-calls/test-call.js';
import type { UsersModule } from './users/users-module.js';

/** What the parts of the console are made from. */
export interface ConsoleAppOptions {
  config: Config;
  database: Database;
  codec: PersonalDataCodec;
  ami: AmiLink;
  phone: AriPhone;
  /** For calls that try a telephone, beside the service's own. */
  testLine: TestLine;
  organizations: () => ReadonlyMap<number, Organization>;
  users: UsersModule;
  health: () => Promise<Health>;
  clock: Clock;
  log: Logger;
}

/** One part of the console: what its pages ask for, and what it does by itself. */
export interface ConsolePart {
  readonly routes: readonly Route[];
  start?: () => void;
  stop?: () => void | Promise<void>;
}

/** The parts, each constructed in a file of its own beside this one. */
const makers: readonly ((options: ConsoleAppOptions) => ConsolePart)[] = [
  createFiguresApp,
  createAdminApp,
  createDeskApp,
  createHotdeskApp,
  createPeopleApp,
  createRetentionApp,
];

/** The console's part of the composition: constructed by app.ts, and only there. */
export function createConsoleApp(options: Omit<ConsoleAppOptions, 'testLine'>): Required<ConsolePart> {
  const testLine = createTestLine('test', options);
  const parts = makers.map((make) => make({ ...options, testLine }));
  return {
    routes: parts.flatMap(({ routes }) => routes),
    start() {
      for (const part of parts) part.start?.();
    },
    async stop() {
      for (const part of parts) await part.stop?.();
      testLine.close();
    },
  };
}
