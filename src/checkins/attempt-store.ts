import type { Database } from '../storage/database.js';
import { fromInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { WriteGroup } from '../storage/write-group.js';
import { writeAlert } from '../alerts/alert-store.js';
import { answers, outcomeWord, type Answer, type AttemptOutcome } from './attempt-outcome.js';
import type { ClaimedAttempt } from './claim-store.js';
import { dueColumns, toDueCheckin, type DueRow } from './due-checkin.js';
import type { NextStep } from './retry-policy.js';

export interface PressedKey {
  position: number;
  digit: string;
  answer: Answer | undefined;
  at: Date;
}

/** All that is kept of an ended attempt. */
export interface AttemptResult {
  attempt: ClaimedAttempt;
  outcome: AttemptOutcome;
  next: NextStep;
  missed: number;
  rung: number;
  started: boolean;
  ringingAt: Date | undefined;
  answeredAt: Date | undefined;
  endedAt: Date;
  cause: number;
  sipStatus: number | undefined;
  hungUpBy: string | undefined;
  settledBy: 'call' | 'record';
  keys: readonly PressedKey[];
}

export interface OpenAttempt extends ClaimedAttempt {
  keys: PressedKey[];
}

/** Attempts from their claim to their end; the check-in and its alert move with them. */
export class AttemptStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #writes: WriteGroup;

  constructor({
    database,
    codec,
    writes = new WriteGroup(database),
  }: {
    database: Database;
    codec: PersonalDataCodec;
    writes?: WriteGroup;
  }) {
    this.#database = database;
    this.#codec = codec;
    this.#writes = writes;
  }

  /** Keeps one key; a repeat of it changes nothing. */
  async keepKey(attemptId: string, key: PressedKey): Promise<void> {
    await this.#writes.run(async (trx) => {
      await trx('keys_pressed')
        .insert(keyRow(attemptId, key))
        .onConflict(['attempt_id', 'position'])
        .merge(['attempt_id']);
    });
  }

  /**
   * Ends an attempt: it is closed, its check-in moves on and the alert is written, all or nothing.
   *
   * @returns false when the attempt had been ended before; then nothing changes
   */
  async record(result: AttemptResult): Promise<boolean> {
    const { attempt, outcome, next, endedAt } = result;
    return this.#writes.run(async (trx) => {
      const ended = await trx('attempts')
        .where({ id: attempt.attemptId, state: 'calling' })
        .update({
          state: 'ended',
          busy_number: null,
          started: result.started,
          ringing_at: fromInstant(result.ringingAt),
          answered_at: fromInstant(result.answeredAt),
          ended_at: endedAt.getTime(),
          outcome: outcomeWord(outcome),
          cause: result.cause,
          sip_status: result.sipStatus ?? null,
          hung_up_by: result.hungUpBy ?? null,
          settled_by: result.settledBy,
        });
      if (ended !== 1) return false;
      if (result.keys.length > 0) {
        const rows = result.keys.map((key) => keyRow(attempt.attemptId, key));
        await trx('keys_pressed').insert(rows).onConflict(['attempt_id', 'position']).merge(['attempt_id']);
      }
      const tally = { missed: result.missed, rung: result.rung, result: outcomeWord(outcome) };
      const moved = await trx('check_ins')
        .where({ id: attempt.checkin.id, state: 'calling' })
        .update({ ...tally, ...checkinAfter(next, endedAt) });
      // The deadline may have overtaken the call: the alert stands, and the call still counts.
      if (moved === 0)
        await trx('check_ins').where({ id: attempt.checkin.id, state: 'alerted' }).update(tally);
      if (result.started) {
        await trx('subscribers')
          .where({ id: attempt.checkin.subscriberId })
          .update({ last_called_at: endedAt.getTime() });
      }
      if (next.kind === 'alert') {
        const { id: checkinId, organizationId, subscriberId } = attempt.checkin;
        const about = { organizationId, subscriberId, checkinId };
        await writeAlert(trx, { ...about, reason: next.reason, at: endedAt });
      }
      return true;
    }, 'soon');
  }

  /** Attempts of this exchange that have no end yet, with the keys that were kept of them. */
  async findOpen(pbxId: string): Promise<OpenAttempt[]> {
    const rows = await this.#database('attempts as a')
      .join('check_ins as c', 'c.id', 'a.check_in_id')
      .join('subscribers as s', 's.id', 'a.subscriber_id')
      .join('stations as t', 't.id', 'c.station_id')
      // The number may have left the list during the call; the attempt must be settled all the same.
      .leftJoin('phone_numbers as n', (on) =>
        on.on('n.subscriber_id', 'a.subscriber_id').andOn('n.position', 'a.phone_position'),
      )
      .where({ 'a.pbx_id': pbxId, 'a.state': 'calling' })
      .select<OpenRow[]>('a.id as attempt_id', 'a.claimed_at', 'n.number', ...dueColumns);
    const keys = await this.#keysOf(rows.map((row) => row.attempt_id));
    return rows.map((row) => ({
      attemptId: row.attempt_id,
      claimedAt: new Date(row.claimed_at),
      number: row.number === null ? '' : this.#codec.decode(row.number),
      checkin: toDueCheckin(row, ''),
      keys: keys.get(row.attempt_id) ?? [],
    }));
  }

  async #keysOf(attemptIds: readonly string[]): Promise<Map<string, PressedKey[]>> {
    const rows = await this.#database<KeyRow>('keys_pressed')
      .whereIn('attempt_id', attemptIds)
      .orderBy('position')
      .select('attempt_id', 'position', 'digit', 'answer', 'pressed_at');
    const keys = new Map<string, PressedKey[]>();
    for (const row of rows) {
      const answer = answers.find((known) => known === row.answer);
      const key = { position: row.position, digit: row.digit, answer, at: new Date(row.pressed_at) };
      keys.set(row.attempt_id, [...(keys.get(row.attempt_id) ?? []), key]);
    }
    return keys;
  }
}

interface KeyRow {
  attempt_id: string;
  position: number;
  digit: string;
  answer: string | null;
  pressed_at: number;
}

interface OpenRow extends DueRow {
  attempt_id: string;
  claimed_at: number;
  number: string | null;
}

function keyRow(attemptId: string, key: PressedKey): KeyRow {
  const { position, digit, answer, at } = key;
  return { attempt_id: attemptId, position, digit, answer: answer ?? null, pressed_at: at.getTime() };
}

function checkinAfter(next: NextStep, at: Date): Record<string, string | number> {
  switch (next.kind) {
    case 'done':
      return { state: 'answered', settled_at: at.getTime() };
    case 'alert':
      return { state: 'alerted', settled_at: at.getTime() };
    case 'callAgain':
      return { state: 'due', next_call_at: next.at.getTime() };
  }
}
