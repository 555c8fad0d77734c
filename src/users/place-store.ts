import type { Database } from '../storage/database.js';
import type { Scope } from './permissions.js';

/** Whose something is: asked before anything of it is shown. */
export class PlaceStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async ofStation(id: number): Promise<Scope | undefined> {
    const row = await this.#database('stations')
      .where({ id })
      .first<{ organization_id: number } | undefined>('organization_id');
    return row && { organizationId: row.organization_id, stationId: id };
  }

  async ofCheckin(id: number): Promise<Scope | undefined> {
    const row = await this.#database('check_ins')
      .where({ id })
      .first<{ organization_id: number; station_id: number } | undefined>('organization_id', 'station_id');
    return row && { organizationId: row.organization_id, stationId: row.station_id };
  }

  async ofSubscriber(id: number): Promise<Scope | undefined> {
    const row = await this.#database('subscribers')
      .where({ id })
      .first<{ organization_id: number; station_id: number } | undefined>('organization_id', 'station_id');
    return row && { organizationId: row.organization_id, stationId: row.station_id };
  }

  async ofCounsellor(id: number): Promise<Scope | undefined> {
    const row = await this.#database('counsellors')
      .where({ id })
      .first<{ organization_id: number } | undefined>('organization_id');
    return row && { organizationId: row.organization_id, counsellorId: id };
  }

  /** @param extension three digits: no two counsellors have the same */
  async ofExtension(extension: string): Promise<Scope | undefined> {
    const row = await this.#database('counsellors')
      .where({ extension, state: 'active' })
      .first<{ id: number; organization_id: number } | undefined>('id', 'organization_id');
    return row && { organizationId: row.organization_id, counsellorId: row.id };
  }

  /** The telephone of a counsellor. */
  async extensionOf(counsellorId: number): Promise<string | undefined> {
    const row = await this.#database('counsellors')
      .where({ id: counsellorId, state: 'active' })
      .first<{ extension: string } | undefined>('extension');
    return row?.extension;
  }

  ofLine(id: number): Promise<Scope | undefined> {
    return this.#ofRow('hotline_lines', id);
  }

  ofTask(id: number): Promise<Scope | undefined> {
    return this.#ofRow('hotline_tasks', id);
  }

  /** Undefined when there is no such organization. */
  async ofOrganization(id: number): Promise<Scope | undefined> {
    const row = await this.#database('organizations').where({ id }).first<{ id: number } | undefined>('id');
    return row && { organizationId: row.id };
  }

  async #ofRow(table: 'hotline_lines' | 'hotline_tasks', id: number): Promise<Scope | undefined> {
    const row = await this.#database(table)
      .where({ id })
      .first<{ organization_id: number } | undefined>('organization_id');
    return row && { organizationId: row.organization_id };
  }

  /** Of the operator's own users nothing is any tenant's. */
  async ofUser(id: number): Promise<Scope | undefined> {
    const row = await this.#database('users')
      .where({ id })
      .first<{ organization_id: number | null } | undefined>('organization_id');
    return row && { organizationId: row.organization_id ?? undefined };
  }
}
