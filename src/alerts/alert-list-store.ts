import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { groupBy } from '../storage/chunks.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { AlertEventKind, CloseReason } from './alert-work.js';

export interface NamedUser {
  id: number;
  name: string;
}

/** An alert about a person, with what the station needs to see to it. */
export interface AlertAboutSomebody {
  id: number;
  organizationId: number;
  reason: string;
  state: 'open' | 'closed';
  openedAt: Date;
  closedAt?: Date;
  closeReason?: CloseReason;
  owner?: NamedUser;
  takenAt?: Date;
  station: { id: number; name: string };
  person: { id: number; memberNumber: string; name: string; kana: string; numbers: string[] };
  checkinId?: number;
  dueOn?: string;
  attempts: number;
  notes: number;
}

/** One step that somebody made; `by` is left out for what was done at the terminal. */
export interface AlertEvent {
  id: number;
  kind: AlertEventKind;
  at: Date;
  by?: NamedUser;
  reason?: CloseReason;
  words: string;
}

/** An alert for the operator: about the service, and about nobody. */
export interface ServiceAlert {
  id: number;
  reason: string;
  detail: string;
  state: 'open' | 'closed';
  openedAt: Date;
  closedAt?: Date;
}

interface AlertRow {
  id: number;
  organization_id: number;
  reason: string;
  state: 'open' | 'closed';
  opened_at: number;
  closed_at: number | null;
  close_reason: CloseReason | null;
  owner_id: number | null;
  owner_name: string | null;
  taken_at: number | null;
  station_id: number;
  station_name: string;
  subscriber_id: number;
  member_number: string;
  name: string;
  kana: string;
  check_in_id: number | null;
  due_on: string | null;
  attempts: number | null;
}

interface EventRow {
  id: number;
  kind: AlertEventKind;
  at: number;
  user_id: number | null;
  user_name: string | null;
  reason: CloseReason | null;
  words: string;
}

const mostClosed = 200;
const mostOpen = 1000;

/** Reads alerts for those who see to them. */
export class AlertListStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /**
   * The longest open first, or those that ended last.
   *
   * @param of of one organization, or of some of its stations; undefined: of all
   */
  async list(
    of: { organizationId?: number | undefined; stationIds?: readonly number[] },
    state: 'open' | 'closed',
  ): Promise<AlertAboutSomebody[]> {
    const query = this.#alerts(this.#database).where('a.state', state);
    if (of.stationIds) void query.whereIn('a.station_id', of.stationIds);
    else if (of.organizationId !== undefined) void query.where('a.organization_id', of.organizationId);
    else void query.whereNotNull('a.organization_id');
    const rows =
      state === 'open'
        ? await query.orderBy('a.opened_at').limit(mostOpen)
        : await query.orderBy('a.closed_at', 'desc').limit(mostClosed);
    return this.#filled(rows);
  }

  async find(id: number): Promise<AlertAboutSomebody | undefined> {
    const rows = await this.#alerts(this.#database).where('a.id', id);
    return (await this.#filled(rows))[0];
  }

  /** What was done about it, in the order in which it was done. */
  async events(of: { alertId: number } | { checkinId: number }): Promise<AlertEvent[]> {
    const rows = await this.#database('alert_events as e')
      .leftJoin('users as u', 'u.id', 'e.user_id')
      .where('alertId' in of ? { 'e.alert_id': of.alertId } : { 'e.check_in_id': of.checkinId })
      .orderBy(['e.at', 'e.id'])
      .select<EventRow[]>('e.*', 'u.name as user_name');
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      at: new Date(row.at),
      ...(row.user_id !== null && { by: this.#user(row.user_id, row.user_name) }),
      ...(row.reason !== null && { reason: row.reason }),
      words: this.#codec.decode(row.words),
    }));
  }

  /** About the service itself. */
  async ofService(state: 'open' | 'closed'): Promise<ServiceAlert[]> {
    const rows = await this.#database('alerts')
      .where({ state })
      .whereNull('organization_id')
      .orderBy('opened_at', 'desc')
      .limit(mostClosed)
      .select<(Omit<ServiceAlert, 'openedAt' | 'closedAt'> & { opened_at: number; closed_at: number })[]>(
        'id',
        'reason',
        'detail',
        'state',
        'opened_at',
        'closed_at',
      );
    return rows.map(({ opened_at: openedAt, closed_at: closed, ...rest }) => {
      const closedAt = toInstant(closed);
      return { ...rest, openedAt: new Date(openedAt), ...(closedAt && { closedAt }) };
    });
  }

  /** Whose an alert is; an alert about the service is nobody's here. */
  async scopeOf(id: number): Promise<{ organizationId: number; stationId: number } | undefined> {
    const row = await this.#database('alerts')
      .where({ id })
      .first<{ organization_id: number | null; station_id: number | null } | undefined>(
        'organization_id',
        'station_id',
      );
    if (row?.organization_id == null || row.station_id === null) return undefined;
    return { organizationId: row.organization_id, stationId: row.station_id };
  }

  async nameOf(userId: number): Promise<string> {
    const row = await this.#database('users')
      .where({ id: userId })
      .first<{ name: string } | undefined>('name');
    return row ? this.#codec.decode(row.name) : '';
  }

  #alerts(database: Knex) {
    return database('alerts as a')
      .join('subscribers as s', 's.id', 'a.subscriber_id')
      .join('stations as t', 't.id', 'a.station_id')
      .leftJoin('check_ins as c', 'c.id', 'a.check_in_id')
      .leftJoin('users as u', 'u.id', 'a.owner_id')
      .select<AlertRow[]>(
        'a.id',
        'a.organization_id',
        'a.reason',
        'a.state',
        'a.opened_at',
        'a.closed_at',
        'a.close_reason',
        'a.owner_id',
        'u.name as owner_name',
        'a.taken_at',
        'a.station_id',
        't.name as station_name',
        'a.subscriber_id',
        's.member_number',
        's.name',
        's.kana',
        'a.check_in_id',
        'c.due_on',
        'c.attempts',
      );
  }

  async #filled(rows: readonly AlertRow[]): Promise<AlertAboutSomebody[]> {
    const numbers = groupBy(
      await this.#database('phone_numbers')
        .whereIn('subscriber_id', [...new Set(rows.map(({ subscriber_id: id }) => id))])
        .orderBy('position')
        .select<{ subscriber_id: number; number: string }[]>('subscriber_id', 'number'),
      ({ subscriber_id: id }) => id,
    );
    const notes = await this.#database('alert_events')
      .whereIn(
        'alert_id',
        rows.map(({ id }) => id),
      )
      .where('kind', 'noted')
      .groupBy('alert_id')
      .select<{ alert_id: number; count: number | string }[]>(
        'alert_id',
        this.#database.raw('count(*) as count'),
      );
    const notesOf = new Map(notes.map(({ alert_id: id, count }) => [id, Number(count)]));
    return rows.map((row) => {
      const [closedAt, takenAt] = [toInstant(row.closed_at), toInstant(row.taken_at)];
      return {
        id: row.id,
        organizationId: row.organization_id,
        reason: row.reason,
        state: row.state,
        openedAt: new Date(row.opened_at),
        ...(closedAt && { closedAt }),
        ...(row.close_reason !== null && { closeReason: row.close_reason }),
        ...(row.owner_id !== null && { owner: this.#user(row.owner_id, row.owner_name) }),
        ...(takenAt && { takenAt }),
        station: { id: row.station_id, name: row.station_name },
        person: {
          id: row.subscriber_id,
          memberNumber: this.#codec.decode(row.member_number),
          name: this.#codec.decode(row.name),
          kana: this.#codec.decode(row.kana),
          numbers: (numbers.get(row.subscriber_id) ?? []).map(({ number }) => this.#codec.decode(number)),
        },
        ...(row.check_in_id !== null && { checkinId: row.check_in_id }),
        ...(row.due_on !== null && { dueOn: row.due_on }),
        attempts: row.attempts ?? 0,
        notes: notesOf.get(row.id) ?? 0,
      };
    });
  }

  #user(id: number, name: string | null): NamedUser {
    return { id, name: name === null ? '' : this.#codec.decode(name) };
  }
}
