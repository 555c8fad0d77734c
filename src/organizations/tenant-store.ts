import { localDate } from '../checkins/local-day.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Changed } from '../storage/versions.js';
import { differences, type Author, type NoteChange } from '../users/change-log.js';
import type { OrganizationKind } from './organization-store.js';
import { changeVersion } from './settings-store.js';

/** What the operator says of a tenant. */
export interface TenantSettings {
  name: string;
  kind: OrganizationKind;
  /** Share of the lines among the tenants that wait. */
  weight: number;
  spokenName: string | null;
}

/** Figures of a tenant: no names. */
export interface TenantFigures extends TenantSettings {
  id: number;
  timeZone: string;
  version: number;
  activeUsers: number;
  stations: number;
  subscribers: number;
  today: { due: number; settled: number; open: number; alerts: number };
}

interface TenantRow {
  id: number;
  kind: OrganizationKind;
  name: string;
  time_zone: string;
  weight: number;
  spoken_name: string | null;
  version: number;
}

interface CountRow {
  id: number;
  count: number | string;
}

/** The tenants, as the operator sees and changes them. */
export class TenantStore {
  readonly #database: Database;
  readonly #note: NoteChange;

  constructor({ database, note }: { database: Database; note: NoteChange }) {
    this.#database = database;
    this.#note = note;
  }

  async all(now: Date): Promise<TenantFigures[]> {
    const database = this.#database;
    const rows = await database('organizations').orderBy('id').select<TenantRow[]>('*');
    const count = database.raw('count(*) as count');
    const by = 'organization_id as id';
    const users = await database('users')
      .where('state', 'active')
      .groupBy('organization_id')
      .select<CountRow[]>(by, count);
    const stations = await database('stations').groupBy('organization_id').select<CountRow[]>(by, count);
    const subscribers = await database('subscribers')
      .whereNull('withdrawn_on')
      .groupBy('organization_id')
      .select<CountRow[]>(by, count);
    const alerts = await database('alerts')
      .whereNot('state', 'closed')
      .groupBy('organization_id')
      .select<CountRow[]>(by, count);
    const figures: TenantFigures[] = [];
    for (const row of rows) {
      const checkIns = await database('check_ins')
        .where({ organization_id: row.id, due_on: localDate(now, row.time_zone) })
        .whereNot('state', 'cancelled')
        .groupBy('state')
        .select<{ state: string; count: number | string }[]>('state', count);
      const sum = (wanted: (state: string) => boolean): number =>
        checkIns.filter(({ state }) => wanted(state)).reduce((all, one) => all + Number(one.count), 0);
      const open = sum((state) => state === 'due' || state === 'calling');
      const due = sum(() => true);
      figures.push({
        id: row.id,
        timeZone: row.time_zone,
        version: row.version,
        ...settingsOf(row),
        activeUsers: countOf(users, row.id),
        stations: countOf(stations, row.id),
        subscribers: countOf(subscribers, row.id),
        today: { due, settled: due - open, open, alerts: countOf(alerts, row.id) },
      });
    }
    return figures;
  }

  /** Notes that `OrganizationStore` has added one. */
  async noteAdded(id: number, tenant: TenantSettings & { timeZone: string }, by: Author): Promise<void> {
    const row = { weight: tenant.weight };
    await againAfterDeadlock(this.#database, async (trx) => {
      await trx('organizations').where({ id }).update(row);
      const fields = differences({}, { ...tenant });
      const what = { subject: 'organization', subjectId: id, detail: 'organization.add' } as const;
      await this.#note(trx, { by, organizationId: id, ...what, fields });
    });
  }

  async change(
    id: number,
    { version, ...tenant }: TenantSettings & { version: number },
    by: Author,
  ): Promise<Changed> {
    const before = await this.#database('organizations').where({ id }).first<TenantRow | undefined>('*');
    if (!before) return { kind: 'noSuch' };
    const { name, kind, weight, spokenName } = tenant;
    const row = { name, kind, weight, spoken_name: spokenName };
    try {
      return await againAfterDeadlock(this.#database, (trx) =>
        changeVersion(trx, { table: 'organizations', id, version, row }, () =>
          this.#note(trx, {
            ...{
              by,
              organizationId: id,
              subject: 'organization',
              subjectId: id,
              detail: 'organization.edit',
            },
            fields: differences({ ...settingsOf(before) }, { ...tenant }),
          }),
        ),
      );
    } catch (error) {
      if (await this.isTaken(name, id)) return { kind: 'nameTaken' };
      throw error;
    }
  }

  async isTaken(name: string, exceptId = 0): Promise<boolean> {
    const row = await this.#database('organizations')
      .where({ name })
      .whereNot('id', exceptId)
      .first<{ id: number } | undefined>('id');
    return row !== undefined;
  }
}

function countOf(rows: readonly CountRow[], id: number): number {
  return Number(rows.find((row) => row.id === id)?.count ?? 0);
}

function settingsOf(row: TenantRow): TenantSettings {
  return { name: row.name, kind: row.kind, weight: row.weight, spokenName: row.spoken_name };
}
