import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Action, ConcludedLease } from './support-fields.js';
import { findBadReference, isOwn, type BadReference } from './tenant-store.js';

export type Added = { kind: 'added'; id: number } | { kind: 'notFound' } | BadReference;

export type StoredAction = Omit<Action, 'personId'> & {
  id: number;
  caseId: number;
  personId: number | undefined;
};

export type StoredLease = Omit<ConcludedLease, 'personId'> & {
  id: number;
  caseId: number;
  personId: number | undefined;
  voidedAt: Date | undefined;
};

/** What was done on a case, and the leases that came of it. */
export class SupportStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async addAction(organizationId: number, caseId: number, action: Action, now: Date): Promise<Added> {
    return againAfterDeadlock(this.#database, async (trx) => {
      if (!(await isOwn(trx, 'consultation_cases', organizationId, caseId))) return { kind: 'notFound' };
      const bad = await findBadReference(trx, organizationId, [
        ['workerId', 'counsellors', action.workerId],
        ['personId', 'consultation_persons', action.personId],
      ]);
      if (bad) return bad;
      const [id = 0]: number[] = await trx('support_actions').insert({
        organization_id: organizationId,
        case_id: caseId,
        person_id: action.personId ?? null,
        kind: action.kind,
        category: action.category,
        information_only: action.informationOnly,
        worker_id: action.workerId,
        started_at: action.startedAt.getTime(),
        minutes: action.minutes,
        note: this.#codec.encode(action.note),
        created_at: now.getTime(),
      });
      return { kind: 'added', id };
    });
  }

  /** In the order of time; undefined when the organization has no such case. */
  async actionsOf(organizationId: number, caseId: number): Promise<StoredAction[] | undefined> {
    if (!(await isOwn(this.#database, 'consultation_cases', organizationId, caseId))) return undefined;
    const rows = await this.#database('support_actions')
      .where({ case_id: caseId, organization_id: organizationId })
      .orderBy(['started_at', 'id'])
      .select<ActionRow[]>('*');
    return rows.map((row) => ({
      id: row.id,
      caseId: row.case_id,
      personId: row.person_id ?? undefined,
      kind: row.kind,
      category: row.category,
      informationOnly: Boolean(row.information_only),
      workerId: row.worker_id,
      startedAt: new Date(row.started_at),
      minutes: row.minutes,
      note: this.#codec.decode(row.note),
    }));
  }

  async addLease(organizationId: number, caseId: number, lease: ConcludedLease, now: Date): Promise<Added> {
    const { signedOn, personId, ...content } = lease;
    return againAfterDeadlock(this.#database, async (trx) => {
      if (!(await isOwn(trx, 'consultation_cases', organizationId, caseId))) return { kind: 'notFound' };
      const bad = await findBadReference(trx, organizationId, [
        ['personId', 'consultation_persons', personId],
      ]);
      if (bad) return bad;
      const [id = 0]: number[] = await trx('concluded_leases').insert({
        organization_id: organizationId,
        case_id: caseId,
        person_id: personId ?? null,
        signed_on: signedOn,
        content: this.#codec.encode(JSON.stringify(content)),
        created_at: now.getTime(),
      });
      return { kind: 'added', id };
    });
  }

  async leasesOf(organizationId: number, caseId: number): Promise<StoredLease[] | undefined> {
    if (!(await isOwn(this.#database, 'consultation_cases', organizationId, caseId))) return undefined;
    const rows = await this.#database('concluded_leases')
      .where({ case_id: caseId, organization_id: organizationId })
      .orderBy(['signed_on', 'id'])
      .select<LeaseRow[]>('*');
    return rows.map((row) => ({
      ...leaseContent(row.content, this.#codec),
      id: row.id,
      caseId: row.case_id,
      personId: row.person_id ?? undefined,
      signedOn: row.signed_on,
      voidedAt: toInstant(row.voided_at),
    }));
  }

  /** Takes a lease out of the counts; false when there is none that still counts. */
  async voidLease(organizationId: number, leaseId: number, now: Date): Promise<boolean> {
    const updated = await this.#database('concluded_leases')
      .where({ id: leaseId, organization_id: organizationId })
      .whereNull('voided_at')
      .update({ voided_at: now.getTime() });
    return updated > 0;
  }
}

type LeaseContent = Omit<ConcludedLease, 'signedOn' | 'personId'>;

/** Empty: it was erased. */
function leaseContent(stored: string, codec: PersonalDataCodec): LeaseContent {
  if (stored === '') return { address: '', landlord: '', note: '' };
  return JSON.parse(codec.decode(stored)) as LeaseContent;
}

interface ActionRow {
  id: number;
  case_id: number;
  person_id: number | null;
  kind: Action['kind'];
  category: Action['category'];
  information_only: number | boolean;
  worker_id: number;
  started_at: number;
  minutes: number;
  note: string;
}

interface LeaseRow {
  id: number;
  case_id: number;
  person_id: number | null;
  signed_on: string;
  content: string;
  voided_at: number | null;
}
