import { createAdminApp } from '../../src/admin-app.js';
import { readConfig } from '../../src/config.js';
import type { ConsoleAppOptions } from '../../src/console-app.js';
import type { Route } from '../../src/http/route.js';
import { createLog } from '../../src/log.js';
import { codec, type Logins } from './logins.js';
import { deadLine } from './people-server.js';
import { testKeyText } from './test-codec.js';

/** The administrators' routes over a database, with an exchange that is not there. */
export function adminRoutesOver({ database, users, clock }: Logins): readonly Route[] {
  const absent = { isUp: false } as unknown;
  return createAdminApp({
    config: readConfig({
      LOOKUP_KEY: 'a-key-for-these-tests',
      PERSONAL_DATA_KEY: testKeyText,
      CALLER_NUMBER: '0473900000',
      ARI_PASSWORD: 'secret-of-ari',
      AMI_PASSWORD: 'secret-of-ami',
      // Nobody listens on a port that only the machine's owner may take.
      ARI_URL: 'http://127.0.0.1:9',
      AMI_PORT: '9',
    }),
    database,
    codec,
    ami: absent as ConsoleAppOptions['ami'],
    phone: absent as ConsoleAppOptions['phone'],
    testLine: deadLine(),
    organizations: () => new Map(),
    users,
    health: () => Promise.reject(new Error('not asked here')),
    clock: clock.read,
    log: createLog('silent'),
  }).routes;
}
