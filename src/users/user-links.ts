import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { MailStore } from '../mails/mail-store.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { AccessLogStore } from './access-log-store.js';
import type { Account } from './account.js';
import { passwordResetLetter } from './letters.js';
import type { LinkKind, LinkStore } from './link-store.js';
import type { LoginFailureStore } from './login-failure-store.js';
import { passwordProblem, type PasswordProblem } from './password-rule.js';
import type { Passwords } from './passwords.js';
import { needsSecondFactor } from './permissions.js';
import { hashToken, newToken } from './secrets.js';
import type { NewSession, Sessions } from './sessions.js';
import type { User, UserStore } from './user-store.js';

const resetMinutes = 60;
const loginLinkMinutes = 60;
/** Who presses the button again and again gets one mail. */
const resetGapMs = 5 * 60_000;

export interface UserLinkParts {
  database: Database;
  users: UserStore;
  links: LinkStore;
  failures: LoginFailureStore;
  sessions: Sessions;
  passwords: Passwords;
  account: Account;
  accessLog: AccessLogStore;
  mails: MailStore;
  /** Where the pages are, without a slash at the end. */
  baseUrl: () => string;
  /** Whether the demo is running: nobody else comes in by a link alone. */
  loginLinks: boolean;
  clock: Clock;
}

export type LinkAnswer =
  | { kind: 'done'; session: NewSession | undefined }
  | { kind: 'noSuchLink' }
  | { kind: 'unfit'; problem: PasswordProblem };

/** Links that open a door once: an invitation, a new password, the demo's way in. */
export class UserLinks {
  readonly #parts: UserLinkParts;

  constructor(parts: UserLinkParts) {
    this.#parts = parts;
  }

  /**
   * Sends a link for a new password, if somebody active has this mail. The one who asks is told nothing, and
   * should have the answer before this is done.
   */
  async requestReset(mail: string): Promise<void> {
    const { users, links, clock } = this.#parts;
    const user = await users.findByMail(mail);
    if (user?.state !== 'active') return;
    const last = await links.lastMadeAt(user.id, 'passwordReset');
    if (last && clock().getTime() - last.getTime() < resetGapMs) return;
    await this.sendReset(user);
  }

  /** @returns the link, for a terminal without a mail server */
  async sendReset(user: User): Promise<string> {
    const { database, mails, clock } = this.#parts;
    const now = clock();
    return againAfterDeadlock(database, async (trx) => {
      const { link, expiresAt } = await this.make(trx, user.id, 'passwordReset', resetMinutes, now);
      const letter = passwordResetLetter(user.name, link, resetMinutes);
      await mails.write(trx, { recipient: user.mail, ...letter, expiresAt }, now);
      return link;
    });
  }

  /** What a link is for, to greet whoever opened it; undefined when it opens nothing. */
  async look(token: string): Promise<{ kind: LinkKind; user: User } | undefined> {
    const { links, users, clock } = this.#parts;
    const link = await links.look(hashToken(token), clock());
    const user = link && (await users.find(link.userId));
    return user && user.state !== 'disabled' ? { kind: link.kind, user } : undefined;
  }

  /**
   * Sets the first password, or a new one. The invited one is in at once (as far as the second factor, where
   * one is needed); after a reset the door is used as always, with its second factor.
   *
   * @throws TooBusyError
   */
  async setPassword(token: string, password: string, device: string): Promise<LinkAnswer> {
    const { database, users, links, passwords, failures, account, sessions, clock } = this.#parts;
    const found = await this.look(token);
    if (!found || found.kind === 'login') return { kind: 'noSuchLink' };
    const { kind, user } = found;
    const problem = passwordProblem(password, user.mail);
    if (problem) return { kind: 'unfit', problem };
    const hash = await passwords.hash(password);
    const now = clock();
    const won = await againAfterDeadlock(database, async (trx) => {
      if (!(await links.use(trx, hashToken(token), kind, now))) return false;
      if (kind === 'passwordReset') return true;
      await users.setPassword(trx, user.id, hash);
      return users.setState(trx, user.id, ['invited'], 'active');
    });
    if (!won) return { kind: 'noSuchLink' };
    if (kind === 'passwordReset') {
      await account.setPassword(user, hash);
      await failures.clear(user.mail);
      return { kind: 'done', session: undefined };
    }
    const stage = needsSecondFactor(user.role) ? 'totpSetup' : 'full';
    return { kind: 'done', session: await sessions.begin(user.id, stage, device) };
  }

  /** For the demo: a link that lets its user in without a password. */
  async createLoginLink(userId: number): Promise<string> {
    const { database, loginLinks, clock } = this.#parts;
    if (!loginLinks) throw new Error('only the demo lets people in by a link');
    const now = clock();
    return againAfterDeadlock(database, async (trx) => {
      return (await this.make(trx, userId, 'login', loginLinkMinutes, now)).link;
    });
  }

  async useLoginLink(
    token: string,
    from: { address: string; device: string },
  ): Promise<NewSession | undefined> {
    const { database, links, sessions, accessLog, clock } = this.#parts;
    const found = this.#parts.loginLinks ? await this.look(token) : undefined;
    if (found?.kind !== 'login' || found.user.state !== 'active') return undefined;
    const { id, organizationId } = found.user;
    const now = clock();
    const won = await againAfterDeadlock(database, (trx) => links.use(trx, hashToken(token), 'login', now));
    if (!won) return undefined;
    const { address } = from;
    await accessLog.add({ at: now, userId: id, organizationId, what: 'login', detail: 'link', address });
    return sessions.begin(id, 'full', from.device);
  }

  /** Writes a fresh link beside what it is for. @returns its address, which nobody is told a second time */
  async make(
    trx: Knex,
    userId: number,
    kind: LinkKind,
    minutes: number,
    now: Date,
  ): Promise<{ link: string; expiresAt: Date }> {
    const token = newToken();
    const expiresAt = new Date(now.getTime() + minutes * 60_000);
    await this.#parts.links.add(trx, { userId, kind, tokenHash: hashToken(token), expiresAt }, now);
    const baseUrl = this.#parts.baseUrl();
    // Behind a #, the token reaches no server's log: the page takes it from there.
    const link = kind === 'login' ? `${baseUrl}/login-link?token=${token}` : `${baseUrl}/welcome#${token}`;
    return { link, expiresAt };
  }
}
