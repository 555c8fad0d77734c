import type { Knex } from 'knex';
import type { Cut, RuleKind } from './rules.js';

/** Notes, in the transaction of an erasure, how many it took. */
export type NoteErased = (trx: Knex, count: number) => Promise<void>;

/** Erases one kind of record. Whatever is broken off is gone on with by the next one; to do it twice changes nothing. */
export interface Eraser {
  readonly kind: RuleKind;
  /** How many would go. */
  count(organizationId: number, cut: Cut): Promise<number>;
  /** Erases some, in one short transaction. @returns how many went; with 0 there is nothing left */
  eraseSome(organizationId: number, cut: Cut, now: Date, noted: NoteErased): Promise<number>;
}

/** Two kinds of rows under one rule. */
export function both(one: Eraser, other: Eraser): Eraser {
  return {
    kind: one.kind,
    count: async (...of) => (await one.count(...of)) + (await other.count(...of)),
    eraseSome: async (...of) => (await one.eraseSome(...of)) || other.eraseSome(...of),
  };
}
