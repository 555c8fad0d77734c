import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Destination, Referral, ReferralAnswer } from './support-fields.js';
import type { Added } from './support-store.js';
import { findBadReference, isOwn } from './tenant-store.js';

export interface StoredDestination extends Destination {
  id: number;
}

export interface StoredReferral {
  id: number;
  caseId: number;
  destinationId: number;
  destinationName: string;
  consent: Referral['consent'];
  told: string;
  askedOn: string;
  askedBy: number | undefined;
  answerDueOn: string | undefined;
  answeredOn: string | undefined;
  result: ReferralAnswer['result'] | undefined;
  answer: string;
}

/** Whom people were passed on to, what was told, and what came of it. */
export class ReferralStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async destinations(organizationId: number): Promise<StoredDestination[]> {
    const rows = await this.#database('referral_destinations')
      .where({ organization_id: organizationId, state: 'active' })
      .orderBy('id')
      .select<StoredDestination[]>('id', 'name', 'kind', 'phone', 'note');
    // The office is public; whom one speaks to there is not.
    return rows.map((row) => ({ ...row, note: this.#codec.decode(row.note) }));
  }

  async addDestination(organizationId: number, destination: Destination, now: Date): Promise<number> {
    const [id = 0]: number[] = await this.#database('referral_destinations').insert({
      ...this.#destinationRow(destination),
      organization_id: organizationId,
      created_at: now.getTime(),
    });
    return id;
  }

  async changeDestination(organizationId: number, id: number, destination: Destination): Promise<boolean> {
    const updated = await this.#database('referral_destinations')
      .where({ id, organization_id: organizationId, state: 'active' })
      .update(this.#destinationRow(destination));
    return updated > 0;
  }

  /** Earlier referrals keep its name; it is offered no more. */
  async removeDestination(organizationId: number, id: number): Promise<boolean> {
    const updated = await this.#database('referral_destinations')
      .where({ id, organization_id: organizationId, state: 'active' })
      .update({ state: 'removed' });
    return updated > 0;
  }

  async add(organizationId: number, caseId: number, referral: Referral, now: Date): Promise<Added> {
    return againAfterDeadlock(this.#database, async (trx) => {
      if (!(await isOwn(trx, 'consultation_cases', organizationId, caseId))) return { kind: 'notFound' };
      const bad = await findBadReference(trx, organizationId, [
        ['destinationId', 'referral_destinations', referral.destinationId],
        ['askedBy', 'counsellors', referral.askedBy],
      ]);
      if (bad) return bad;
      const [id = 0]: number[] = await trx('referrals').insert({
        organization_id: organizationId,
        case_id: caseId,
        destination_id: referral.destinationId,
        consent: referral.consent,
        asked_on: referral.askedOn,
        answer_due_on: referral.answerDueOn ?? null,
        told: this.#codec.encode(referral.told),
        answer: this.#codec.encode(''),
        asked_by: referral.askedBy,
        created_at: now.getTime(),
      });
      return { kind: 'added', id };
    });
  }

  /** Notes what the destination said; a later answer takes the place of an earlier one. */
  async answer(organizationId: number, referralId: number, answer: ReferralAnswer): Promise<boolean> {
    if (!(await isOwn(this.#database, 'referrals', organizationId, referralId))) return false;
    await this.#database('referrals')
      .where({ id: referralId, organization_id: organizationId })
      .update({
        result: answer.result,
        answered_on: answer.answeredOn,
        answer: this.#codec.encode(answer.answer),
      });
    return true;
  }

  /** Undefined when the organization has no such case. */
  async ofCase(organizationId: number, caseId: number): Promise<StoredReferral[] | undefined> {
    if (!(await isOwn(this.#database, 'consultation_cases', organizationId, caseId))) return undefined;
    const rows = await this.#rows(organizationId).where('r.case_id', caseId).orderBy(['r.asked_on', 'r.id']);
    return rows.map((row) => this.#toReferral(row));
  }

  /** Those without an answer, the most overdue first; those without a due date last. */
  async open(organizationId: number, limit: number): Promise<StoredReferral[]> {
    const rows = await this.#rows(organizationId)
      .whereNull('r.result')
      .orderByRaw('r.answer_due_on is null, r.answer_due_on, r.id')
      .limit(limit);
    return rows.map((row) => this.#toReferral(row));
  }

  #destinationRow(destination: Destination): Destination {
    return { ...destination, note: this.#codec.encode(destination.note) };
  }

  #rows(organizationId: number) {
    return this.#database('referrals as r')
      .join('referral_destinations as d', 'd.id', 'r.destination_id')
      .where('r.organization_id', organizationId)
      .select<ReferralRow[]>('r.*', 'd.name as destination_name');
  }

  #toReferral(row: ReferralRow): StoredReferral {
    return {
      id: row.id,
      caseId: row.case_id,
      destinationId: row.destination_id,
      destinationName: row.destination_name,
      consent: row.consent,
      told: this.#codec.decode(row.told),
      askedOn: row.asked_on,
      askedBy: row.asked_by ?? undefined,
      answerDueOn: row.answer_due_on ?? undefined,
      answeredOn: row.answered_on ?? undefined,
      result: row.result ?? undefined,
      answer: this.#codec.decode(row.answer),
    };
  }
}

interface ReferralRow {
  id: number;
  case_id: number;
  destination_id: number;
  destination_name: string;
  consent: Referral['consent'];
  told: string;
  asked_on: string;
  asked_by: number | null;
  answer_due_on: string | null;
  answered_on: string | null;
  result: ReferralAnswer['result'] | null;
  answer: string;
}
