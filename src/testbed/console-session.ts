import { createLog } from '../log.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { NewUser } from '../users/user-store.js';
import { createUsersModule } from '../users/users-module.js';

/** Adds somebody to a service that runs elsewhere on the same database. @returns the token of a session that is past the second factor */
export async function addSession(
  { database, codec }: { database: Database; codec: PersonalDataCodec },
  user: NewUser,
): Promise<string> {
  const users = createUsersModule({
    database,
    codec,
    post: undefined,
    baseUrl: () => 'http://localhost',
    limits: { idleMinutes: 60, hours: 12 },
    clock: () => new Date(),
    log: createLog('silent'),
  });
  const answer = await users.invitations.invite(user, undefined);
  if (answer.kind !== 'invited') throw new Error(answer.kind);
  return (await users.sessions.begin(answer.userId, 'full', 'bench')).token;
}
