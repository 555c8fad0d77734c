import type { Knex } from 'knex';
import type { Clock } from '../clock.js';
import type { MailStore } from '../mails/mail-store.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { AccessLogStore } from './access-log-store.js';
import { invitationLetter } from './letters.js';
import type { LinkStore } from './link-store.js';
import type { Sessions } from './sessions.js';
import type { UserLinks } from './user-links.js';
import type { NewUser, User, UserStore } from './user-store.js';

const invitationDays = 7;

export interface InvitationParts {
  database: Database;
  users: UserStore;
  links: LinkStore;
  userLinks: UserLinks;
  sessions: Sessions;
  accessLog: AccessLogStore;
  mails: MailStore;
  clock: Clock;
}

export type InviteAnswer =
  | { kind: 'invited'; userId: number; link: string }
  | { kind: 'mailTaken' | 'stationsElsewhere' | 'counsellorElsewhere' | 'noSuchOrganization' };

/** Gives accounts and takes them away. */
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
    return againAfterDeadlock(database, async (trx): Promise<InviteAnswer> => {
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
    return againAfterDeadlock(database, (trx) =>
      this.#writeInvitation(trx, user, organization?.name, clock()),
    );
  }

  /**
   * Shuts an account: its sessions and links end with it.
   *
   * @returns false when it was shut already
   */
  async disable(user: User, byUserId: number | undefined): Promise<boolean> {
    const { database, users, links, sessions, clock } = this.#parts;
    const now = clock();
    const ended = await againAfterDeadlock(database, async (trx) => {
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
    return againAfterDeadlock(database, async (trx) => {
      if (!(await users.setState(trx, user.id, ['disabled'], state))) return false;
      await this.#noteChange(trx, user, 'user.enable', byUserId, clock());
      return true;
    });
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
    const { link, expiresAt } = await this.#parts.userLinks.make(trx, user.id, 'invitation', minutes, now);
    const letter = invitationLetter(user.name, organization ?? '運営', link, invitationDays);
    await this.#parts.mails.write(
      trx,
      { recipient: user.mail, ...letter, expiresAt, invitedUserId: user.id },
      now,
    );
    return link;
  }
}
