import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Changed } from '../storage/versions.js';
import { differences, type Author, type NoteChange } from '../users/change-log.js';
import { changeVersion } from './settings-store.js';

/** What an administrator says of a station. */
export interface StationSettings {
  name: string;
  /** Recording that says who calls, such as `names/tokiwadaira`. */
  spokenName: string | null;
  /** What becomes of calls on closed days. */
  closedDays: 'callAnyway' | 'nextOpenDay';
  /** 1 = Monday. */
  closedWeekdays: readonly number[];
  closedOnHolidays: boolean;
}

export interface StationOfTenant extends StationSettings {
  id: number;
  version: number;
  /** Subscribers who have not withdrawn. */
  people: number;
}

interface StationRow {
  id: number;
  name: string;
  spoken_name: string | null;
  closed_days: StationSettings['closedDays'];
  closed_weekdays: string;
  closed_on_holidays: number;
  version: number;
}

/** A tenant's stations, as its administrator sees and changes them. */
export class StationStore {
  readonly #database: Database;
  readonly #note: NoteChange;

  constructor({ database, note }: { database: Database; note: NoteChange }) {
    this.#database = database;
    this.#note = note;
  }

  async of(organizationId: number): Promise<StationOfTenant[]> {
    const rows = await this.#database('stations')
      .where({ organization_id: organizationId })
      .orderBy('id')
      .select<StationRow[]>('*');
    const counts = await this.#database('subscribers')
      .where({ organization_id: organizationId })
      .whereNull('withdrawn_on')
      .groupBy('station_id')
      .select<{ station_id: number; people: number | string }[]>(
        'station_id',
        this.#database.raw('count(*) as people'),
      );
    const people = new Map(counts.map((row) => [row.station_id, Number(row.people)]));
    return rows.map((row) => ({
      id: row.id,
      version: row.version,
      people: people.get(row.id) ?? 0,
      ...settingsOf(row),
    }));
  }

  async add(
    organizationId: number,
    station: StationSettings,
    by: Author,
  ): Promise<{ kind: 'added'; id: number } | { kind: 'nameTaken' }> {
    try {
      return await againAfterDeadlock(this.#database, async (trx) => {
        const [id = 0]: number[] = await trx('stations').insert({
          organization_id: organizationId,
          ...rowOf(station),
          created_at: by.at.getTime(),
        });
        const fields = differences({}, { ...station });
        await this.#note(trx, {
          by,
          organizationId,
          subject: 'station',
          subjectId: id,
          detail: 'station.add',
          fields,
        });
        return { kind: 'added', id };
      });
    } catch (error) {
      if (await this.#isTaken(organizationId, station.name)) return { kind: 'nameTaken' };
      throw error;
    }
  }

  async change(
    organizationId: number,
    id: number,
    { version, ...station }: StationSettings & { version: number },
    by: Author,
  ): Promise<Changed> {
    const before = await this.#database('stations')
      .where({ id, organization_id: organizationId })
      .first<StationRow | undefined>('*');
    if (!before) return { kind: 'noSuch' };
    try {
      return await againAfterDeadlock(this.#database, (trx) =>
        changeVersion(trx, { table: 'stations', id, version, row: rowOf(station) }, () =>
          this.#note(trx, {
            ...{ by, organizationId, subject: 'station', subjectId: id, detail: 'station.edit' },
            fields: differences({ ...settingsOf(before) }, { ...station }),
          }),
        ),
      );
    } catch (error) {
      if (await this.#isTaken(organizationId, station.name, id)) return { kind: 'nameTaken' };
      throw error;
    }
  }

  async #isTaken(organizationId: number, name: string, exceptId = 0): Promise<boolean> {
    const row = await this.#database('stations')
      .where({ organization_id: organizationId, name })
      .whereNot('id', exceptId)
      .first<{ id: number } | undefined>('id');
    return row !== undefined;
  }
}

function settingsOf(row: StationRow): StationSettings {
  return {
    name: row.name,
    spokenName: row.spoken_name,
    closedDays: row.closed_days,
    closedWeekdays: JSON.parse(row.closed_weekdays) as number[],
    closedOnHolidays: Boolean(row.closed_on_holidays),
  };
}

function rowOf(station: StationSettings) {
  return {
    name: station.name,
    spoken_name: station.spokenName,
    closed_days: station.closedDays,
    closed_weekdays: JSON.stringify([...station.closedWeekdays].sort()),
    closed_on_holidays: station.closedOnHolidays,
  };
}
