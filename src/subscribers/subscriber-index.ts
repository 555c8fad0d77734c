import { localDate } from '../checkins/local-day.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { SubscriberIndexStore } from './subscriber-index-store.js';
import { setImmediate as breath } from 'node:timers/promises';
import { matchOf, rankCount, readQuery, type IndexEntry, type Match } from './subscriber-match.js';
import { TenantIndex } from './tenant-index.js';

export interface SubscriberSearch {
  /** Part of kana or name, three digits or more of a number, a member number, or several of these with spaces between. */
  text: string;
  /** Only people of these stations; undefined: of the whole tenant. */
  stationIds?: readonly number[] | undefined;
  limit: number;
  /** Those who have withdrawn come after the others of their rank. */
  includeWithdrawn?: boolean | undefined;
}

export interface SubscriberHit {
  subscriberId: number;
  stationId: number;
  memberNumber: string;
  name: string;
  kana: string;
  withdrawn: boolean;
  matched: Pick<Match, 'field' | 'number'>;
}

export interface SubscriberHits {
  /** The best first. */
  hits: SubscriberHit[];
  /** How many there are beyond the limit too. */
  found: number;
}

const matchedAtOnce = 2000;
const unusedMs = 60 * 60_000;
const lookForUnusedMs = 5 * 60_000;

/**
 * Searches people whose data is encrypted at rest: a tenant's are decoded into memory at the first search, kept
 * true to the database to two seconds, and forgotten after an hour without one.
 */
export class SubscriberIndex {
  readonly #store: SubscriberIndexStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  readonly #tenants = new Map<number, { index: TenantIndex; zone: string; usedAt: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor({ store, clock, log }: { store: SubscriberIndexStore; clock: Clock; log: Logger }) {
    this.#store = store;
    this.#clock = clock;
    this.#log = log;
  }

  async search(
    organizationId: number,
    { text, stationIds, limit, includeWithdrawn = false }: SubscriberSearch,
  ): Promise<SubscriberHits> {
    const query = readQuery(text);
    const tenant = query && (await this.#tenant(organizationId));
    if (!tenant) return { hits: [], found: 0 };
    const people = await tenant.index.people();
    const today = localDate(this.#clock(), tenant.zone);
    const stations = stationIds && new Set(stationIds);
    // By rank, those who are called before those who have withdrawn; each is in the order of kana already.
    const buckets: SubscriberHit[][] = Array.from({ length: rankCount * 2 }, () => []);
    let found = 0;
    let seen = 0;
    for (const entry of people.mayMatch(query)) {
      // Thousands match a single letter: calls go on meanwhile.
      if (++seen % matchedAtOnce === 0) await breath();
      const withdrawn = entry.withdrawnOn !== undefined && entry.withdrawnOn <= today;
      if ((withdrawn && !includeWithdrawn) || stations?.has(entry.stationId) === false) continue;
      const match = matchOf(query, entry);
      if (!match) continue;
      found += 1;
      const bucket = buckets[match.rank * 2 + (withdrawn ? 1 : 0)];
      if (bucket && bucket.length < limit) bucket.push(toHit(entry, match, withdrawn));
    }
    return { hits: buckets.flat().slice(0, limit), found };
  }

  /** Forgets the tenants that nobody has searched for an hour. */
  forgetUnused(): void {
    const now = this.#clock().getTime();
    for (const [id, { usedAt }] of this.#tenants) if (now - usedAt >= unusedMs) this.#tenants.delete(id);
    if (this.#tenants.size === 0) this.close();
  }

  /** How many tenants are in memory. */
  get tenantsKnown(): number {
    return this.#tenants.size;
  }

  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tenants.clear();
  }

  async #tenant(organizationId: number): Promise<{ index: TenantIndex; zone: string } | undefined> {
    const usedAt = this.#clock().getTime();
    const known = this.#tenants.get(organizationId);
    if (known) return Object.assign(known, { usedAt });
    const zone = await this.#store.zoneOf(organizationId);
    if (zone === undefined) return undefined;
    const added = this.#tenants.get(organizationId) ?? {
      index: this.#newIndex(organizationId),
      zone,
      usedAt,
    };
    this.#tenants.set(organizationId, added);
    this.#timer ??= setInterval(() => this.forgetUnused(), lookForUnusedMs).unref();
    return added;
  }

  #newIndex(organizationId: number): TenantIndex {
    return new TenantIndex({
      store: this.#store,
      organizationId,
      now: () => this.#clock().getTime(),
      onUnreadable: (subscriberIds) =>
        this.#log.error({ event: 'search.unreadable', subscriberIds }, 'stored people cannot be decoded'),
    });
  }
}

function toHit(entry: IndexEntry, { field, number }: Match, withdrawn: boolean): SubscriberHit {
  return {
    subscriberId: entry.id,
    stationId: entry.stationId,
    memberNumber: entry.memberNumber,
    name: entry.name,
    kana: entry.kana,
    withdrawn,
    matched: { field, ...(number !== undefined && { number }) },
  };
}
