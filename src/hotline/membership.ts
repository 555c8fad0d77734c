import type { Logger } from '../log.js';
import type { ExchangeOrders } from './exchange-orders.js';
import type { Member, MemberStore } from './member-store.js';
import type { QueuePicture } from './queue-picture.js';

/**
 * Remembers who is logged in to the exchange, and puts them back into one that has lost its memory.
 * While the exchange remembers by itself, its word counts: somebody may have logged out while we were away.
 */
export class Membership {
  readonly #store: Pick<MemberStore, 'remembered' | 'remember'>;
  readonly #orders: Pick<ExchangeOrders, 'logIn' | 'logOut'>;
  readonly #picture: () => QueuePicture;
  readonly #isCounsellor: (extension: string) => boolean;
  readonly #onRestored: () => void;
  readonly #log: Logger;
  #settled = false;
  #known: string | undefined;

  constructor(parts: {
    store: Pick<MemberStore, 'remembered' | 'remember'>;
    orders: Pick<ExchangeOrders, 'logIn' | 'logOut'>;
    picture: () => QueuePicture;
    isCounsellor: (extension: string) => boolean;
    /** The picture is out of date. */
    onRestored: () => void;
    log: Logger;
  }) {
    this.#store = parts.store;
    this.#orders = parts.orders;
    this.#picture = parts.picture;
    this.#isCounsellor = parts.isCounsellor;
    this.#onRestored = parts.onRestored;
    this.#log = parts.log;
  }

  /** Nothing is remembered from an exchange of which it is not known whether it lost its memory. */
  linkIsDown = (): void => {
    this.#settled = false;
  };

  /**
   * @param exchangeIsNew its own memory began anew: whoever was logged in is not, and did not wish it
   * @returns false while the queues can't be heard: nothing is settled then
   */
  async settle({ exchangeIsNew }: { exchangeIsNew: boolean }): Promise<boolean> {
    const picture = this.#picture();
    if (!picture.heard) return false;
    const restored = exchangeIsNew && membersOf(picture).length === 0 && (await this.#restore());
    await this.#logOutStrangers(picture);
    this.#settled = true;
    // What the restored ones look like is told by the exchange; this picture is of before.
    if (!restored) await this.remember();
    return true;
  }

  /** Stores who is logged in now, when that has changed. */
  async remember(): Promise<void> {
    const picture = this.#picture();
    if (!this.#settled || !picture.heard) return;
    const members = membersOf(picture);
    const text = JSON.stringify(members);
    if (text === this.#known) return;
    await this.#store.remember(members);
    this.#known = text;
  }

  async #restore(): Promise<boolean> {
    const members = (await this.#store.remembered()).filter(({ extension }) => this.#isCounsellor(extension));
    for (const { extension, slot, paused, reason } of members) {
      const answer = await this.#orders.logIn(extension, [slot], paused ? { reason } : undefined);
      if (answer === 'noLink') throw new Error('the exchange went away while members were restored');
    }
    if (members.length === 0) return false;
    this.#log.warn(
      { event: 'hotline.members_restored', count: members.length },
      'the exchange had forgotten who is logged in',
    );
    this.#onRestored();
    return true;
  }

  /** Who was removed from the counsellors must not be rung any more. */
  async #logOutStrangers(picture: QueuePicture): Promise<void> {
    for (const { extension, memberships } of picture.counsellors) {
      if (this.#isCounsellor(extension)) continue;
      await this.#orders.logOut(
        extension,
        memberships.map(({ slot }) => slot),
      );
    }
  }
}

function membersOf(picture: QueuePicture): Member[] {
  return picture.counsellors.flatMap(({ extension, memberships }) =>
    memberships.map(({ slot, paused, pauseReason }) => ({ extension, slot, paused, reason: pauseReason })),
  );
}
