import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import type { Role } from '../../src/users/permissions.js';
import { createUsersModule } from '../../src/users/users-module.js';
import { goodPassword, tokenOf } from './logins.js';
import { codecOf } from './test-codec.js';

/** Somebody who can log in at the console of a service that runs elsewhere, on the same database. */
export interface ConsoleUser {
  mail: string;
  password: string;
  /** The token of a session that is past the second factor. */
  sessionToken: string;
}

export async function addConsoleUser(
  { database, environment }: { database: Database; environment: Record<string, string> },
  {
    role,
    organizationId,
    mail,
    name = '松戸 まもる',
    stationIds = [],
    counsellorId,
    device = 'test',
  }: {
    role: Role;
    organizationId: number | undefined;
    mail: string;
    name?: string;
    stationIds?: number[];
    counsellorId?: number;
    /** What the browser calls itself. */
    device?: string;
  },
): Promise<ConsoleUser> {
  const users = createUsersModule({
    database,
    codec: codecOf(environment),
    post: undefined,
    baseUrl: () => 'http://genki.test',
    limits: { idleMinutes: 60, hours: 12 },
    clock: () => new Date(),
    log: createLog('silent'),
  });
  const answer = await users.invitations.invite(
    { name, mail, role, organizationId, stationIds, counsellorId },
    undefined,
  );
  if (answer.kind !== 'invited') throw new Error(answer.kind);
  const token = tokenOf(answer.link);
  const done = await users.userLinks.setPassword(token, goodPassword, 'test');
  if (done.kind !== 'done') throw new Error(done.kind);
  const session = await users.sessions.begin(answer.userId, 'full', device);
  return { mail, password: goodPassword, sessionToken: session.token };
}
