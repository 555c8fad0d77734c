import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Author, NoteChange } from '../users/change-log.js';

export interface ClosedDay {
  stationId: number;
  /** `YYYY-MM-DD`. */
  date: string;
  reason: string;
}

/** Days on which nobody is at a station. */
export class ClosedDayStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Closes a station for a day, given as `YYYY-MM-DD`; repeated, it changes the reason only. */
  async close(stationId: number, date: string, reason: string): Promise<void> {
    await this.#database('closed_days')
      .insert({ station_id: stationId, date, reason })
      .onConflict(['station_id', 'date'])
      .merge(['reason']);
  }

  /** Closed days of a tenant's stations between two dates, both included. */
  async of(organizationId: number, from: string, until: string): Promise<ClosedDay[]> {
    const rows = await this.#database('closed_days as c')
      .join('stations as s', 's.id', 'c.station_id')
      .where('s.organization_id', organizationId)
      .whereBetween('c.date', [from, until])
      .orderBy(['c.date', 'c.station_id'])
      .select<{ station_id: number; date: string; reason: string }[]>('c.station_id', 'c.date', 'c.reason');
    return rows.map((row) => ({ stationId: row.station_id, date: row.date, reason: row.reason }));
  }

  /**
   * Closes these stations of a tenant on these days.
   *
   * @returns what was open until now: to take it back
   */
  async closeAll(
    organizationId: number,
    {
      stationIds,
      dates,
      reason,
    }: { stationIds: readonly number[]; dates: readonly string[]; reason: string },
    by: Author,
    note: NoteChange,
  ): Promise<ClosedDay[]> {
    const wanted = stationIds.flatMap((stationId) => dates.map((date) => ({ stationId, date, reason })));
    return againAfterDeadlock(this.#database, async (trx) => {
      await lockStations(trx, stationIds);
      const known = await trx('closed_days')
        .whereIn('station_id', [...stationIds])
        .whereIn('date', [...dates])
        .select<{ station_id: number; date: string }[]>('station_id', 'date');
      const closed = wanted.filter(
        ({ stationId, date }) => !known.some((row) => row.station_id === stationId && row.date === date),
      );
      for (const { stationId, date } of closed) {
        await trx('closed_days')
          .insert({ station_id: stationId, date, reason })
          .onConflict(['station_id', 'date'])
          .merge(['date']);
      }
      for (const { stationId, date } of closed) {
        const fields = [
          { field: 'closed', from: false, to: true },
          { field: 'date', to: date },
        ];
        const what = { subject: 'closedDay', subjectId: stationId, detail: 'closedDay.add' } as const;
        await note(trx, { by, organizationId, ...what, fields });
      }
      return closed;
    });
  }

  /** Opens these stations again. @returns what was closed until now: to take it back */
  async openAll(
    organizationId: number,
    { stationIds, dates }: { stationIds: readonly number[]; dates: readonly string[] },
    by: Author,
    note: NoteChange,
  ): Promise<ClosedDay[]> {
    const known = (await this.of(organizationId, dates[0] ?? '', dates.at(-1) ?? '')).filter(
      ({ stationId, date }) => stationIds.includes(stationId) && dates.includes(date),
    );
    return againAfterDeadlock(this.#database, async (trx) => {
      await lockStations(trx, stationIds);
      const opened: ClosedDay[] = [];
      for (const day of known) {
        const { stationId, date } = day;
        if ((await trx('closed_days').where({ station_id: stationId, date }).delete()) === 0) continue;
        opened.push(day);
        const fields = [
          { field: 'closed', from: true, to: false },
          { field: 'date', to: date },
        ];
        const what = { subject: 'closedDay', subjectId: stationId, detail: 'closedDay.remove' } as const;
        await note(trx, { by, organizationId, ...what, fields });
      }
      return opened;
    });
  }
}

/** One at a time for each station: two who close the same day must not both have closed it. */
async function lockStations(trx: Knex, stationIds: readonly number[]): Promise<void> {
  await trx('stations')
    .whereIn('id', [...stationIds])
    .update({ closed_days: trx.ref('closed_days') });
}
