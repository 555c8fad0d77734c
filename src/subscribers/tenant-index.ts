import { setImmediate as breath } from 'node:timers/promises';
import { inChunks } from '../storage/chunks.js';
import type { SubscriberIndexStore } from './subscriber-index-store.js';
import { Haystack } from './search-haystack.js';
import { toEntry, type IndexEntry } from './subscriber-match.js';

/** How old the index may become. */
export const indexAgeMs = 2000;
/** Read and decoded at one go; calls wait meanwhile. */
const peopleAtOnce = 200;
const stampsAtOnce = 2000;

/** The decoded subscribers of one tenant, kept true to the database. */
export class TenantIndex {
  readonly #store: SubscriberIndexStore;
  readonly #organizationId: number;
  readonly #now: () => number;
  readonly #onUnreadable: (subscriberIds: readonly number[]) => void;
  #known: ReadonlyMap<number, IndexEntry> = new Map();
  #people = new Haystack([]);
  #mark: string | undefined;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #looking: Promise<void> | undefined;

  constructor({
    store,
    organizationId,
    now,
    onUnreadable,
  }: {
    store: SubscriberIndexStore;
    organizationId: number;
    now: () => number;
    onUnreadable: (subscriberIds: readonly number[]) => void;
  }) {
    this.#store = store;
    this.#organizationId = organizationId;
    this.#now = now;
    this.#onUnreadable = onUnreadable;
  }

  /** Everybody, by kana, as of two seconds ago or later. */
  async people(): Promise<Haystack> {
    if (this.#now() - this.#lookedAt >= indexAgeMs) {
      this.#looking ??= this.#look().finally(() => (this.#looking = undefined));
      await this.#looking;
    }
    return this.#people;
  }

  async #look(): Promise<void> {
    const lookedAt = this.#now();
    const mark = await this.#store.changeMark(this.#organizationId);
    if (mark !== this.#mark) await this.#takeChanges();
    // Only now: a look that broke off is repeated at once.
    this.#mark = mark;
    this.#lookedAt = lookedAt;
  }

  async #takeChanges(): Promise<void> {
    const { changed, gone } = await this.#compare();
    const left = new Set([...changed, ...gone]);
    // By kana, so that hits of one rank are in order without sorting.
    let runs = [this.#people.entries.filter(({ id }) => !left.has(id))];
    for (const ids of inChunks(changed, peopleAtOnce)) {
      const { people, unreadable } = await this.#store.people(ids);
      runs.push(people.map(toEntry).sort(byKana));
      if (unreadable.length > 0) this.#onUnreadable(unreadable);
      await breath();
    }
    // Not one sort of all: nothing else could go on meanwhile.
    while (runs.length > 1) {
      const merged: IndexEntry[][] = [];
      for (let at = 0; at < runs.length; at += 2) {
        merged.push(merge(runs[at] ?? [], runs[at + 1] ?? []));
        await breath();
      }
      runs = merged;
    }
    // All at once: where this breaks off, the next look finds the same changes again.
    const [everybody = []] = runs;
    const haystack = new Haystack(everybody);
    await breath();
    this.#people = haystack;
    this.#known = new Map(everybody.map((entry) => [entry.id, entry]));
  }

  async #compare(): Promise<{ changed: number[]; gone: Set<number> }> {
    const changed: number[] = [];
    const gone = new Set(this.#known.keys());
    for (let afterId = 0; ;) {
      const stamps = await this.#store.stamps(this.#organizationId, afterId, stampsAtOnce);
      for (const { id, updatedAt } of stamps) {
        gone.delete(id);
        if (this.#known.get(id)?.updatedAt !== updatedAt) changed.push(id);
      }
      const last = stamps.at(-1);
      if (!last || stamps.length < stampsAtOnce) return { changed, gone };
      afterId = last.id;
      await breath();
    }
  }
}

function byKana(one: IndexEntry, other: IndexEntry): number {
  if (one.foldedKana === other.foldedKana) return one.id - other.id;
  return one.foldedKana < other.foldedKana ? -1 : 1;
}

/** Two lists in order, as one. */
function merge(some: readonly IndexEntry[], others: readonly IndexEntry[]): IndexEntry[] {
  const merged: IndexEntry[] = [];
  let next = 0;
  for (const one of some) {
    for (let other = others[next]; other && byKana(other, one) < 0; other = others[++next])
      merged.push(other);
    merged.push(one);
  }
  return merged.concat(others.slice(next));
}
