import { DateTime } from 'luxon';
import { ledgerStateOf, type CheckinOfDay } from '../checkins/ledger-state.js';
import { localDate } from '../checkins/local-day.js';
import type { CallPlan } from './import/subscriber-row.js';
import type { Database } from '../storage/database.js';
import { inChunks } from '../storage/chunks.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { readChanges } from './change-log-store.js';
import { readConsents, readContacts } from './contact-store.js';
import { PauseStore } from './pause-store.js';
import { readPeople } from './person-rows-store.js';
import type { PersonRecord, RecentAttempt, RecentCheckin } from './person-view.js';

const weeksShown = 8;
const attemptsShown = 10;
const changesShown = 40;

interface CheckinRow {
  id: number;
  subscriber_id: number;
  due_on: string;
  due_at: number;
  planned_on: string;
  state: CheckinOfDay['state'];
  result: string | null;
  next_call_at: number;
  missed: number;
  attempts: number;
}

/** What is told of a person's record beside the tenant's own settings. */
export type StoredRecord = Omit<PersonRecord, 'callingHours'>;

/** Reads people's records. */
export class RecordStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #pauses: PauseStore;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
    this.#pauses = new PauseStore({ database, codec });
  }

  async find(subscriberId: number, now: Date): Promise<StoredRecord | undefined> {
    const [stored] = await readPeople(this.#database, { id: subscriberId }, this.#codec);
    const place = await this.#database('subscribers as s')
      .join('stations as t', 't.id', 's.station_id')
      .join('organizations as o', 'o.id', 's.organization_id')
      .where('s.id', subscriberId)
      .first<{ organization_id: number; name: string; zone: string } | undefined>(
        's.organization_id',
        't.name',
        'o.time_zone as zone',
      );
    if (!stored || !place) return undefined;
    const today = localDate(now, place.zone);
    const since = DateTime.fromJSDate(now).minus({ weeks: weeksShown });
    const pauses = (await this.#pauses.ofPeople([subscriberId], localDate(since.toJSDate(), place.zone))).get(
      subscriberId,
    );
    const { version, stationId, person } = stored;
    const checkIns = await this.#checkIns(subscriberId, since.toJSDate(), now);
    const states = await this.#states(checkIns, pauses ?? [], person.withdrawnOn, place.zone);
    return {
      ...{ id: subscriberId, version, stationId, today, person },
      organizationId: place.organization_id,
      stationName: place.name,
      timeZone: place.zone,
      pauses: pauses ?? [],
      contacts: await readContacts(this.#database, subscriberId, this.#codec),
      consents: await readConsents(this.#database, subscriberId, this.#codec),
      changes: await readChanges(this.#database, subscriberId, changesShown, this.#codec),
      checkIns: states,
      attempts: await this.#attempts(subscriberId),
    };
  }

  /** Check-ins of a person that were due before a moment, the newest first: their ids. */
  async checkinsBefore(
    subscriberId: number,
    before: Date,
    limit: number,
  ): Promise<{ id: number; dueAt: Date }[]> {
    const rows = await this.#database('check_ins')
      .where({ subscriber_id: subscriberId })
      .where('due_at', '<', before.getTime())
      .orderBy('due_at', 'desc')
      .limit(limit)
      .select<{ id: number; due_at: number }[]>('id', 'due_at');
    return rows.map(({ id, due_at: at }) => ({ id, dueAt: new Date(at) }));
  }

  /** The present plans of people. */
  async plansOf(subscriberIds: readonly number[]): Promise<Map<number, CallPlan>> {
    const rows = await this.#database('check_in_plans')
      .whereIn('subscriber_id', subscriberIds)
      .whereIn('kind', ['weekly', 'daily'])
      .whereNull('ended_on')
      .select<{ subscriber_id: number; kind: 'weekly' | 'daily'; weekdays: string; time: string }[]>(
        'subscriber_id',
        'kind',
        'weekdays',
        'time',
      );
    return new Map(
      rows.map(({ subscriber_id: id, kind, weekdays, time }) => [
        id,
        kind === 'daily' ? { kind, time } : { kind, time, days: JSON.parse(weekdays) as number[] },
      ]),
    );
  }

  /** How many people of a station are called at this minute, on at least one of these days. */
  async calledAt(stationId: number, plan: CallPlan, except?: number): Promise<number> {
    const rows = await this.#database('check_in_plans as p')
      .join('subscribers as s', 's.id', 'p.subscriber_id')
      .where({ 's.station_id': stationId, 'p.time': plan.time })
      .whereIn('p.kind', ['weekly', 'daily'])
      .whereNull('p.ended_on')
      .whereNull('s.withdrawn_on')
      .select<{ id: number; kind: string; weekdays: string }[]>('s.id', 'p.kind', 'p.weekdays');
    return rows.filter(({ id, kind, weekdays }) => {
      if (id === except) return false;
      if (kind === 'daily' || plan.kind === 'daily') return true;
      return (JSON.parse(weekdays) as number[]).some((day) => plan.days.includes(day));
    }).length;
  }

  /** Who of the organization has one of these numbers, by number. */
  async numbersInUse(
    organizationId: number,
    numbers: readonly string[],
    except?: number,
  ): Promise<Map<string, { subscriberId: number; name: string }>> {
    const byLookup = new Map(numbers.map((number) => [this.#codec.lookup('number', number), number]));
    const rows = await this.#database('phone_numbers as n')
      .join('subscribers as s', 's.id', 'n.subscriber_id')
      .where('s.organization_id', organizationId)
      .whereIn('n.number_lookup', [...byLookup.keys()])
      .select<{ id: number; name: string; number_lookup: string }[]>('s.id', 's.name', 'n.number_lookup');
    return new Map(
      rows
        .filter(({ id }) => id !== except)
        .map(({ id, name, number_lookup: lookup }) => [
          byLookup.get(lookup) ?? '',
          { subscriberId: id, name: this.#codec.decode(name) },
        ]),
    );
  }

  async memberNumberTaken(stationId: number, memberNumber: string, except?: number): Promise<boolean> {
    const row = await this.#database('subscribers')
      .where({
        station_id: stationId,
        member_number_lookup: this.#codec.lookup('memberNumber', memberNumber),
      })
      .first<{ id: number } | undefined>('id');
    return row !== undefined && row.id !== except;
  }

  /** The last check-in that each of these people had or has, by today. */
  async lastOf(
    people: readonly { id: number; withdrawnOn?: string }[],
    now: Date,
    zone: string,
  ): Promise<Map<number, { dueOn: string; state: RecentCheckin['state'] }>> {
    const ids = people.map(({ id }) => id);
    const newest = this.#database('check_ins')
      .whereIn('subscriber_id', ids)
      .where('due_at', '<=', now.getTime())
      .groupBy('subscriber_id')
      .max('due_at as due_at')
      .select('subscriber_id')
      .as('n');
    const rows = await this.#database('check_ins as c')
      .join(newest, (join) => void join.on('n.subscriber_id', 'c.subscriber_id').on('n.due_at', 'c.due_at'))
      .select<CheckinRow[]>('c.*');
    const states = await this.#states(rows, [], undefined, zone);
    return new Map(
      rows.map((row, index) => [
        row.subscriber_id,
        { dueOn: row.due_on, state: states[index]?.state ?? 'stillUnknown' },
      ]),
    );
  }

  async #checkIns(subscriberId: number, since: Date, now: Date): Promise<CheckinRow[]> {
    return this.#database('check_ins')
      .where({ subscriber_id: subscriberId })
      .where('due_at', '>=', since.getTime())
      .where('due_at', '<=', now.getTime())
      .orderBy('due_at', 'desc')
      .select<CheckinRow[]>('*');
  }

  async #states(
    rows: readonly CheckinRow[],
    pauses: readonly { fromOn: string; untilOn: string }[],
    withdrawnOn: string | undefined,
    zone: string,
  ): Promise<RecentCheckin[]> {
    const reasons = new Map<number, string>();
    for (const chunk of inChunks(rows.map(({ id }) => id))) {
      const alerts = await this.#database('alerts')
        .whereIn('check_in_id', chunk)
        .orderBy('id')
        .select<{ check_in_id: number; reason: string }[]>('check_in_id', 'reason');
      for (const alert of alerts) reasons.set(alert.check_in_id, alert.reason);
    }
    return rows.map((row) => {
      const { id, state, missed, attempts, due_on: dueOn, planned_on: plannedOn } = row;
      const pausedThatDay = pauses.some(({ fromOn, untilOn }) => fromOn <= dueOn && dueOn <= untilOn);
      const nextCallAt = new Date(row.next_call_at);
      const facts = { state, missed, attempts, dueOn, plannedOn, nextCallAt, pausedThatDay, withdrawnOn };
      const alertReason = reasons.get(id);
      return {
        ...{ id, dueOn, attempts, dueAt: new Date(row.due_at) },
        state: ledgerStateOf({ ...facts, alertReason, result: row.result ?? undefined }, dueOn, zone),
      };
    });
  }

  async #attempts(subscriberId: number): Promise<RecentAttempt[]> {
    const rows = await this.#database('attempts')
      .where({ subscriber_id: subscriberId })
      .orderBy('claimed_at', 'desc')
      .limit(attemptsShown)
      .select<{ claimed_at: number; phone_position: number; outcome: string | null; check_in_id: number }[]>(
        'claimed_at',
        'phone_position',
        'outcome',
        'check_in_id',
      );
    return rows.map((row) => ({
      at: new Date(row.claimed_at),
      phonePosition: row.phone_position,
      outcome: row.outcome ?? undefined,
      checkinId: row.check_in_id,
    }));
  }
}
