import type { Clock } from '../clock.js';
import type { MailStore } from '../mails/mail-store.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { AccessLogStore } from './access-log-store.js';
import { AddressLimit } from './address-limit.js';
import { TooBusyError } from './bounded-work.js';
import { lockedLetter } from './letters.js';
import { tellsOwner } from './lock-out.js';
import type { LoginFailureStore } from './login-failure-store.js';
import type { Comparing, Passwords } from './passwords.js';
import { hashRecoveryCode } from './secrets.js';
import type { SecondFactorStore } from './second-factor-store.js';
import { stageAfterPassword } from './session-life.js';
import type { NewSession, Sessions, SignedIn } from './sessions.js';
import { fromBase32, stepOfCode } from './totp.js';
import type { User, UserStore, UserWithSecrets } from './user-store.js';

/** How an attempt to come in ended. Wrong mail and wrong password are one answer. */
export type SignInAnswer =
  | { kind: 'in'; session: NewSession; user: User }
  | { kind: 'wrong' }
  | { kind: 'locked' | 'slowDown'; seconds: number }
  | { kind: 'busy' };

/** Where an attempt comes from. */
export interface From {
  address: string;
  device: string;
}

export interface SignInParts {
  database: Database;
  users: UserStore;
  failures: LoginFailureStore;
  factors: SecondFactorStore;
  sessions: Sessions;
  passwords: Passwords;
  addresses: AddressLimit;
  accessLog: AccessLogStore;
  mails: MailStore;
  clock: Clock;
}

const lockedMailHours = 12;
const refusalsKeptPerMinute = 300;

/** Lets people in: by password, then by a code where there is a second factor. */
export class SignIn {
  readonly #parts: SignInParts;
  readonly #refusals = new AddressLimit(refusalsKeptPerMinute);

  constructor(parts: SignInParts) {
    this.#parts = parts;
  }

  async withPassword(mail: string, password: string, from: From): Promise<SignInAnswer> {
    const { addresses, failures, passwords, clock } = this.#parts;
    const wait = addresses.take(from.address, clock());
    if (wait > 0) return { kind: 'slowDown', seconds: wait };
    const until = await failures.lockedUntil(mail, clock());
    if (until) return locked(until, clock());
    try {
      // The writing is in the bounded part too: an attack must not take the database from the calls.
      return await passwords.inTurn((isRight) => this.#compare(mail, password, from, isRight));
    } catch (error) {
      if (error instanceof TooBusyError) return { kind: 'busy' };
      throw error;
    }
  }

  /** A code of the app, or a recovery code, from one who gave the right password before. */
  async withCode({ user, session }: SignedIn, code: string, from: From): Promise<SignInAnswer> {
    const { addresses, failures, sessions, clock } = this.#parts;
    const wait = addresses.take(from.address, clock());
    if (wait > 0) return { kind: 'slowDown', seconds: wait };
    const counted = await failures.countTry(user.mail, clock());
    if (counted.kind === 'locked') return locked(counted.until, clock());
    const way = await this.#takeCode(user.id, code);
    if (!way) return this.#wrong(user, counted.failures, 'code', from);
    await sessions.end(session.id, user.id);
    return this.#enter(user, 'full', way, from);
  }

  async #compare(mail: string, password: string, from: From, isRight: Comparing): Promise<SignInAnswer> {
    const { users, failures, clock } = this.#parts;
    const counted = await failures.countTry(mail, clock());
    if (counted.kind === 'locked') return locked(counted.until, clock());
    const user = await users.findByMail(mail);
    const stored = user?.state === 'active' ? user.passwordHash : undefined;
    if (!(await isRight(stored, password)) || !user) {
      return this.#wrong(user, counted.failures, 'password', from);
    }
    return this.#enter(user, stageAfterPassword(user), 'password', from);
  }

  async #enter(
    user: UserWithSecrets | User,
    stage: NewSession['stage'],
    way: string,
    from: From,
  ): Promise<SignInAnswer> {
    const { users, failures, sessions, accessLog, clock } = this.#parts;
    const now = clock();
    if (stage === 'totp') await failures.takeBack(user.mail);
    else {
      await failures.clear(user.mail);
      await users.noteLogin(user.id, now);
    }
    await accessLog.add({
      at: now,
      userId: user.id,
      organizationId: user.organizationId,
      what: 'login',
      detail: stage === 'full' ? way : `${way}, ${stage}`,
      address: from.address,
    });
    return { kind: 'in', session: await sessions.begin(user.id, stage, from.device), user };
  }

  async #wrong(user: User | undefined, count: number, detail: string, from: From): Promise<SignInAnswer> {
    const { database, accessLog, mails, clock } = this.#parts;
    const now = clock();
    const entry = {
      at: now,
      userId: user?.id,
      organizationId: user?.organizationId,
      detail,
      address: from.address,
    };
    // The first of them tell what goes on; the rest of an attack must not fill the disk.
    if (this.#refusals.take('all', now) === 0) await accessLog.add({ ...entry, what: 'loginRefused' });
    if (tellsOwner(count)) {
      await againAfterDeadlock(database, async (trx) => {
        await accessLog.add({ ...entry, what: 'loginLocked' }, trx);
        if (user?.state !== 'active') return;
        const expiresAt = new Date(now.getTime() + lockedMailHours * 3_600_000);
        await mails.write(trx, { recipient: user.mail, ...lockedLetter(user.name), expiresAt }, now);
      });
    }
    return { kind: 'wrong' };
  }

  async #takeCode(userId: number, typed: string): Promise<'code' | 'recoveryCode' | undefined> {
    const { factors, clock } = this.#parts;
    const code = typed.normalize('NFKC').replaceAll(/[\s-]/g, '');
    const now = clock();
    if (!/^\d{6}$/.test(code)) {
      const taken = await factors.takeRecoveryCode(userId, hashRecoveryCode(code), now);
      return taken ? 'recoveryCode' : undefined;
    }
    const { secret, lastStep } = await factors.of(userId);
    const step = secret === undefined ? undefined : stepOfCode(fromBase32(secret), code, now, lastStep);
    return step !== undefined && (await factors.takeStep(userId, step)) ? 'code' : undefined;
  }
}

function locked(until: Date, now: Date): SignInAnswer {
  return { kind: 'locked', seconds: Math.max(1, Math.ceil((until.getTime() - now.getTime()) / 1000)) };
}
