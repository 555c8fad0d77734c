import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import {
  ledgerLine,
  stationLedger,
  type LedgerFacts,
  type LedgerLine,
  type LedgerStation,
  type StationLedger,
} from './ledger.js';
import {
  alertsOf,
  callInsOf,
  callsOf,
  dayRows,
  pausedOn,
  rowsCarriedOver,
  type DayRow,
} from './day-facts-store.js';
import type { CheckinOfDay } from './ledger-state.js';
import { boundsOfDay } from './local-day.js';

/**
 * Reads the days of stations. Everything is found by the day's own check-ins and people, never by a scan:
 * the page takes as long after two years as on the first day.
 */
export class LedgerStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** All stations, tenant by tenant. */
  async stations(): Promise<LedgerStation[]> {
    const rows = await this.#stations().orderBy(['t.organization_id', 't.id']);
    return rows.map(toStation);
  }

  /** The ledger of one station's day; undefined when there is no such station. */
  async day(stationId: number, date: string, now: Date): Promise<StationLedger | undefined> {
    const row = await this.#stations().where('t.id', stationId).first();
    if (!row) return undefined;
    const station = toStation(row);
    // One transaction is one moment: a call that ends meanwhile is either seen wholly or not at all.
    const facts = await this.#database.transaction((trx) => this.#facts(trx, station, date));
    return stationLedger(station, date, facts, now);
  }

  /**
   * What earlier days have left for this one: people who are called again, whose call of then ended today, or whose
   * alert is open still. Each line stands as in the ledger of its own day.
   */
  async carriedOver(stationId: number, date: string): Promise<LedgerLine[]> {
    const row = await this.#stations().where('t.id', stationId).first();
    if (!row) return [];
    const station = toStation(row);
    return this.#database.transaction(async (trx) => {
      const rows = await rowsCarriedOver(trx, stationId, date, boundsOfDay(date, station.timeZone).from);
      const facts = await this.#factsOf(trx, rows, station, date);
      return facts.map((one) => ledgerLine(one, one.dueOn, station.timeZone));
    });
  }

  /** How many check-ins of a tenant's day are in each stored state, for figures without people. */
  async countDay(organizationId: number, date: string): Promise<Map<CheckinOfDay['state'], number>> {
    const rows = await this.#database('check_ins')
      .where({ organization_id: organizationId, due_on: date })
      .groupBy('state')
      .select<{ state: CheckinOfDay['state']; count: number | string }[]>(
        'state',
        this.#database.raw('count(*) as count'),
      );
    return new Map(rows.map(({ state, count }) => [state, Number(count)]));
  }

  #stations() {
    return this.#database('stations as t')
      .join('organizations as o', 'o.id', 't.organization_id')
      .select<StationRow[]>(
        't.id',
        't.name',
        't.organization_id',
        'o.name as organization_name',
        'o.time_zone',
      );
  }

  async #facts(trx: Knex, station: LedgerStation, date: string): Promise<LedgerFacts[]> {
    const rows = [
      ...(await dayRows(trx).where({ 'c.station_id': station.id, 'c.due_on': date })),
      // Apart, so that each half has its own index.
      ...(await dayRows(trx)
        .where({ 'c.station_id': station.id, 'c.planned_on': date })
        .whereNot('c.due_on', date)),
    ];
    return this.#factsOf(trx, rows, station, date);
  }

  async #factsOf(
    trx: Knex,
    rows: readonly DayRow[],
    station: LedgerStation,
    date: string,
  ): Promise<LedgerFacts[]> {
    const checkinIds = rows.map(({ id }) => id);
    const subscriberIds = [...new Set(rows.map(({ subscriber_id: id }) => id))];
    const calls = await callsOf(trx, checkinIds);
    const alerts = await alertsOf(trx, checkinIds);
    const phonedBack = await callInsOf(trx, subscriberIds, boundsOfDay(date, station.timeZone));
    const paused = await pausedOn(trx, subscriberIds, date);
    return rows.map((row) => {
      const alert = alerts.get(row.id);
      return {
        checkinId: row.id,
        subscriberId: row.subscriber_id,
        memberNumber: this.#codec.decode(row.member_number),
        name: this.#codec.decode(row.name),
        kana: this.#codec.decode(row.kana),
        plannedOn: row.planned_on,
        dueOn: row.due_on,
        dueAt: new Date(row.due_at),
        state: row.state,
        result: row.result ?? undefined,
        nextCallAt: new Date(row.next_call_at),
        missed: row.missed,
        attempts: row.attempts,
        settledAt: toInstant(row.settled_at),
        withdrawnOn: row.withdrawn_on ?? undefined,
        pausedThatDay: paused.has(row.subscriber_id),
        calls: calls.get(row.id) ?? [],
        alertReason: alert?.reason,
        openAlert:
          alert?.state === 'open'
            ? { id: alert.id, reason: alert.reason, openedAt: new Date(alert.opened_at) }
            : undefined,
        phonedBackAt: phonedBack.get(row.subscriber_id),
      };
    });
  }
}

interface StationRow {
  id: number;
  name: string;
  organization_id: number;
  organization_name: string;
  time_zone: string;
}

function toStation(row: StationRow): LedgerStation {
  return {
    id: row.id,
    name: row.name,
    organizationId: row.organization_id,
    organizationName: row.organization_name,
    timeZone: row.time_zone,
  };
}
