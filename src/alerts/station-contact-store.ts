import { alertReasons, type AlertReason } from '../checkins/retry-policy.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface StationContact {
  id: number;
  name: string;
  mail: string;
  isOn: boolean;
}

/** Who hears of a station's alerts by mail, and of which. */
export interface AlertMailSettings {
  /** Of these reasons. */
  reasons: AlertReason[];
  users: { id: number; name: string; isOn: boolean }[];
  contacts: StationContact[];
}

interface ContactRow {
  id: number;
  name: string;
  mail: string;
  is_on: number | boolean;
}

/** Whom a station's alerts are told, and each one's switch. */
export class StationContactStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async settings(stationId: number): Promise<AlertMailSettings> {
    const station = await this.#database('stations')
      .where({ id: stationId })
      .first<{ mail_reasons: string | null } | undefined>('mail_reasons');
    const stored = station?.mail_reasons;
    const wanted = typeof stored === 'string' ? (JSON.parse(stored) as string[]) : undefined;
    const users = await this.#database('users as u')
      .join('user_stations as w', 'w.user_id', 'u.id')
      .leftJoin('alert_mail_refusals as r', (on) =>
        on.on('r.user_id', 'u.id').andOn('r.station_id', 'w.station_id'),
      )
      .where({ 'w.station_id': stationId, 'u.role': 'station', 'u.state': 'active' })
      .orderBy('u.id')
      .select<{ id: number; name: string; refused: number | null }[]>(
        'u.id',
        'u.name',
        'r.user_id as refused',
      );
    const contacts = await this.#database('station_contacts')
      .where({ station_id: stationId })
      .orderBy('id')
      .select<ContactRow[]>('id', 'name', 'mail', 'is_on');
    return {
      reasons: alertReasons.filter((reason) => wanted?.includes(reason) ?? true),
      users: users.map(({ id, name, refused }) => ({
        ...{ id, name: this.#codec.decode(name), isOn: refused === null },
      })),
      contacts: contacts.map(({ id, name, mail, is_on: isOn }) => ({
        ...{ id, name: this.#codec.decode(name), mail: this.#codec.decode(mail), isOn: Boolean(isOn) },
      })),
    };
  }

  async setReasons(stationId: number, reasons: readonly AlertReason[]): Promise<void> {
    const all = alertReasons.every((reason) => reasons.includes(reason));
    await this.#database('stations')
      .where({ id: stationId })
      .update({ mail_reasons: all ? null : JSON.stringify(reasons) });
  }

  /** The same address again changes its name, and switches it on. */
  async addContact(
    stationId: number,
    { name, mail }: { name: string; mail: string },
    at: Date,
  ): Promise<void> {
    await this.#database('station_contacts')
      .insert({
        station_id: stationId,
        name: this.#codec.encode(name),
        mail: this.#codec.encode(mail),
        mail_lookup: this.#codec.lookup('mail', mail),
        is_on: true,
        created_at: at.getTime(),
      })
      .onConflict(['station_id', 'mail_lookup'])
      .merge(['name', 'is_on']);
  }

  async switchContact(stationId: number, id: number, isOn: boolean): Promise<boolean> {
    const known = this.#database('station_contacts').where({ id, station_id: stationId });
    if ((await known.clone().first('id')) === undefined) return false;
    await known.update({ is_on: isOn });
    return true;
  }

  async removeContact(stationId: number, id: number): Promise<boolean> {
    return (await this.#database('station_contacts').where({ id, station_id: stationId }).delete()) === 1;
  }

  /** Whether a user of the station wants its mails. */
  async switchUser(stationId: number, userId: number, isOn: boolean): Promise<void> {
    const own = { station_id: stationId, user_id: userId };
    if (isOn) await this.#database('alert_mail_refusals').where(own).delete();
    else
      await this.#database('alert_mail_refusals')
        .insert(own)
        .onConflict(['user_id', 'station_id'])
        .merge(['user_id']);
  }
}
