import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Author, NoteChange } from '../users/change-log.js';
import { openAlertsOf } from './people-erasure-store.js';
import type { ErasureReason, ErasureState } from './erasure-request.js';

export interface NewRequest {
  organizationId: number;
  subscriberId: number;
  reason: ErasureReason;
  eraseOn: string;
  /** Whether they were withdrawn for this, and the day on which they would have left anyway. */
  withdrew: boolean;
  withdrawnBefore: string | undefined;
}

export interface DueRequest {
  id: number;
  organizationId: number;
  subscriberId: number;
}

/** Those who asked to be forgotten, from the day they asked until it is done or taken back. */
export class RequestStore {
  readonly #database: Database;
  readonly #note: NoteChange;

  constructor({ database, note }: { database: Database; note: NoteChange }) {
    this.#database = database;
    this.#note = note;
  }

  async stateOf(subscriberId: number): Promise<ErasureState> {
    const person = await this.#database('subscribers')
      .where({ id: subscriberId })
      .first<{ erased_at: number | null } | undefined>('erased_at');
    if (person && person.erased_at !== null) return { state: 'erased', at: new Date(person.erased_at) };
    const row = await this.#database('erasure_requests')
      .where({ open_key: subscriberId })
      .first<{ erase_on: string; reason: ErasureReason; asked_at: number } | undefined>('*');
    if (!row) return { state: 'none' };
    const { erase_on: eraseOn, reason, asked_at: askedAt } = row;
    return { state: 'marked', eraseOn, reason, askedAt: new Date(askedAt) };
  }

  /** @returns false when it was marked before: asked twice, it is one request */
  async mark(request: NewRequest, by: Author): Promise<boolean> {
    try {
      return await againAfterDeadlock(this.#database, (trx) => this.#mark(trx, request, by));
    } catch (error) {
      // Two at once: the other one's row is there now.
      if ((await this.stateOf(request.subscriberId)).state === 'marked') return false;
      throw error;
    }
  }

  async #mark(trx: Knex, request: NewRequest, by: Author): Promise<boolean> {
    const { organizationId, subscriberId } = request;
    if (await openRow(trx, subscriberId)) return false;
    const [id = 0]: number[] = await trx('erasure_requests').insert({
      ...{ organization_id: organizationId, subscriber_id: subscriberId, open_key: subscriberId },
      ...{ reason: request.reason, erase_on: request.eraseOn },
      ...{ withdrew: request.withdrew, withdrawn_before: request.withdrawnBefore ?? null },
      ...{ asked_at: by.at.getTime(), asked_by: by.userId ?? null },
    });
    await this.#noteStep(trx, request, by, 'person.erase', [
      { field: 'request', to: id },
      { field: 'reason', to: request.reason },
      { field: 'eraseOn', to: request.eraseOn },
    ]);
    return true;
  }

  /** @returns how the person stood before it was asked; undefined when there is nothing to take back any more */
  async takeBack(
    subscriberId: number,
    by: Author,
  ): Promise<{ withdrew: boolean; withdrawnBefore: string | undefined } | undefined> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const row = await openRow(trx, subscriberId);
      if (!row) return undefined;
      await settle(trx, row.id, 'takenBack', by.at);
      const of = { organizationId: row.organization_id, subscriberId };
      await this.#noteStep(trx, of, by, 'person.erase.takeBack', [{ field: 'request', to: row.id }]);
      return { withdrew: Boolean(row.withdrew), withdrawnBefore: row.withdrawn_before ?? undefined };
    });
  }

  /** Those of a tenant whose days are over, the oldest first; who came back is asked about no more, and who is in an open alert waits for its end. */
  async due(organizationId: number, today: string, now: Date): Promise<DueRequest[]> {
    const rows = await this.#database('erasure_requests as r')
      .join('subscribers as s', 's.id', 'r.subscriber_id')
      .where({ 'r.state': 'marked', 'r.organization_id': organizationId })
      .where('r.erase_on', '<=', today)
      .whereNotExists(openAlertsOf(this.#database, 's.id'))
      .orderBy('r.id')
      .select<{ id: number; subscriber_id: number; withdrawn_on: string | null; erased_at: number | null }[]>(
        'r.id',
        'r.subscriber_id',
        's.withdrawn_on',
        's.erased_at',
      );
    const due: DueRequest[] = [];
    for (const row of rows) {
      if (row.withdrawn_on === null) await settle(this.#database, row.id, 'takenBack', now);
      else if (row.erased_at !== null) await settle(this.#database, row.id, 'done', now);
      else due.push({ id: row.id, organizationId, subscriberId: row.subscriber_id });
    }
    return due;
  }

  async countMarked(organizationId: number): Promise<number> {
    const row = await this.#database('erasure_requests')
      .where({ state: 'marked', organization_id: organizationId })
      .count<{ count: number | string }[]>({ count: 'id' })
      .first();
    return Number((row as { count: number | string } | undefined)?.count ?? 0);
  }

  async done(trx: Knex, id: number, now: Date): Promise<void> {
    await settle(trx, id, 'done', now);
  }

  #noteStep(
    trx: Knex,
    { organizationId, subscriberId }: { organizationId: number; subscriberId: number },
    by: Author,
    detail: string,
    fields: Parameters<NoteChange>[1]['fields'],
  ): Promise<void> {
    return this.#note(trx, {
      ...{ by, organizationId, detail, fields },
      ...{ subject: 'subscriber', subjectId: subscriberId },
    });
  }
}

interface OpenRow {
  id: number;
  organization_id: number;
  withdrew: number | boolean;
  withdrawn_before: string | null;
}

/** Writes before it reads: so nobody changes the row in between, and SQLite waits for its turn. */
async function openRow(trx: Knex, subscriberId: number): Promise<OpenRow | undefined> {
  await trx('erasure_requests').where({ open_key: subscriberId }).update({ open_key: subscriberId });
  return trx('erasure_requests').where({ open_key: subscriberId }).first<OpenRow | undefined>('*');
}

async function settle(trx: Knex, id: number, state: 'takenBack' | 'done', now: Date): Promise<void> {
  await trx('erasure_requests')
    .where({ id, state: 'marked' })
    .update({ state, open_key: null, settled_at: now.getTime() });
}
