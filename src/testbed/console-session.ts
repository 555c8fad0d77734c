import { randomBytes } from 'node:crypto';
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
  // Nobody is let in before the invitation was taken up.
  const token = /[#=]([\w-]{43})$/.exec(answer.link)?.[1] ?? '';
  const done = await users.userLinks.setPassword(token, randomBytes(18).toString('base64url'), 'bench');
  if (done.kind !== 'done') throw new Error(done.kind);
  return (await users.sessions.begin(answer.userId, 'full', 'bench')).token;
}
