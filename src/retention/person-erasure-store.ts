import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import { inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import { nextTurn } from '../storage/next-turn.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { emptyPeople, eraseCards, eraseCases } from './consultations-erasure-store.js';
import {
  emptyCall,
  emptyCallIn,
  emptyTask,
  removeMessages,
  type RemoveSpooled,
} from './hotline-erasure-store.js';
import { eraseRecords } from './people-erasure-store.js';
import { findTraces, type CallKey, type Traces } from './person-traces-store.js';

/** Where one person is forgotten everywhere. */
export class PersonErasureStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #removeSpooled: RemoveSpooled;

  constructor({
    database,
    codec,
    removeSpooled,
  }: {
    database: Database;
    codec: PersonalDataCodec;
    removeSpooled: RemoveSpooled;
  }) {
    this.#database = database;
    this.#codec = codec;
    this.#removeSpooled = removeSpooled;
  }

  /**
   * Empties all that is known of somebody who has withdrawn, in short transactions. Their own record goes last, so
   * that what broke off finds everything again; recordings are due at once, and their keeper removes them.
   *
   * @param then in the transaction of the record
   * @returns whether they were erased now: not who has come back, or was erased before
   */
  async erase(subscriberId: number, now: Date, then: (trx: Knex) => Promise<void>): Promise<boolean> {
    const traces = await findTraces(this.#database, subscriberId, this.#codec);
    if (!traces) return false;
    await this.#eraseAlertWords(traces, now);
    await removeMessages(this.#database, traces.callInIds, this.#removeSpooled);
    await this.#eraseCalls(traces, now);
    await this.#write(async (trx) => {
      await emptyPeople(trx, traces.personIds, now);
      if (traces.caseIds.length > 0) await eraseCases(trx, traces.caseIds, now);
      await eraseCards(trx, traces.cardIds, now);
    });
    await this.#eraseReasons(traces);
    await this.#erasePapers(traces);
    return this.#write(async (trx) => {
      const erased = await eraseRecords(trx, [subscriberId], now);
      if (erased > 0) await then(trx);
      return erased > 0;
    });
  }

  async #eraseAlertWords({ alertIds, checkinIds }: Traces, now: Date): Promise<void> {
    for (const chunk of inChunks(checkinIds))
      await this.#write((trx) => trx('alert_events').whereIn('check_in_id', chunk).update({ words: '' }));
    for (const chunk of inChunks(alertIds)) {
      await this.#write(async (trx) => {
        await trx('alert_events').whereIn('alert_id', chunk).update({ words: '' });
        const mails = await trx('alert_mails')
          .whereIn('alert_id', chunk)
          .whereNotNull('mail_id')
          .select<{ mail_id: number }[]>('mail_id');
        const ids = mails.map((row) => row.mail_id);
        await trx('mails').whereIn('id', ids).update({ subject: '', body: '' });
        await trx('mails')
          .whereIn('id', ids)
          .where({ state: 'waiting' })
          .update({ state: 'expired', settled_at: now.getTime() });
      });
    }
  }

  /** Voices first: whose they are is known by the calls. */
  async #eraseCalls({ calls, numberLookups, callInIds }: Traces, now: Date): Promise<void> {
    for (const call of calls) await this.#write((trx) => this.#eraseCall(trx, call, now));
    await this.#write(async (trx) => {
      await trx('hotline_tasks')
        .whereIn('number_lookup', numberLookups)
        .whereIn('state', ['open', 'taken'])
        .update({ state: 'done', settled_at: now.getTime() });
      await trx('hotline_tasks').whereIn('number_lookup', numberLookups).update(emptyTask);
      await trx('hotline_calls').whereIn('number_lookup', numberLookups).update(emptyCall);
      for (const chunk of inChunks(callInIds)) await trx('call_ins').whereIn('id', chunk).update(emptyCallIn);
    });
  }

  async #eraseCall(trx: Knex, { pbxId, callId }: CallKey, now: Date): Promise<void> {
    const of = { pbx_id: pbxId, call_id: callId };
    await trx('voice_files')
      .where(of)
      .whereIn('state', ['kept', 'spooled'])
      .update({ delete_at: now.getTime() });
    const voices = await trx('voice_files').where(of).select<{ id: number }[]>('id');
    await trx('voice_listenings')
      .whereIn(
        'voice_file_id',
        voices.map(({ id }) => id),
      )
      .update({ reason: '' });
    await trx('hotline_tasks')
      .where(of)
      .whereIn('state', ['open', 'taken'])
      .update({ state: 'done', settled_at: now.getTime() });
    await trx('hotline_tasks').where(of).update(emptyTask);
    await trx('hotline_calls').where(of).update(emptyCall);
  }

  /** Who looked at them stays written; what they said of why may tell of the person. */
  async #eraseReasons({ organizationId, subjects }: Traces): Promise<void> {
    for (const [subject, all] of subjects)
      for (const ids of inChunks(all))
        await this.#write((trx) =>
          trx('access_log')
            .where({ subject, organization_id: organizationId })
            .whereIn('subject_id', ids)
            .update({ reason: '' }),
        );
  }

  /** Forms that somebody began, and numbers that were called for a test, if they are about this person. */
  async #erasePapers({ subscriberId, terms, numbers }: Traces): Promise<void> {
    const drafts = await this.#database('form_drafts').select<
      { id: number; subject: string; form: string; body: string }[]
    >('id', 'form', 'subject', 'body');
    const own = drafts.filter(({ form, subject, body }) => {
      if (form === 'person' && subject.split('-')[0] === String(subscriberId)) return true;
      const text = this.#codec.decode(body);
      return terms.some((term) => text.includes(term));
    });
    await nextTurn();
    const calls = await this.#database('test_calls')
      .whereNot('number', '')
      .select<{ id: number; number: string }[]>('id', 'number');
    const called = calls.filter(({ number }) => numbers.includes(this.#codec.decode(number)));
    await this.#write(async (trx) => {
      await trx('form_drafts').whereIn('id', ids(own)).delete();
      await trx('test_calls').whereIn('id', ids(called)).update({ number: '' });
    });
  }

  #write<T>(work: (trx: Knex.Transaction) => Promise<T>): Promise<T> {
    return againAfterDeadlock(this.#database, work);
  }
}

function ids(rows: readonly { id: number }[]): number[] {
  return rows.map(({ id }) => id);
}
