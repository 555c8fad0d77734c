import { stepAt, codeOfStep, fromBase32 } from '../../src/users/totp.js';
import { createLog } from '../../src/log.js';
import type { MailPost } from '../../src/mails/mail-post.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import type { NewUser } from '../../src/users/user-store.js';
import {
  createUsersModule,
  type UsersModule,
  type UsersModuleOptions,
} from '../../src/users/users-module.js';
import { testCodec } from './test-codec.js';

export const codec = testCodec();
export const goodPassword = 'ながい合言葉です2026';

/** A clock that stands still until it is told to go on. */
export class HandClock {
  at = Date.parse('2026-11-24T03:00:00Z');
  readonly read = (): Date => new Date(this.at);
  goOn(seconds: number): void {
    this.at += seconds * 1000;
  }
}

export interface Logins {
  database: Database;
  users: UsersModule;
  clock: HandClock;
  logged: string[];
  /** Lets somebody take up an invitation; gives their id. */
  join(user: Omit<NewUser, 'name'> & { name?: string }): Promise<number>;
  /** Sets a second factor up; gives the codes of any moment. */
  giveTotp(userId: number): Promise<{ codeNow: () => string; recoveryCodes: string[] }>;
  close(): Promise<void>;
}

/** The users' part of the service, on a database of its own in memory unless one is given. */
export async function openLogins(
  options: Partial<UsersModuleOptions> & { post?: MailPost; given?: Database } = {},
): Promise<Logins> {
  const clock = new HandClock();
  const logged: string[] = [];
  const { given, ...rest } = options;
  const database = given ?? openDatabase({ engine: 'sqlite', file: ':memory:' });
  if (!given) await migrate(database);
  const users = createUsersModule({
    database,
    codec,
    post: undefined,
    baseUrl: () => 'http://genki.test',
    limits: { idleMinutes: 60, hours: 12 },
    triesPerMinute: 1000,
    clock: clock.read,
    log: createLog('debug', { write: (line) => logged.push(line) }),
    ...rest,
  });
  return {
    database,
    users,
    clock,
    logged,
    async join(user) {
      const answer = await users.invitations.invite({ name: '試験 花子', ...user }, undefined);
      if (answer.kind !== 'invited') throw new Error(answer.kind);
      const done = await users.userLinks.setPassword(tokenOf(answer.link), goodPassword, 'test');
      if (done.kind !== 'done') throw new Error(done.kind);
      return answer.userId;
    },
    async giveTotp(userId) {
      const user = await users.users.find(userId);
      if (!user) throw new Error('no such user');
      const { secret } = await users.account.proposeTotp(user);
      const codeNow = () => codeOfStep(fromBase32(secret), stepAt(clock.read()));
      const { token } = await users.sessions.begin(userId, 'full', 'test');
      const signedIn = await users.sessions.find(token);
      const confirmed = signedIn && (await users.account.confirmTotp(signedIn, codeNow()));
      if (!confirmed) throw new Error('not confirmed');
      // Its own code is used up.
      clock.goOn(30);
      return { codeNow, recoveryCodes: confirmed.recoveryCodes };
    },
    async close() {
      await users.stop();
      if (!given) await database.destroy();
    },
  };
}

/** What stands behind the last sign of a link that parts it from the token. */
export function tokenOf(link: string): string {
  return /[#=]([\w-]{43})$/.exec(link)?.[1] ?? '';
}
