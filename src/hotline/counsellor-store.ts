import { randomBytes } from 'node:crypto';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Counsellor } from './counsellor.js';
import { HotlineError } from './line-store.js';
import type { PhoneAccount } from './phone-accounts.js';

export interface NewCounsellor {
  organizationId: number;
  name: string;
  extension: string;
  lineIds: readonly number[];
  outside?: boolean;
  supervises?: boolean;
  outgoingSecondsPerDay?: number;
}

interface CounsellorRow {
  id: number;
  organization_id: number;
  name: string;
  extension: string;
  sip_secret: string;
  outside: number;
  supervises: number;
  outgoing_seconds_per_day: number;
}

/** 32 characters that no one need ever type twice. */
const secretBytes = 24;

/** Counsellors and their phones' accounts. */
export class CounsellorStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /**
   * Adds a counsellor with a phone secret of their own.
   *
   * @throws HotlineError when the extension is somebody's, or was: the records of old calls name it
   */
  async add(counsellor: NewCounsellor, now: Date): Promise<number> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const known = await trx('counsellors')
        .where({ extension: counsellor.extension })
        .first<{ id: number } | undefined>('id');
      if (known) throw new HotlineError('extensionTaken', 'extension');
      const [id = 0]: number[] = await trx('counsellors').insert({
        organization_id: counsellor.organizationId,
        name: this.#codec.encode(counsellor.name),
        extension: counsellor.extension,
        sip_secret: this.#codec.encode(randomBytes(secretBytes).toString('base64url')),
        outside: counsellor.outside ?? false,
        supervises: counsellor.supervises ?? false,
        outgoing_seconds_per_day: counsellor.outgoingSecondsPerDay ?? 7200,
        created_at: now.getTime(),
      });
      for (const lineId of new Set(counsellor.lineIds)) {
        await trx('counsellor_lines').insert({ counsellor_id: id, line_id: lineId });
      }
      return id;
    });
  }

  /** Those who work here now, by extension. */
  async active(): Promise<Counsellor[]> {
    const rows = await this.#activeRows();
    const lines = await this.#database('counsellor_lines').select<
      { counsellor_id: number; line_id: number }[]
    >('counsellor_id', 'line_id');
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organization_id,
      name: this.#codec.decode(row.name),
      extension: row.extension,
      outside: Boolean(row.outside),
      supervises: Boolean(row.supervises),
      outgoingSecondsPerDay: row.outgoing_seconds_per_day,
      lineIds: lines.filter(({ counsellor_id: of }) => of === row.id).map(({ line_id: id }) => id),
    }));
  }

  /** What their phones log in with: for the exchange and for the sheet, and for nothing else. */
  async accounts(): Promise<PhoneAccount[]> {
    const rows = await this.#activeRows();
    return rows.map(({ extension, sip_secret: secret, outside }) => ({
      extension,
      secret: this.#codec.decode(secret),
      outside: Boolean(outside),
    }));
  }

  /** @returns false when there is no such counsellor, or no more */
  async remove(extension: string, now: Date): Promise<boolean> {
    const changed = await this.#database('counsellors')
      .where({ extension, state: 'active' })
      .update({ state: 'removed', removed_at: now.getTime() });
    return changed === 1;
  }

  #activeRows(): Promise<CounsellorRow[]> {
    return this.#database('counsellors')
      .where({ state: 'active' })
      .orderBy('extension')
      .select<CounsellorRow[]>(
        'id',
        'organization_id',
        'name',
        'extension',
        'sip_secret',
        'outside',
        'supervises',
        'outgoing_seconds_per_day',
      );
  }
}
