import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { StationCallNext, StationCallOutcome, StationCallState } from './station-call.js';

/** A call by click, as its station sees it. No number is in it. */
export interface StationCall {
  id: string;
  subscriberId: number;
  stationId: number;
  alertId?: number;
  state: StationCallState;
  outcome?: StationCallOutcome;
  by?: { id: number; name: string };
  placedAt: Date;
  deskAnsweredAt?: Date;
  answeredAt?: Date;
  endedAt?: Date;
  /** How long both talked. */
  seconds?: number;
}

/** What a click needs to become a call. */
export interface CallTarget {
  organizationId: number;
  stationId: number;
  /** Empty: the station has said none. */
  deskNumber: string;
  number: string | undefined;
  /** A check-in call to them goes on now. */
  isBeingCalled: boolean;
}

interface CallRow {
  id: string;
  subscriber_id: number;
  station_id: number;
  alert_id: number | null;
  user_id: number | null;
  user_name: string | null;
  state: StationCallState;
  outcome: StationCallOutcome | null;
  placed_at: number;
  desk_answered_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
}

/** Calls that somebody at a station made by click. */
export class StationCallStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @param position which of the person's numbers; undefined: the first */
  async target(subscriberId: number, position: number | undefined): Promise<CallTarget | undefined> {
    const row = await this.#database('subscribers as s')
      .join('stations as t', 't.id', 's.station_id')
      .where('s.id', subscriberId)
      .first<{ organization_id: number; station_id: number; desk_number: string | null } | undefined>(
        's.organization_id',
        's.station_id',
        't.desk_number',
      );
    if (!row) return undefined;
    const numbers = this.#database('phone_numbers')
      .where({ subscriber_id: subscriberId })
      .orderBy('position');
    if (position !== undefined) void numbers.where({ position });
    const number = await numbers.first<{ number: string } | undefined>('number');
    const attempt = await this.#database('attempts')
      .where({ subscriber_id: subscriberId, state: 'calling' })
      .first<{ id: string } | undefined>('id');
    return {
      organizationId: row.organization_id,
      stationId: row.station_id,
      deskNumber: row.desk_number === null ? '' : this.#codec.decode(row.desk_number),
      number: number && this.#codec.decode(number.number),
      isBeingCalled: attempt !== undefined,
    };
  }

  /**
   * Writes a call before anything rings. The open alert about the person goes with it.
   *
   * @returns the call that is open already, when there is one
   */
  async begin(
    call: {
      id: string;
      subscriberId: number;
      organizationId: number;
      stationId: number;
      pbxId: string;
      userId: number | undefined;
    },
    at: Date,
  ): Promise<StationCall | undefined> {
    const openKey = `subscriber:${call.subscriberId}`;
    const alert = await this.#database('alerts')
      .where({ subscriber_id: call.subscriberId, state: 'open' })
      .orderBy('opened_at', 'desc')
      .first<{ id: number; check_in_id: number | null } | undefined>('id', 'check_in_id');
    await this.#database('station_calls')
      .insert({
        id: call.id,
        organization_id: call.organizationId,
        station_id: call.stationId,
        subscriber_id: call.subscriberId,
        alert_id: alert?.id ?? null,
        check_in_id: alert?.check_in_id ?? null,
        user_id: call.userId ?? null,
        pbx_id: call.pbxId,
        open_key: openKey,
        state: 'callingDesk',
        placed_at: at.getTime(),
      })
      .onConflict('open_key')
      .merge(['open_key']);
    const [open] = await this.#read({ 'c.open_key': openKey });
    return open && open.id !== call.id ? open : undefined;
  }

  async hasOpen(subscriberId: number): Promise<boolean> {
    return (await this.#read({ 'c.open_key': `subscriber:${subscriberId}` })).length > 0;
  }

  async find(id: string): Promise<StationCall | undefined> {
    return (await this.#read({ 'c.id': id }))[0];
  }

  async scopeOf(id: string): Promise<{ organizationId: number; stationId: number } | undefined> {
    const row = await this.#database('station_calls')
      .where({ id })
      .first<{ organization_id: number; station_id: number } | undefined>('organization_id', 'station_id');
    return row && { organizationId: row.organization_id, stationId: row.station_id };
  }

  /** Calls of this exchange that have no end yet. */
  async open(pbxId: string): Promise<StationCall[]> {
    const calls: StationCall[] = [];
    for (const state of ['callingDesk', 'callingThem', 'talking'])
      calls.push(...(await this.#read({ 'c.pbx_id': pbxId, 'c.state': state })));
    return calls;
  }

  /** Of one station within a time, in the order in which they were made. */
  async between(stationId: number, { from, until }: { from: Date; until: Date }): Promise<StationCall[]> {
    return this.#read({ 'c.station_id': stationId }, [from.getTime(), until.getTime()]);
  }

  async ofAlert(alertId: number): Promise<StationCall[]> {
    return this.#read({ 'c.alert_id': alertId });
  }

  async ofSubscriber(subscriberId: number, span: { from: Date; until: Date }): Promise<StationCall[]> {
    return this.#read({ 'c.subscriber_id': subscriberId }, [span.from.getTime(), span.until.getTime()]);
  }

  /** An end stays: what is seen later changes nothing of it. */
  async move(id: string, next: StationCallNext): Promise<void> {
    await this.#database('station_calls')
      .where({ id })
      .whereNot({ state: 'ended' })
      .update({
        state: next.state,
        outcome: next.outcome ?? null,
        desk_answered_at: next.deskAnsweredAt?.getTime() ?? null,
        answered_at: next.answeredAt?.getTime() ?? null,
        ended_at: next.endedAt?.getTime() ?? null,
        ...(next.state === 'ended' && { open_key: null }),
      });
  }

  async #read(where: Record<string, string | number>, placed?: [number, number]): Promise<StationCall[]> {
    const query = this.#database('station_calls as c')
      .leftJoin('users as u', 'u.id', 'c.user_id')
      .where(where)
      .orderBy('c.placed_at')
      .select<CallRow[]>('c.*', 'u.name as user_name');
    if (placed) void query.where('c.placed_at', '>=', placed[0]).where('c.placed_at', '<', placed[1]);
    return (await query).map((row) => this.#toCall(row));
  }

  #toCall(row: CallRow): StationCall {
    const [deskAnsweredAt, answeredAt, endedAt] = [
      toInstant(row.desk_answered_at),
      toInstant(row.answered_at),
      toInstant(row.ended_at),
    ];
    return {
      id: row.id,
      subscriberId: row.subscriber_id,
      stationId: row.station_id,
      ...(row.alert_id !== null && { alertId: row.alert_id }),
      state: row.state,
      ...(row.outcome !== null && { outcome: row.outcome }),
      ...(row.user_id !== null && {
        by: { id: row.user_id, name: row.user_name === null ? '' : this.#codec.decode(row.user_name) },
      }),
      placedAt: new Date(row.placed_at),
      ...(deskAnsweredAt && { deskAnsweredAt }),
      ...(answeredAt && { answeredAt }),
      ...(endedAt && { endedAt }),
      ...(answeredAt &&
        endedAt && { seconds: Math.round((endedAt.getTime() - answeredAt.getTime()) / 1000) }),
    };
  }
}
