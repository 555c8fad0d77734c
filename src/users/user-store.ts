import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { normalizeMail } from './mail-address.js';
import type { Actor, Role } from './permissions.js';
import type { UserEdit } from './user-edit.js';

export type UserState = 'invited' | 'active' | 'disabled';

/** Somebody with an account. */
export interface User extends Actor {
  id: number;
  role: Role;
  name: string;
  mail: string;
  state: UserState;
  hasTotp: boolean;
  lastLoginAt: Date | undefined;
}

/** A user with what only the proving of identity needs: never handed on. */
export interface UserWithSecrets extends User {
  passwordHash: string | undefined;
}

export interface NewUser {
  /** None for the operator. */
  organizationId?: number | undefined;
  role: Role;
  name: string;
  mail: string;
  stationIds?: readonly number[];
  counsellorId?: number | undefined;
}

interface UserRow {
  id: number;
  organization_id: number | null;
  role: Role;
  name: string;
  mail: string;
  counsellor_id: number | null;
  state: UserState;
  password_hash: string | null;
  totp_secret: string | null;
  last_login_at: number | null;
}

export class UserStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @returns the id; undefined when there is an account of this mail already */
  async add(trx: Knex, user: NewUser, now: Date): Promise<number | undefined> {
    const mail = normalizeMail(user.mail);
    const lookup = this.#codec.lookup('mail', mail);
    try {
      const [id = 0]: number[] = await trx('users').insert({
        organization_id: user.organizationId ?? null,
        role: user.role,
        name: this.#codec.encode(user.name),
        mail: this.#codec.encode(mail),
        mail_lookup: lookup,
        counsellor_id: user.counsellorId ?? null,
        created_at: now.getTime(),
      });
      const stations = [...new Set(user.stationIds ?? [])];
      if (stations.length > 0)
        await trx('user_stations').insert(stations.map((station) => ({ user_id: id, station_id: station })));
      return id;
    } catch (error) {
      // Read outside of the failed statement's transaction: MariaDB and SQLite both go on after it.
      const known = await trx('users').where({ mail_lookup: lookup }).first<{ id: number } | undefined>('id');
      if (known) return undefined;
      throw error;
    }
  }

  async find(id: number, trx: Knex = this.#database): Promise<User | undefined> {
    return (await this.#read((query) => query.where('id', id), trx))[0]?.user;
  }

  /** Keeps these as they are until the end of the transaction: the first thing in it. */
  async lock(trx: Knex, which: { id: number } | Colleagues): Promise<void> {
    await trx('users')
      .where(whereOf(which))
      .update({ state: trx.ref('state') });
  }

  /** How many of these can come in. */
  async countActive(trx: Knex, which: Colleagues): Promise<number> {
    const row = await trx('users')
      .where(whereOf(which))
      .where({ state: 'active' })
      .count<{ count: number | string }[]>({ count: '*' });
    return Number(row[0]?.count ?? 0);
  }

  async change(trx: Knex, id: number, { name, role, stationIds, counsellorId }: UserEdit): Promise<void> {
    await trx('users')
      .where({ id })
      .update({ name: this.#codec.encode(name), role, counsellor_id: counsellorId ?? null });
    await trx('user_stations').where({ user_id: id }).delete();
    if (stationIds.length > 0)
      await trx('user_stations').insert(stationIds.map((station_id) => ({ user_id: id, station_id })));
  }

  async passwordHashOf(id: number): Promise<string | undefined> {
    return (await this.#read((query) => query.where('id', id)))[0]?.passwordHash;
  }

  async findByMail(mail: string): Promise<UserWithSecrets | undefined> {
    const lookup = this.#codec.lookup('mail', normalizeMail(mail));
    const [found] = await this.#read((query) => query.where('mail_lookup', lookup));
    return found && { ...found.user, passwordHash: found.passwordHash };
  }

  /** All users of an organization, or of all with the operator's own. */
  async list(organizationId: number | undefined): Promise<User[]> {
    const users = await this.#read((query) =>
      organizationId === undefined ? query : query.where('organization_id', organizationId),
    );
    return users.map(({ user }) => user);
  }

  /** @returns false when the account was not in one of these states */
  async setState(trx: Knex, id: number, from: readonly UserState[], to: UserState): Promise<boolean> {
    return (await trx('users').where({ id }).whereIn('state', from).update({ state: to })) === 1;
  }

  async setPassword(trx: Knex, id: number, hash: string): Promise<void> {
    await trx('users').where({ id }).update({ password_hash: hash });
  }

  async noteLogin(id: number, now: Date): Promise<void> {
    await this.#database('users').where({ id }).update({ last_login_at: now.getTime() });
  }

  /** Whether all of these stations belong to this organization. */
  async ownsStations(organizationId: number | undefined, stationIds: readonly number[]): Promise<boolean> {
    const wanted = new Set(stationIds);
    const rows = await this.#database('stations')
      .whereIn('id', [...wanted])
      .where({ organization_id: organizationId ?? 0 })
      .select('id');
    return rows.length === wanted.size;
  }

  async ownsCounsellor(organizationId: number | undefined, counsellorId: number): Promise<boolean> {
    const row = await this.#database('counsellors')
      .where({ id: counsellorId, organization_id: organizationId ?? 0 })
      .first<{ id: number } | undefined>('id');
    return row !== undefined;
  }

  /** @param extension three digits */
  async counsellorAt(extension: string): Promise<number | undefined> {
    const row = await this.#database('counsellors')
      .where({ extension, state: 'active' })
      .first<{ id: number } | undefined>('id');
    return row?.id;
  }

  async organization(id: number): Promise<{ id: number; name: string; timeZone: string } | undefined> {
    return this.#database('organizations')
      .where({ id })
      .first<{ id: number; name: string; timeZone: string } | undefined>(
        'id',
        'name',
        'time_zone as timeZone',
      );
  }

  async #read(
    narrow: (query: Knex.QueryBuilder) => Knex.QueryBuilder,
    trx: Knex = this.#database,
  ): Promise<Found[]> {
    const rows = (await narrow(trx('users').orderBy('id')).select('*')) as UserRow[];
    const ids = rows.filter(({ role }) => role === 'station').map(({ id }) => id);
    const stations =
      ids.length === 0
        ? []
        : await trx('user_stations')
            .whereIn('user_id', ids)
            .orderBy('station_id')
            .select<{ user_id: number; station_id: number }[]>('user_id', 'station_id');
    return rows.map((row) => ({
      user: {
        id: row.id,
        organizationId: row.organization_id ?? undefined,
        role: row.role,
        name: this.#codec.decode(row.name),
        mail: this.#codec.decode(row.mail),
        counsellorId: row.counsellor_id ?? undefined,
        stationIds: stations.filter((one) => one.user_id === row.id).map((one) => one.station_id),
        state: row.state,
        hasTotp: row.totp_secret !== null,
        lastLoginAt: toInstant(row.last_login_at),
      },
      passwordHash: row.password_hash ?? undefined,
    }));
  }
}

/** Everybody of one role in one organization; of none, the operators. */
interface Colleagues {
  role: Role;
  organizationId: number | undefined;
}

function whereOf(which: { id: number } | Colleagues): Record<string, number | string | null> {
  return 'id' in which
    ? { id: which.id }
    : { role: which.role, organization_id: which.organizationId ?? null };
}

interface Found {
  user: User;
  passwordHash: string | undefined;
}
