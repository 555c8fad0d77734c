import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { decodeContent } from './card-row.js';
import { addPerson, personsOfCases, type PersonOfCase } from './person-store.js';
import type { CaseChange, CasePerson } from './support-fields.js';
import { isOwn, type BadReference } from './tenant-store.js';

export interface ConsultationCase {
  id: number;
  title: string;
  state: 'open' | 'closed';
  openedAt: Date;
  closedAt: Date | undefined;
  persons: PersonOfCase[];
}

interface CaseRow {
  id: number;
  title: string;
  state: 'open' | 'closed';
  opened_at: number;
  closed_at: number | null;
}

/** Cases: one matter, of one or several people, over any number of calls and cards. */
export class CaseStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async find(organizationId: number, caseId: number): Promise<ConsultationCase | undefined> {
    const row = await this.#database('consultation_cases')
      .where({ id: caseId, organization_id: organizationId })
      .first<CaseRow | undefined>('*');
    return row && (await this.#withPersons([row]))[0];
  }

  /** The newest first; `beforeId` goes on from the last one of the page before. */
  async list(
    organizationId: number,
    wanted: { state?: 'open' | 'closed' | undefined; beforeId?: number | undefined; limit: number },
  ): Promise<ConsultationCase[]> {
    const query = this.#database('consultation_cases').where({ organization_id: organizationId });
    if (wanted.state) void query.where({ state: wanted.state });
    if (wanted.beforeId !== undefined) void query.where('id', '<', wanted.beforeId);
    return this.#withPersons(await query.orderBy('id', 'desc').limit(wanted.limit).select<CaseRow[]>('*'));
  }

  async add(organizationId: number, title: string, now: Date): Promise<number> {
    return this.#insert(this.#database, organizationId, title, now);
  }

  async change(organizationId: number, caseId: number, change: CaseChange, now: Date): Promise<boolean> {
    const { title, state } = change;
    const updated = await this.#database('consultation_cases')
      .where({ id: caseId, organization_id: organizationId })
      .update({
        id: caseId,
        ...(title !== undefined && { title: this.#codec.encode(title) }),
        ...(state && { state, closed_at: state === 'closed' ? now.getTime() : null }),
      });
    return updated > 0;
  }

  /** Puts a person on the case, or gives one who is on it another role. @returns the person's id */
  async putPerson(
    organizationId: number,
    caseId: number,
    { personId, person, role, relationship }: CasePerson,
    now: Date,
  ): Promise<number | 'notFound' | BadReference> {
    return againAfterDeadlock(this.#database, async (trx) => {
      if (!(await isOwn(trx, 'consultation_cases', organizationId, caseId))) return 'notFound';
      if (personId !== undefined && !(await isOwn(trx, 'consultation_persons', organizationId, personId)))
        return { kind: 'badReference', field: 'personId' };
      const id =
        personId ?? (await addPerson(trx, organizationId, { content: person ?? {} }, this.#codec, now));
      await this.#tie(trx, caseId, id, role, relationship);
      return id;
    });
  }

  /**
   * Puts a card on a case: on the one given, or on a new one. The card's principal becomes a person of the
   * case, unless the card has one already; so does the visitor when the case is new.
   */
  async takeCard(
    organizationId: number,
    cardId: number,
    target: { caseId: number } | { title: string },
    now: Date,
  ): Promise<number | 'notFound' | BadReference> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const card = await trx('consultation_cards')
        .where({ id: cardId, organization_id: organizationId })
        .forUpdate()
        .first<CardOfCase | undefined>('content', 'person_id', 'subscriber_id', 'case_id');
      if (!card) return 'notFound';
      if ('caseId' in target && !(await isOwn(trx, 'consultation_cases', organizationId, target.caseId)))
        return { kind: 'badReference', field: 'caseId' };
      const isNew = !('caseId' in target);
      // Sent twice, the wish for a new case must not open two.
      if (isNew && card.case_id !== null) return card.case_id;
      const caseId = isNew ? await this.#insert(trx, organizationId, target.title, now) : target.caseId;
      const { principal = {}, visitor } = decodeContent(card.content, this.#codec);
      const personId =
        card.person_id ??
        (isNew ? undefined : await onlyPrincipal(trx, caseId)) ??
        (await addPerson(
          trx,
          organizationId,
          { content: principal, subscriberId: card.subscriber_id ?? undefined },
          this.#codec,
          now,
        ));
      await this.#tie(trx, caseId, personId, 'principal', '');
      if (isNew && visitor) {
        const { relationship = '', ...content } = visitor;
        const visitorId = await addPerson(trx, organizationId, { content }, this.#codec, now);
        await this.#tie(trx, caseId, visitorId, 'visitor', relationship);
      }
      await trx('consultation_cards').where({ id: cardId }).update({ case_id: caseId, person_id: personId });
      return caseId;
    });
  }

  async #insert(trx: Knex, organizationId: number, title: string, now: Date): Promise<number> {
    const [id = 0]: number[] = await trx('consultation_cases').insert({
      organization_id: organizationId,
      title: this.#codec.encode(title),
      opened_at: now.getTime(),
    });
    return id;
  }

  async #tie(
    trx: Knex,
    caseId: number,
    personId: number,
    role: PersonOfCase['role'],
    relationship: string,
  ): Promise<void> {
    await trx('consultation_case_persons')
      .insert({
        case_id: caseId,
        person_id: personId,
        role,
        relationship: this.#codec.encode(relationship),
      })
      .onConflict(['case_id', 'person_id'])
      .merge(['role', 'relationship']);
  }

  async #withPersons(rows: readonly CaseRow[]): Promise<ConsultationCase[]> {
    const persons = await personsOfCases(
      this.#database,
      rows.map(({ id }) => id),
      this.#codec,
    );
    return rows.map((row) => ({
      id: row.id,
      title: this.#codec.decode(row.title),
      state: row.state,
      openedAt: new Date(row.opened_at),
      closedAt: toInstant(row.closed_at),
      persons: persons.get(row.id) ?? [],
    }));
  }
}

interface CardOfCase {
  content: string;
  person_id: number | null;
  subscriber_id: number | null;
  case_id: number | null;
}

/** The case's principal, when there is just one: a further card of the case is about that person. */
async function onlyPrincipal(trx: Knex, caseId: number): Promise<number | undefined> {
  const rows = await trx('consultation_case_persons')
    .where({ case_id: caseId, role: 'principal' })
    .limit(2)
    .select<{ person_id: number }[]>('person_id');
  return rows.length === 1 ? rows[0]?.person_id : undefined;
}
