import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';

/** Tables whose rows belong to one organization each. */
export type OwnedTable =
  | 'consultation_cards'
  | 'consultation_cases'
  | 'consultation_persons'
  | 'counsellors'
  | 'referral_destinations'
  | 'referrals'
  | 'stations';

/** Whether the row is there and is the organization's own: another tenant's id is as good as none. */
export async function isOwn(
  trx: Knex,
  table: OwnedTable,
  organizationId: number,
  id: number,
): Promise<boolean> {
  const row = await trx(table)
    .where({ id, organization_id: organizationId })
    .first<{ id: number } | undefined>('id');
  return row !== undefined;
}

/** A field that names something which the organization does not have. */
export interface BadReference {
  kind: 'badReference';
  field: string;
}

/** The first of these fields that names nothing of the organization's own; undefined ids are not asked. */
export async function findBadReference(
  trx: Knex,
  organizationId: number,
  references: readonly (readonly [field: string, table: OwnedTable, id: number | null | undefined])[],
): Promise<BadReference | undefined> {
  for (const [field, table, id] of references) {
    if (id === undefined || id === null) continue;
    if (!(await isOwn(trx, table, organizationId, id))) return { kind: 'badReference', field };
  }
  return undefined;
}

export class TenantStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async organizationExists(organizationId: number): Promise<boolean> {
    const row = await this.#database('organizations')
      .where({ id: organizationId })
      .first<{ id: number } | undefined>('id');
    return row !== undefined;
  }

  /** The organization's IANA zone. */
  async zoneOf(organizationId: number): Promise<string | undefined> {
    const row = await this.#database('organizations')
      .where({ id: organizationId })
      .first<{ zone: string } | undefined>('time_zone as zone');
    return row?.zone;
  }

  async isCounsellor(organizationId: number, counsellorId: number): Promise<boolean> {
    return isOwn(this.#database, 'counsellors', organizationId, counsellorId);
  }
}
