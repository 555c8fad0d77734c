import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { WriteGroup } from '../storage/write-group.js';
import { dueColumns, toDueCheckin, type DueCheckin, type DueRow } from './due-checkin.js';

export interface ClaimedAttempt {
  attemptId: string;
  checkin: DueCheckin;
  /** Domestic digits. */
  number: string;
  /** The number's look-up value, for the exchange's record. */
  mark?: string;
  claimedAt: Date;
}

export type ClaimRefusal = 'taken' | 'numberBusy' | 'noNumber';

/** Work that is due, and the taking of it: exactly one of any number of claimants gets a check-in. */
export class ClaimStore {
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

  /** Tenants that have somebody to call now. */
  async organizationsWithWork(now: Date): Promise<number[]> {
    const rows = await this.#database<{ organization_id: number }>('check_ins')
      .distinct('organization_id')
      .where('state', 'due')
      .where('next_call_at', '<=', now.getTime());
    return rows.map((row) => row.organization_id);
  }

  /**
   * The most urgent check-ins of one tenant: first those that soon run out of time, then in the order they fell due.
   *
   * @param today the tenant's date, for pauses and withdrawals
   */
  async findDue(organizationId: number, now: Date, today: string, limit: number): Promise<DueCheckin[]> {
    const soon = now.getTime() + 30 * 60_000;
    const urgent = await this.#due(organizationId, now, today, limit)
      .where('c.give_up_at', '<=', soon)
      .orderBy('c.give_up_at');
    const rest =
      urgent.length < limit
        ? await this.#due(organizationId, now, today, limit - urgent.length)
            .where('c.give_up_at', '>', soon)
            .orderBy('c.next_call_at')
        : [];
    return [...urgent, ...rest].map((row) => toDueCheckin(row, today));
  }

  #due(organizationId: number, now: Date, today: string, limit: number) {
    const paused = this.#database('pauses as p')
      .select(this.#database.raw('1'))
      .whereRaw('p.subscriber_id = c.subscriber_id')
      .where('p.from_on', '<=', today)
      .where('p.until_on', '>=', today);
    return this.#database('check_ins as c')
      .join('subscribers as s', 's.id', 'c.subscriber_id')
      .join('stations as t', 't.id', 'c.station_id')
      .where({ 'c.state': 'due', 'c.organization_id': organizationId })
      .where('c.next_call_at', '<=', now.getTime())
      .where('c.give_up_at', '>', now.getTime())
      .select<DueRow[]>(...dueColumns, this.#database.raw('exists ? as paused', [paused]))
      .limit(limit);
  }

  /**
   * Takes a due check-in and writes the attempt, with the id its channel will bear, in one transaction.
   * When it is refused, nothing has changed.
   *
   * @param notCalledSince the person must not have been called after this: the minimum gap
   */
  async claim(
    checkin: DueCheckin,
    { attemptId, pbxId, notCalledSince }: { attemptId: string; pbxId: string; notCalledSince: Date },
    now: Date,
  ): Promise<ClaimedAttempt | ClaimRefusal> {
    const phone = await this.#phoneFor(checkin);
    if (!phone) return 'noNumber';
    try {
      const won = await this.#writes.run(async (trx) => {
        const changed = await trx('check_ins')
          .where({ id: checkin.id, state: 'due' })
          .where('next_call_at', '<=', now.getTime())
          .where('give_up_at', '>', now.getTime())
          .whereNotExists(
            trx('subscribers as s')
              .select(trx.raw('1'))
              .whereRaw('s.id = check_ins.subscriber_id')
              .where('s.last_called_at', '>', notCalledSince.getTime()),
          )
          // Not only the dialler's own word, which may be a second old.
          .whereNotExists(trx('dialling_holds').select(trx.raw('1')).whereNotNull('open_key'))
          // Two check-ins of one person may have two numbers: the person is one all the same.
          .whereNotExists(
            trx('attempts as a')
              .select(trx.raw('1'))
              .whereRaw('a.subscriber_id = check_ins.subscriber_id')
              .where('a.state', 'calling'),
          )
          .update({ state: 'calling', attempts: trx.raw('attempts + 1') });
        if (changed !== 1) return false;
        await trx('attempts').insert({
          id: attemptId,
          check_in_id: checkin.id,
          subscriber_id: checkin.subscriberId,
          pbx_id: pbxId,
          phone_position: phone.position,
          busy_number: phone.number_lookup,
          state: 'calling',
          claimed_at: now.getTime(),
        });
        return true;
      });
      if (!won) return 'taken';
    } catch (error) {
      if (isUniqueViolation(error)) return 'numberBusy';
      throw error;
    }
    const number = this.#codec.decode(phone.number);
    return { attemptId, checkin, number, mark: phone.number_lookup, claimedAt: now };
  }

  /** The person's numbers in turn: the first one first, the next one after a miss. */
  async #phoneFor(checkin: DueCheckin): Promise<PhoneRow | undefined> {
    const phones = await this.#database('phone_numbers')
      .where('subscriber_id', checkin.subscriberId)
      .orderBy('position')
      .select<PhoneRow[]>('position', 'number', 'number_lookup');
    return phones[checkin.missed % Math.max(phones.length, 1)];
  }

  /** How late the most overdue call is, in seconds; undefined when nobody waits. */
  async dialLagSeconds(now: Date): Promise<number | undefined> {
    const waiting = await this.#database('check_ins')
      .where('state', 'due')
      .where('next_call_at', '<=', now.getTime())
      .where('give_up_at', '>', now.getTime())
      .min<{ first: number | null }[]>('next_call_at as first');
    const first = waiting[0]?.first ?? undefined;
    return first === undefined ? undefined : (now.getTime() - first) / 1000;
  }

  /** Puts a due check-in off; false when it is not due any more. */
  async postpone(checkinId: number, until: Date): Promise<boolean> {
    const changed = await this.#database('check_ins')
      .where({ id: checkinId, state: 'due' })
      .update({ next_call_at: until.getTime() });
    return changed === 1;
  }

  /** Ends a due check-in without a call, by a person's earlier word: a pause or a withdrawal. */
  async cancel(checkinId: number, why: 'paused' | 'withdrawn', now: Date): Promise<boolean> {
    const changed = await this.#database('check_ins')
      .where({ id: checkinId, state: 'due' })
      .update({ state: 'cancelled', result: why, settled_at: now.getTime() });
    return changed === 1;
  }
}

interface PhoneRow {
  position: number;
  number: string;
  number_lookup: string;
}

function isUniqueViolation(error: unknown): boolean {
  const code = (error as { code?: unknown }).code;
  return code === 'ER_DUP_ENTRY' || (typeof code === 'string' && code.startsWith('SQLITE_CONSTRAINT'));
}
