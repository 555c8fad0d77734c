import { DateTime } from 'luxon';
import type { Organization } from '../organizations/organization-store.js';
import { zoneNamed } from '../time-zone.js';
import type { ClaimStore } from './claim-store.js';
import type { DueCheckin } from './due-checkin.js';
import { nextTurn } from './fair-turn.js';

const freshMs = 2000;
const restMs = 400;

/** The due check-ins at hand: read from the database in batches, given out tenant by tenant. */
export class Hand {
  readonly #claims: ClaimStore;
  readonly #waiting = new Map<number, DueCheckin[]>();
  #readAt = Number.NEGATIVE_INFINITY;

  constructor(claims: ClaimStore) {
    this.#claims = claims;
  }

  /**
   * The next check-in to try, or undefined when nobody is due.
   *
   * @param inUse lines in use per tenant
   */
  async take(
    organizations: ReadonlyMap<number, Organization>,
    inUse: ReadonlyMap<number, number>,
    now: Date,
    wanted: number,
  ): Promise<DueCheckin | undefined> {
    const age = now.getTime() - this.#readAt;
    if (age < 0 || age > freshMs || (this.#waiting.size === 0 && age > restMs)) {
      await this.#read(organizations, now, wanted);
    }
    const weights = new Map([...organizations].map(([id, { weight }]) => [id, weight]));
    const turn = nextTurn([...this.#waiting.keys()], inUse, weights);
    if (turn === undefined) return undefined;
    const queue = this.#waiting.get(turn) ?? [];
    const checkin = queue.shift();
    if (queue.length === 0) this.#waiting.delete(turn);
    return checkin;
  }

  /** What is at hand may no longer be true. */
  forget(): void {
    this.#waiting.clear();
    this.#readAt = Number.NEGATIVE_INFINITY;
  }

  async #read(organizations: ReadonlyMap<number, Organization>, now: Date, wanted: number): Promise<void> {
    this.#waiting.clear();
    this.#readAt = now.getTime();
    for (const id of await this.#claims.organizationsWithWork(now)) {
      const organization = organizations.get(id);
      if (!organization) continue;
      const today = DateTime.fromJSDate(now, { zone: zoneNamed(organization.timeZone) }).toISODate() ?? '';
      const due = await this.#claims.findDue(id, now, today, Math.max(20, wanted));
      if (due.length > 0) this.#waiting.set(id, due);
    }
  }
}
