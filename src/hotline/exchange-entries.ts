import type { Entries, EntryChanges } from './line-entries.js';

/** What the exchange keeps by itself, so that calls are right while our process is down. */
export interface ExchangeEntries {
  /** Everything below one family, such as `hotline-line`. */
  read(family: string): Promise<Entries>;
  apply(changes: EntryChanges): Promise<void>;
}
