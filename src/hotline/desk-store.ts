import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface DeskCounsellor {
  id: number;
  name: string;
  extension: string;
}

/** What the pages of a hotline need to know before anything happens. */
export interface Desk {
  /** The tenant's zone. */
  timeZone: string;
  /** Who looks, when they are a counsellor. */
  own: DeskCounsellor | undefined;
  counsellors: DeskCounsellor[];
  lines: { id: number; name: string }[];
}

/** Reads who works at a tenant's hotline, and on which lines. */
export class DeskStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Undefined when there is no such organization. */
  async of(organizationId: number, counsellorId: number | undefined): Promise<Desk | undefined> {
    const organization = await this.#database('organizations')
      .where({ id: organizationId })
      .first<{ time_zone: string } | undefined>('time_zone');
    if (!organization) return undefined;
    const rows = await this.#database('counsellors')
      .where({ organization_id: organizationId, state: 'active' })
      .orderBy('extension')
      .select<DeskCounsellor[]>('id', 'name', 'extension');
    const counsellors = rows.map((row) => ({ ...row, name: this.#codec.decode(row.name) }));
    const lines = await this.#database('hotline_lines')
      .where({ organization_id: organizationId })
      .orderBy('id')
      .select<{ id: number; name: string }[]>('id', 'name');
    return {
      timeZone: organization.time_zone,
      own: counsellors.find(({ id }) => id === counsellorId),
      counsellors,
      lines,
    };
  }
}
