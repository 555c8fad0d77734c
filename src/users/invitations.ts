import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { MailStore } from '../mails/mail-store.js';
import type { Database } from '../storage/database.js';
import type { AccessLogStore } from './access-log-store.js';
import type { Account } from './account.js';
import { invitationLetter, passwordResetLetter } from './letters.js';
import type { LinkKind, LinkStore } from './link-store.js';
import type { LoginFailureStore } from './login-failure-store.js';
import { passwordProblem, type PasswordProblem } from './password-rule.js';
import type { Passwords } from './passwords.js';
import { needsSecondFactor } from './permissions.js';
import { hashToken, newToken } from './secrets.js';
import type { NewSession, Sessions } from './sessions.js';
import type { NewUser, User, UserStore } from './user-store.js';

const invitationDays = 7;
const resetMinutes = 60;
const loginLinkMinutes = 60;
/** Who presses the button again and again gets one mail. */
const resetGapMs = 5 * 60_000;

export interface InvitationParts {
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
  clock: Clock;
}

export type InviteAnswer =
  | { kind: 'invited'; userId: number; link: string }
  | { kind: 'mailTaken' | 'stationsElsewhere' | 'counsellorElsewhere' | 'noSuchOrganization' };

export type LinkAnswer =
  | { kind: 'done'; session: NewSession | undefined }
  | { kind: 'noSuchLink' }
  | { kind: 'unfit'; problem: PasswordProblem };

/** Links sent by mail that open a door once: an invitation, a new password, the demo's way in. */
export class Invitations {
  readonly #parts: InvitationParts;

  constructor(parts: InvitationParts) {
    this.#parts = parts;
  }

  /** @param byUserId who invites; undefined at the terminal */
  async invite(user: NewUser, byUserId: number | undefined): Promise<InviteAnswer> {
    const { database, users, clock } = this.#parts;
    const { organizationId, stationIds = [], counsellorId } = user;
    const organization = organizationId === undefined ? undefined : await users.organization(organizationId);
    if (organizationId !== undefined && !organization) return { kind: 'noSuchOrganization' };
    if (!(await users.ownsStations(organizationId, stationIds))) return { kind: 'stationsElsewhere' };
    if (counsellorId !== undefined && !(await users.ownsCounsellor(organizationId, counsellorId)))
      return { kind: 'counsellorElsewhere' };
    const now = clock();
    return database.transaction(async (trx): Promise<InviteAnswer> => {
      const userId = await users.add(trx, user, now);
      if (userId === undefined) return { kind: 'mailTaken' };
      await this.#noteChange(trx, { id: userId, organizationId }, 'user.invite', byUserId, now);
      const link = await this.#writeInvitation(trx, { id: userId, ...user }, organization?.name, now);
      return { kind: 'invited', userId, link };
    });
  }

  /** A new invitation for one who has not come in yet; older ones open nothing any more. */
  async inviteAgain(user: User): Promise<string> {
    const { database, users, clock } = this.#parts;
    const organization =
      user.organizationId === undefined ? undefined : await users.organization(user.organizationId);
    return database.transaction((trx) => this.#writeInvitation(trx, user, organization?.name, clock()));
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
    return database.transaction(async (trx) => {
      const { link, expiresAt } = await this.#newLink(trx, user.id, 'passwordReset', resetMinutes, now);
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
    const won = await database.transaction(async (trx) => {
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

  /**
   * Shuts an account: its sessions and links end with it.
   *
   * @returns false when it was shut already
   */
  async disable(user: User, byUserId: number | undefined): Promise<boolean> {
    const { database, users, links, sessions, clock } = this.#parts;
    const now = clock();
    const ended = await database.transaction(async (trx) => {
      if (!(await users.setState(trx, user.id, ['invited', 'active'], 'disabled'))) return undefined;
      await links.closeAllOf(trx, user.id, now);
      await this.#noteChange(trx, user, 'user.disable', byUserId, now);
      return sessions.removeAllOf(trx, user.id);
    });
    if (ended) sessions.announceEnded(ended);
    return ended !== undefined;
  }

  /** Opens a shut account again; who never came in needs a new invitation. */
  async enable(user: User, byUserId: number | undefined): Promise<boolean> {
    const { database, users, clock } = this.#parts;
    const state = (await users.passwordHashOf(user.id)) === undefined ? 'invited' : 'active';
    return database.transaction(async (trx) => {
      if (!(await users.setState(trx, user.id, ['disabled'], state))) return false;
      await this.#noteChange(trx, user, 'user.enable', byUserId, clock());
      return true;
    });
  }

  /** For the demo: a link that lets its user in without a password. */
  async createLoginLink(userId: number): Promise<string> {
    const { database, clock } = this.#parts;
    const now = clock();
    return database.transaction(async (trx) => {
      return (await this.#newLink(trx, userId, 'login', loginLinkMinutes, now)).link;
    });
  }

  async useLoginLink(
    token: string,
    from: { address: string; device: string },
  ): Promise<NewSession | undefined> {
    const { database, links, sessions, accessLog, clock } = this.#parts;
    const found = await this.look(token);
    if (found?.kind !== 'login' || found.user.state !== 'active') return undefined;
    const { id, organizationId } = found.user;
    const now = clock();
    const won = await database.transaction((trx) => links.use(trx, hashToken(token), 'login', now));
    if (!won) return undefined;
    const { address } = from;
    await accessLog.add({ at: now, userId: id, organizationId, what: 'login', detail: 'link', address });
    return sessions.begin(id, 'full', from.device);
  }

  #noteChange(
    trx: Knex,
    of: { id: number; organizationId: number | undefined },
    detail: string,
    userId: number | undefined,
    at: Date,
  ): Promise<void> {
    const { id: subjectId, organizationId } = of;
    const entry = {
      at,
      userId,
      organizationId,
      what: 'changed',
      detail,
      subject: 'user',
      subjectId,
    } as const;
    return this.#parts.accessLog.add(entry, trx);
  }

  async #writeInvitation(
    trx: Knex,
    user: { id: number; name: string; mail: string },
    organization: string | undefined,
    now: Date,
  ): Promise<string> {
    const minutes = invitationDays * 24 * 60;
    const { link, expiresAt } = await this.#newLink(trx, user.id, 'invitation', minutes, now);
    const letter = invitationLetter(user.name, organization ?? '運営', link, invitationDays);
    await this.#parts.mails.write(trx, { recipient: user.mail, ...letter, expiresAt }, now);
    return link;
  }

  async #newLink(trx: Knex, userId: number, kind: LinkKind, minutes: number, now: Date) {
    const token = newToken();
    const expiresAt = new Date(now.getTime() + minutes * 60_000);
    await this.#parts.links.add(trx, { userId, kind, tokenHash: hashToken(token), expiresAt }, now);
    const baseUrl = this.#parts.baseUrl();
    // Behind a #, the token reaches no server's log: the page takes it from there.
    const link = kind === 'login' ? `${baseUrl}/login-link?token=${token}` : `${baseUrl}/welcome#${token}`;
    return { link, expiresAt };
  }
}
