import type { CloseReason } from '../alerts/alert-work.js';
import type { LedgerStore } from '../checkins/ledger-store.js';
import type { LedgerLine, LedgerStation } from '../checkins/ledger.js';
import { boundsOfDay, localDate } from '../checkins/local-day.js';
import { groupBy, inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { glanceDays, glanceOf, letterOf } from './glance.js';
import type { StationCallStore } from './station-call-store.js';
import {
  asOfToday,
  countGroups,
  groupOf,
  inOrderOfWork,
  type Handled,
  type TodayCall,
  type TodayGroup,
  type TodayLine,
} from './today.js';

/** A station's day as its list of work. */
export interface StationDay {
  station: LedgerStation;
  date: string;
  isToday: boolean;
  asOf: Date;
  counts: Record<TodayGroup, number>;
  /** The station has a telephone that rings for calls by click. */
  hasDeskNumber: boolean;
  lines: TodayLine[];
}

interface OwnerRow {
  id: number;
  owner_id: number;
  name: string;
}

interface StepRow {
  check_in_id: number;
  alert_id: number | null;
  kind: string;
  reason: CloseReason | null;
  at: number;
  user_name: string | null;
}

/** Reads a station's day of work: the ledger, and beside it who sees to whom. */
export class TodayStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #ledgers: Pick<LedgerStore, 'day' | 'carriedOver'>;
  readonly #calls: Pick<StationCallStore, 'between'>;

  constructor(parts: {
    database: Database;
    codec: PersonalDataCodec;
    ledgers: Pick<LedgerStore, 'day' | 'carriedOver'>;
    calls: Pick<StationCallStore, 'between'>;
  }) {
    this.#database = parts.database;
    this.#codec = parts.codec;
    this.#ledgers = parts.ledgers;
    this.#calls = parts.calls;
  }

  /** Undefined when there is no such station. */
  async day(stationId: number, date: string, now: Date): Promise<StationDay | undefined> {
    const ledger = await this.#ledgers.day(stationId, date, now);
    if (!ledger) return undefined;
    const { station } = ledger;
    const { timeZone } = station;
    const isToday = date === localDate(now, timeZone);
    const carried = isToday ? await this.#ledgers.carriedOver(stationId, date) : [];
    const owners = await this.#owners(stationId);
    const dueOns = await this.#dueOns(carried);
    const calls = await this.#lastCalls(stationId, boundsOfDay(date, timeZone));
    const known = [...carried.map((line) => asOfToday(line, date, timeZone)), ...ledger.lines];
    const handled = await this.#handled(known);
    const lines = known.map((line): TodayLine => {
      const owner = line.openAlert && owners.get(line.openAlert.id);
      const [done, call] = [handled.get(line.checkinId), calls.get(line.subscriberId)];
      const dueOn = dueOns.get(line.checkinId);
      return {
        ...line,
        group: groupOf(line, now, isToday),
        ...(dueOn !== undefined && { dueOn }),
        ...(owner && { owner }),
        ...(done && { handled: done }),
        ...(call && { call }),
      };
    });
    const row = await this.#database('stations')
      .where({ id: stationId })
      .first<{ desk_number: string | null } | undefined>('desk_number');
    return {
      ...{ station, date, isToday, asOf: now },
      counts: countGroups(lines),
      hasDeskNumber: Boolean(row?.desk_number),
      lines: inOrderOfWork(lines),
    };
  }

  /** The eight weeks before a day, by person; see glance.ts for the letters. */
  async glance(stationId: number, date: string): Promise<Record<number, string>> {
    const from = new Date(Date.parse(`${date}T00:00:00Z`) - glanceDays * 86_400_000);
    const rows = await this.#database('check_ins')
      .where('station_id', stationId)
      .where('due_on', '>=', from.toISOString().slice(0, 10))
      .where('due_on', '<', date)
      .select<{ subscriber_id: number; due_on: string; state: string; result: string | null }[]>(
        'subscriber_id',
        'due_on',
        'state',
        'result',
      );
    const weeks: Record<number, string> = {};
    for (const [id, own] of groupBy(rows, ({ subscriber_id: subscriberId }) => subscriberId)) {
      const entries = own.map((row) => ({ dueOn: row.due_on, letter: letterOf(row.state, row.result) }));
      weeks[id] = glanceOf(entries, date);
    }
    return weeks;
  }

  async #owners(stationId: number): Promise<Map<number, { id: number; name: string }>> {
    const rows = await this.#database('alerts as a')
      .join('users as u', 'u.id', 'a.owner_id')
      .where({ 'a.station_id': stationId, 'a.state': 'open' })
      .select<OwnerRow[]>('a.id', 'a.owner_id', 'u.name');
    return new Map(
      rows.map((row) => [row.id, { id: row.owner_id, name: this.#codec.decode(row.name) }] as const),
    );
  }

  /** The days of lines that come from earlier days. */
  async #dueOns(lines: readonly LedgerLine[]): Promise<Map<number, string>> {
    const days = new Map<number, string>();
    for (const ids of inChunks(lines.map(({ checkinId }) => checkinId))) {
      const rows = await this.#database('check_ins')
        .whereIn('id', ids)
        .select<{ id: number; due_on: string }[]>('id', 'due_on');
      for (const { id, due_on: dueOn } of rows) days.set(id, dueOn);
    }
    return days;
  }

  async #lastCalls(stationId: number, span: { from: Date; until: Date }): Promise<Map<number, TodayCall>> {
    const calls = await this.#calls.between(stationId, span);
    return new Map(
      calls.map(({ id, subscriberId, state, outcome, placedAt, seconds }) => [
        subscriberId,
        {
          ...{ id, state, placedAt },
          ...(outcome !== undefined && { outcome }),
          ...(seconds !== undefined && { seconds }),
        },
      ]),
    );
  }

  /** What was done last about those of whom somebody may have done something. */
  async #handled(lines: readonly LedgerLine[]): Promise<Map<number, Handled>> {
    const ids = lines
      .filter(({ state, openAlert }) => !openAlert && (state === 'confirmedByOther' || mayBeHandled(state)))
      .map(({ checkinId }) => checkinId);
    const handled = new Map<number, Handled>();
    for (const some of inChunks(ids)) {
      const rows = await this.#database('alert_events as e')
        .leftJoin('users as u', 'u.id', 'e.user_id')
        .whereIn('e.check_in_id', some)
        .whereIn('e.kind', ['closed', 'confirmed'])
        .orderBy('e.id')
        .select<StepRow[]>(
          'e.check_in_id',
          'e.alert_id',
          'e.kind',
          'e.reason',
          'e.at',
          'u.name as user_name',
        );
      for (const row of rows) {
        handled.set(row.check_in_id, {
          reason: row.reason ?? 'other',
          at: new Date(row.at),
          checkinId: row.check_in_id,
          ...(row.user_name !== null && { by: this.#codec.decode(row.user_name) }),
          ...(row.alert_id !== null && { alertId: row.alert_id }),
        });
      }
    }
    return handled;
  }
}

function mayBeHandled(state: LedgerLine['state']): boolean {
  return groupOf({ state } as LedgerLine, new Date(0), false) === 'handled';
}
