import { groupBy } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { toCardLine } from './card-row.js';
import { cardRows } from './card-store.js';
import { nothingKnown, type KnownCase, type KnownSubscriber, type NumberFacts } from './card-view.js';

/** What is told of earlier cards and cases: a screen's worth. */
const mostEarlier = 10;

/** Who answers a line's call: the organization, and the counsellor of the extension if there is one. */
export interface CallPlace {
  organizationId: number;
  counsellorId: number | undefined;
}

/** Reads what a caller's number tells, by indexes only: a counsellor is waiting for it. */
export class NumberFactsStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Undefined when there is no such line. */
  async placeOf(lineId: number, extension: string | undefined): Promise<CallPlace | undefined> {
    const row = await this.#database('hotline_lines as l')
      .leftJoin('counsellors as c', (join) =>
        join
          .on('c.organization_id', 'l.organization_id')
          .andOnVal('c.extension', extension ?? '')
          .andOnVal('c.state', 'active'),
      )
      .where('l.id', lineId)
      .first<{ organization_id: number; counsellor_id: number | null } | undefined>(
        'l.organization_id',
        'c.id as counsellor_id',
      );
    return row && { organizationId: row.organization_id, counsellorId: row.counsellor_id ?? undefined };
  }

  /** @param number domestic digits, or empty when it is hidden */
  async of(organizationId: number, number: string, exceptCardId = 0): Promise<NumberFacts> {
    if (number === '') return nothingKnown;
    const lookup = this.#codec.lookup('number', number);
    const [subscribers, cards, cases, openTasks] = await Promise.all([
      this.#subscribers(organizationId, lookup),
      cardRows(this.#database)
        .where({ 'c.number_lookup': lookup, 'c.organization_id': organizationId })
        .whereNot('c.id', exceptCardId)
        .orderBy('c.received_at', 'desc')
        .limit(mostEarlier),
      this.#cases(organizationId, lookup),
      this.#tasks(organizationId, lookup),
    ]);
    return { subscribers, earlierCards: cards.map((row) => toCardLine(row, this.#codec)), cases, openTasks };
  }

  async #subscribers(organizationId: number, lookup: string): Promise<KnownSubscriber[]> {
    const rows = await this.#database('phone_numbers as p')
      .join('subscribers as s', 's.id', 'p.subscriber_id')
      .join('stations as t', 't.id', 's.station_id')
      .leftJoin('alerts as a', (join) =>
        join.on('a.station_id', 's.station_id').andOn('a.subscriber_id', 's.id').andOnVal('a.state', 'open'),
      )
      .where({ 'p.number_lookup': lookup, 's.organization_id': organizationId })
      .orderBy(['s.id', 'a.opened_at'])
      .select<SubscriberRow[]>(
        's.id',
        's.station_id',
        't.name as station_name',
        's.member_number',
        's.name',
        's.kana',
        's.birth_date',
        's.withdrawn_on',
        'a.id as alert_id',
        'a.reason',
        'a.opened_at',
      );
    return [...groupBy(rows, ({ id }) => id).values()].flatMap((group) => {
      const [row] = group;
      return row ? [this.#toSubscriber(row, group)] : [];
    });
  }

  #toSubscriber(row: SubscriberRow, group: readonly SubscriberRow[]): KnownSubscriber {
    const decode = (stored: string): string => this.#codec.decode(stored);
    // Two of a person's numbers may be one and the same: each alert is told once.
    const alerts = new Map(group.map((one) => [one.alert_id, one]));
    return {
      id: row.id,
      stationId: row.station_id,
      stationName: row.station_name,
      memberNumber: decode(row.member_number),
      name: decode(row.name),
      kana: decode(row.kana),
      birthDate: row.birth_date === null ? undefined : decode(row.birth_date),
      withdrawnOn: row.withdrawn_on ?? undefined,
      openAlerts: [...alerts.values()].flatMap(({ alert_id: id, reason, opened_at: at }) =>
        id === null || reason === null || at === null ? [] : [{ id, reason, openedAt: new Date(at) }],
      ),
    };
  }

  /** Cases by the number of one of their cards, or of one of their people. */
  async #cases(organizationId: number, lookup: string): Promise<KnownCase[]> {
    const rows = await this.#database('consultation_cases')
      .where({ organization_id: organizationId })
      .whereIn(
        'id',
        this.#database('consultation_cards')
          .where({ number_lookup: lookup, organization_id: organizationId })
          .whereNotNull('case_id')
          .select('case_id')
          .union(
            this.#database('consultation_person_phones as p')
              .join('consultation_case_persons as m', 'm.person_id', 'p.person_id')
              .where('p.number_lookup', lookup)
              .select('m.case_id'),
          ),
      )
      .orderBy('opened_at', 'desc')
      .limit(mostEarlier)
      .select<{ id: number; title: string; state: KnownCase['state']; opened_at: number }[]>(
        'id',
        'title',
        'state',
        'opened_at',
      );
    return rows.map((row) => ({
      id: row.id,
      title: this.#codec.decode(row.title),
      state: row.state,
      openedAt: new Date(row.opened_at),
    }));
  }

  async #tasks(organizationId: number, lookup: string): Promise<NumberFacts['openTasks']> {
    const rows = await this.#database('hotline_tasks')
      .where({ number_lookup: lookup, organization_id: organizationId })
      .whereIn('state', ['open', 'taken'])
      .orderBy('place_at')
      .limit(mostEarlier)
      .select<
        {
          id: number;
          kind: 'callBack' | 'message';
          state: 'open' | 'taken';
          due_at: number;
          created_at: number;
        }[]
      >('id', 'kind', 'state', 'due_at', 'created_at');
    return rows.map(({ id, kind, state, due_at: due, created_at: created }) => ({
      ...{ id, kind, state },
      dueAt: new Date(due),
      createdAt: new Date(created),
    }));
  }
}

interface SubscriberRow {
  id: number;
  station_id: number;
  station_name: string;
  member_number: string;
  name: string;
  kana: string;
  birth_date: string | null;
  withdrawn_on: string | null;
  alert_id: number | null;
  reason: string | null;
  opened_at: number | null;
}
