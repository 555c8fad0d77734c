import type { Knex } from 'knex';
import type { CheckinOfDay } from '../checkins/ledger-state.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import {
  confirmsPerson,
  decideStep,
  mailDueAtClose,
  mailDueAtReopen,
  type AlertEventKind,
  type AlertStep,
  type CloseReason,
} from './alert-work.js';

/** Who does it: undefined at the terminal. */
type By = number | undefined;

export type StepAnswer =
  | { kind: 'done' }
  /** It was so already. */
  | { kind: 'nothing' }
  | {
      kind: 'refused';
      why: 'noSuchAlert' | 'alertClosed' | 'noSuchCheckin' | 'callUnderWay' | 'notConfirmed';
    }
  | { kind: 'refused'; why: 'takenByAnother'; ownerId: number };

interface AlertColumns {
  id: number;
  state: 'open' | 'closed';
  owner_id: number | null;
  check_in_id: number | null;
  mail_due: string | null;
}

interface CheckinColumns {
  id: number;
  state: CheckinOfDay['state'];
  result: string | null;
  settled_at: number | null;
}

type Before = Pick<CheckinColumns, 'state' | 'result' | 'settled_at'>;

/**
 * What people do about alerts and about check-ins without one. Each step locks its row first, so that of two
 * who click at once the second is told what the first has done.
 */
export class AlertWorkStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  take(id: number, { userId, takeOver, at }: { userId: number; takeOver: boolean; at: Date }) {
    return this.#step(id, { kind: 'take', userId, takeOver }, async (trx) => {
      await trx('alerts').where({ id }).update({ owner_id: userId, taken_at: at.getTime() });
      await this.#event(trx, { alertId: id, kind: 'taken', by: userId, at });
    });
  }

  /** Notes are kept of closed alerts too. */
  async note(id: number, { words, by, at }: { words: string; by: By; at: Date }): Promise<StepAnswer> {
    const known = await this.#database('alerts').where({ id }).first<{ id: number } | undefined>('id');
    if (!known) return { kind: 'refused', why: 'noSuchAlert' };
    await this.#event(this.#database, { alertId: id, kind: 'noted', by, at, words });
    return { kind: 'done' };
  }

  /** Ends an alert; when the person was reached, its check-in is confirmed by a person. */
  close(
    id: number,
    { reason, words, by, at }: { reason: CloseReason; words: string; by: By; at: Date },
  ): Promise<StepAnswer> {
    return this.#step(id, { kind: 'close' }, async (trx, alert) => {
      const before =
        confirmsPerson(reason) && alert.check_in_id !== null
          ? await confirm(trx, alert.check_in_id, ['alerted'], at)
          : undefined;
      await trx('alerts')
        .where({ id })
        .update({
          ...{ state: 'closed', open_key: null, closed_at: at.getTime(), closed_by: by ?? null },
          ...{ close_reason: reason, mail_due: mailDueAtClose(alert.mail_due) },
        });
      await this.#event(trx, {
        ...{ alertId: id, checkinId: alert.check_in_id ?? undefined },
        ...{ kind: 'closed', reason, words, by, at, before },
      });
    });
  }

  /** Opens it again, and takes back what its end made of the check-in. */
  reopen(id: number, { by, at }: { by: By; at: Date }): Promise<StepAnswer> {
    return this.#step(id, { kind: 'reopen' }, async (trx, alert) => {
      const checkinId = alert.check_in_id;
      if (checkinId !== null)
        await restore(trx, checkinId, await lastBefore(trx, { alert_id: id }, 'closed'));
      await trx('alerts')
        .where({ id })
        .update({
          ...{ state: 'open', open_key: checkinId === null ? null : `checkin:${checkinId}` },
          ...{ closed_at: null, closed_by: null, close_reason: null },
          mail_due: mailDueAtReopen(alert.mail_due),
        });
      await this.#event(trx, { alertId: id, checkinId: checkinId ?? undefined, kind: 'reopened', by, at });
    });
  }

  /**
   * A person says how somebody is. An open alert about the check-in ends with it; without one, whoever was reached
   * is called no more for it.
   */
  async record(
    checkinId: number,
    done: { reason: CloseReason; words: string; by: By; at: Date },
  ): Promise<StepAnswer & { alertId?: number }> {
    const { reason, words, by, at } = done;
    const open = await this.#database('alerts')
      .where({ check_in_id: checkinId, state: 'open' })
      .first<{ id: number } | undefined>('id');
    if (open) return { ...(await this.close(open.id, done)), alertId: open.id };
    return againAfterDeadlock(this.#database, async (trx) => {
      const row = await lockCheckin(trx, checkinId);
      if (!row) return { kind: 'refused', why: 'noSuchCheckin' };
      if (!confirmsPerson(reason)) {
        await this.#event(trx, { checkinId, kind: 'noted', reason, words, by, at });
        return { kind: 'done' };
      }
      if (row.state === 'confirmed') return { kind: 'nothing' };
      // Its end would not know of us; the call is over in a minute.
      if (row.state === 'calling') return { kind: 'refused', why: 'callUnderWay' };
      const before = await confirm(trx, checkinId, ['due', 'answered', 'alerted', 'cancelled'], at);
      await this.#event(trx, { checkinId, kind: 'confirmed', reason, words, by, at, before });
      return { kind: 'done' };
    });
  }

  /** Takes a confirmation back: what was to be called is to be called again. */
  async withdraw(checkinId: number, { by, at }: { by: By; at: Date }): Promise<StepAnswer> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const row = await lockCheckin(trx, checkinId);
      if (!row) return { kind: 'refused', why: 'noSuchCheckin' };
      if (row.state !== 'confirmed') return { kind: 'nothing' };
      const before = await lastBefore(trx, { check_in_id: checkinId }, 'confirmed');
      if (!before) return { kind: 'refused', why: 'notConfirmed' };
      await restore(trx, checkinId, before);
      await this.#event(trx, { checkinId, kind: 'withdrawn', by, at });
      return { kind: 'done' };
    });
  }

  #step(
    id: number,
    step: AlertStep,
    work: (trx: Knex.Transaction, alert: AlertColumns) => Promise<void>,
  ): Promise<StepAnswer> {
    return againAfterDeadlock(this.#database, async (trx) => {
      // The update locks the row on both databases, before anything is read.
      await trx('alerts').where({ id }).update({ id });
      const alert: AlertColumns | undefined = await trx('alerts')
        .where({ id })
        .first('id', 'state', 'owner_id', 'check_in_id', 'mail_due');
      if (!alert) return { kind: 'refused', why: 'noSuchAlert' };
      const verdict = decideStep({ state: alert.state, ownerId: alert.owner_id ?? undefined }, step);
      if (verdict === 'nothing') return { kind: 'nothing' };
      if (verdict === 'alertClosed') return { kind: 'refused', why: verdict };
      if (verdict === 'takenByAnother')
        return { kind: 'refused', why: verdict, ownerId: alert.owner_id ?? 0 };
      await work(trx, alert);
      return { kind: 'done' };
    });
  }

  async #event(
    trx: Knex,
    event: {
      alertId?: number;
      checkinId?: number | undefined;
      kind: AlertEventKind;
      by: By;
      at: Date;
      reason?: CloseReason;
      words?: string;
      before?: Before | undefined;
    },
  ): Promise<void> {
    await trx('alert_events').insert({
      alert_id: event.alertId ?? null,
      check_in_id: event.checkinId ?? null,
      kind: event.kind,
      user_id: event.by ?? null,
      reason: event.reason ?? null,
      words: this.#codec.encode(event.words ?? ''),
      before: event.before ? JSON.stringify(event.before) : null,
      at: event.at.getTime(),
    });
  }
}

async function lockCheckin(trx: Knex, id: number): Promise<CheckinColumns | undefined> {
  await trx('check_ins').where({ id }).update({ id });
  return trx('check_ins')
    .where({ id })
    .first<CheckinColumns | undefined>('id', 'state', 'result', 'settled_at');
}

/** @returns how it was before; undefined when it is in another state, and stays so */
async function confirm(
  trx: Knex,
  id: number,
  from: readonly CheckinColumns['state'][],
  at: Date,
): Promise<Before | undefined> {
  const row = await lockCheckin(trx, id);
  if (!row || !from.includes(row.state)) return undefined;
  await trx('check_ins').where({ id }).update({ state: 'confirmed', settled_at: at.getTime() });
  return { state: row.state, result: row.result, settled_at: row.settled_at };
}

async function restore(trx: Knex, id: number, before: Before | undefined): Promise<void> {
  if (before) await trx('check_ins').where({ id, state: 'confirmed' }).update(before);
}

/** How the check-in was before the last such step. */
async function lastBefore(
  trx: Knex,
  of: { alert_id: number } | { check_in_id: number },
  kind: AlertEventKind,
): Promise<Before | undefined> {
  const row = await trx('alert_events')
    .where({ ...of, kind })
    .orderBy('id', 'desc')
    .first<{ before: string | null } | undefined>('before');
  return row?.before ? (JSON.parse(row.before) as Before) : undefined;
}
