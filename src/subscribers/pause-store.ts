import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { addChanges, type Changing } from './change-log-store.js';

/** Days, `YYYY-MM-DD`, on which a person is not called; both are part of the pause. */
export interface Pause {
  fromOn: string;
  untilOn: string;
  reason: string;
}

export interface StoredPause extends Pause {
  id: number;
}

interface PauseRow {
  id: number;
  subscriber_id: number;
  from_on: string;
  until_on: string;
  reason: string;
}

/** Times in which people are not called: they are in hospital, or with their family. */
export class PauseStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** @returns false when the station has nobody with this member number */
  async add(stationId: number, memberNumber: string, pause: Pause, now: Date): Promise<boolean> {
    const subscriber = await this.#database('subscribers')
      .where({
        station_id: stationId,
        member_number_lookup: this.#codec.lookup('memberNumber', memberNumber),
      })
      .first<{ id: number } | undefined>('id');
    if (!subscriber) return false;
    await this.addTo(subscriber.id, pause, { userId: undefined, now });
    return true;
  }

  /** Adds a pause once: the same one sent again is the one that is there. @returns its id */
  async addTo(subscriberId: number, pause: Pause, changing: Changing): Promise<number> {
    const { fromOn, untilOn, reason } = pause;
    return againAfterDeadlock(this.#database, async (trx) => {
      await touch(trx, subscriberId, changing.now);
      const there = await trx('pauses')
        .where({ subscriber_id: subscriberId, from_on: fromOn, until_on: untilOn })
        .first<{ id: number } | undefined>('id');
      if (there) return there.id;
      const [id = 0]: number[] = await trx('pauses').insert({
        subscriber_id: subscriberId,
        from_on: fromOn,
        until_on: untilOn,
        reason: this.#codec.encode(reason),
        created_at: changing.now.getTime(),
      });
      const fields = [{ field: 'pause', after: { fromOn, untilOn, reason } }];
      await addChanges(trx, [{ subscriberId, kind: 'paused', fields }], changing, this.#codec);
      return id;
    });
  }

  /**
   * Takes a pause back. One that is under way ends the day before `today`: that it was there stays known.
   *
   * @returns what it was; undefined when there is no such one of this person
   */
  async end(
    subscriberId: number,
    pauseId: number,
    today: string,
    changing: Changing,
  ): Promise<Pause | undefined> {
    return againAfterDeadlock(this.#database, async (trx) => {
      await touch(trx, subscriberId, changing.now);
      const row = await trx('pauses')
        .where({ id: pauseId, subscriber_id: subscriberId })
        .forUpdate()
        .first<PauseRow | undefined>('*');
      if (!row) return undefined;
      const before = this.#toPause(row);
      if (before.untilOn < today) return before;
      const isUnderWay = before.fromOn < today;
      const untilOn = DateTime.fromISO(today, { zone: 'utc' }).minus({ days: 1 }).toISODate() ?? today;
      const one = trx('pauses').where({ id: pauseId });
      await (isUnderWay ? one.update({ until_on: untilOn }) : one.delete());
      const fields = [{ field: 'pause', before, ...(isUnderWay && { after: { ...before, untilOn } }) }];
      await addChanges(trx, [{ subscriberId, kind: 'pauseEnded', fields }], changing, this.#codec);
      return before;
    });
  }

  /** Pauses that are not over before a day, the earliest first. */
  async ofPeople(subscriberIds: readonly number[], from: string): Promise<Map<number, StoredPause[]>> {
    const rows = await this.#database('pauses')
      .whereIn('subscriber_id', subscriberIds)
      .where('until_on', '>=', from)
      .orderBy(['from_on', 'id'])
      .select<PauseRow[]>('*');
    const found = new Map<number, StoredPause[]>();
    for (const row of rows) {
      const pause = { id: row.id, ...this.#toPause(row) };
      found.set(row.subscriber_id, [...(found.get(row.subscriber_id) ?? []), pause]);
    }
    return found;
  }

  /** Who of an organization is not called on a day. */
  async pausedOn(organizationId: number, day: string): Promise<Set<number>> {
    const rows = await this.#database('pauses as p')
      .join('subscribers as s', 's.id', 'p.subscriber_id')
      .where('s.organization_id', organizationId)
      .where('p.from_on', '<=', day)
      .where('p.until_on', '>=', day)
      .select<{ subscriber_id: number }[]>('p.subscriber_id');
    return new Set(rows.map((row) => row.subscriber_id));
  }

  #toPause({ from_on: fromOn, until_on: untilOn, reason }: PauseRow): Pause {
    return { fromOn, untilOn, reason: this.#codec.decode(reason) };
  }
}

/** Locks the person, and says that something of theirs has changed. */
async function touch(trx: Knex, subscriberId: number, now: Date): Promise<void> {
  await trx('subscribers').where({ id: subscriberId }).update({ updated_at: now.getTime() });
}
