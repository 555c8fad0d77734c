import type { Clock } from '../clock.js';
import type { MailStore } from '../mails/mail-store.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { AccessLogStore } from './access-log-store.js';
import { passwordChangedLetter } from './letters.js';
import type { LinkStore } from './link-store.js';
import type { LoginFailureStore } from './login-failure-store.js';
import { passwordProblem, type PasswordProblem } from './password-rule.js';
import type { Passwords } from './passwords.js';
import { needsSecondFactor } from './permissions.js';
import { hashRecoveryCode, newRecoveryCodes, newTotpSecret } from './secrets.js';
import type { SecondFactorStore } from './second-factor-store.js';
import type { NewSession, Sessions, SignedIn } from './sessions.js';
import { fromBase32, stepOfCode, totpAddress } from './totp.js';
import type { User, UserStore } from './user-store.js';

export interface AccountParts {
  database: Database;
  users: UserStore;
  factors: SecondFactorStore;
  links: LinkStore;
  failures: LoginFailureStore;
  sessions: Sessions;
  passwords: Passwords;
  accessLog: AccessLogStore;
  mails: MailStore;
  clock: Clock;
}

export type PasswordAnswer =
  | { kind: 'changed'; session: NewSession }
  | { kind: 'wrongPassword' }
  | { kind: 'unfit'; problem: PasswordProblem };

const changedMailHours = 72;

/** What people do with their own account. */
export class Account {
  readonly #parts: AccountParts;

  constructor(parts: AccountParts) {
    this.#parts = parts;
  }

  /** Ends every session, this one too; the one who changed it goes on in a new one. */
  async changePassword(
    { user, session }: SignedIn,
    { oldPassword, newPassword }: { oldPassword: string; newPassword: string },
  ): Promise<PasswordAnswer> {
    const { passwords, sessions } = this.#parts;
    if (!(await this.isPassword(user, oldPassword))) return { kind: 'wrongPassword' };
    const problem = passwordProblem(newPassword, user.mail);
    if (problem) return { kind: 'unfit', problem };
    await this.setPassword(user, await passwords.hash(newPassword));
    return { kind: 'changed', session: await sessions.begin(user.id, session.stage, session.device) };
  }

  /** Stores a hash, ends all sessions and open links, and tells the owner. */
  async setPassword(user: User, hash: string): Promise<void> {
    const { database, users, sessions, links, accessLog, mails, clock } = this.#parts;
    const now = clock();
    const expiresAt = new Date(now.getTime() + changedMailHours * 3_600_000);
    const ended = await againAfterDeadlock(database, async (trx) => {
      await users.setPassword(trx, user.id, hash);
      await links.closeAllOf(trx, user.id, now);
      await mails.write(trx, { recipient: user.mail, ...passwordChangedLetter(user.name), expiresAt }, now);
      await accessLog.add({ ...this.#change(user, 'password'), at: now }, trx);
      return sessions.removeAllOf(trx, user.id);
    });
    sessions.announceEnded(ended);
  }

  /**
   * Asks for the password once more, before what a stranger at an open screen must not do. Slips count as at the door.
   *
   * @throws TooBusyError
   */
  async isPassword({ id, mail }: User, password: string): Promise<boolean> {
    const { users, failures, passwords, clock } = this.#parts;
    return passwords.inTurn(async (isRight) => {
      const counted = await failures.countTry(mail, clock());
      if (counted.kind === 'locked') return false;
      const right = await isRight(await users.passwordHashOf(id), password);
      if (right) await failures.takeBack(mail);
      return right;
    });
  }

  /** A fresh secret for the app; it counts once a code of it was given. */
  async proposeTotp(user: User): Promise<{ secret: string; address: string }> {
    const secret = newTotpSecret();
    await this.#parts.factors.propose(user.id, secret);
    return { secret, address: totpAddress('げんきです', user.mail, secret) };
  }

  /** @returns a whole session and the codes to print; undefined when the code is wrong */
  async confirmTotp(
    { user, session }: SignedIn,
    typed: string,
  ): Promise<{ session: NewSession; recoveryCodes: string[] } | undefined> {
    const { database, factors, sessions, accessLog, clock } = this.#parts;
    const now = clock();
    const { newSecret } = await factors.of(user.id);
    if (newSecret === undefined) return undefined;
    const step = stepOfCode(fromBase32(newSecret), typed.normalize('NFKC').replaceAll(/\s/g, ''), now, 0);
    if (step === undefined) return undefined;
    const recoveryCodes = newRecoveryCodes();
    const codeHashes = recoveryCodes.map(hashRecoveryCode);
    const ended = await againAfterDeadlock(database, async (trx) => {
      await factors.confirm(trx, user.id, { secret: newSecret, step, codeHashes });
      await accessLog.add({ ...this.#change(user, 'totp'), at: now }, trx);
      return sessions.removeAllOf(trx, user.id);
    });
    sessions.announceEnded(ended);
    return { session: await sessions.begin(user.id, 'full', session.device), recoveryCodes };
  }

  /** @returns false when this role must keep a second factor */
  async removeTotp(user: User): Promise<boolean> {
    if (needsSecondFactor(user.role)) return false;
    await this.takeTotpAway(user);
    return true;
  }

  /** For one whose phone is lost: they set it up anew at the next login. */
  async takeTotpAway(user: User): Promise<void> {
    const { database, factors, sessions, accessLog, clock } = this.#parts;
    const ended = await againAfterDeadlock(database, async (trx) => {
      await factors.remove(trx, user.id);
      await accessLog.add({ ...this.#change(user, 'totpRemoved'), at: clock() }, trx);
      return sessions.removeAllOf(trx, user.id);
    });
    sessions.announceEnded(ended);
  }

  async renewRecoveryCodes(user: User): Promise<string[]> {
    const { database, factors, accessLog, clock } = this.#parts;
    const codes = newRecoveryCodes();
    await againAfterDeadlock(database, async (trx) => {
      await factors.replaceCodes(trx, user.id, codes.map(hashRecoveryCode));
      await accessLog.add({ ...this.#change(user, 'recoveryCodes'), at: clock() }, trx);
    });
    return codes;
  }

  #change(user: User, detail: string) {
    const { id, organizationId } = user;
    return { userId: id, organizationId, what: 'changed' as const, detail, subject: 'user', subjectId: id };
  }
}
