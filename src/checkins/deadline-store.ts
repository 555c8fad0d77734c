import { writeAlert } from '../alerts/alert-store.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { AlertReason } from './retry-policy.js';

export interface Overdue {
  id: number;
  organizationId: number;
  stationId: number;
  subscriberId: number;
  state: 'due' | 'calling';
  missed: number;
  paused: boolean;
}

interface OverdueRow {
  id: number;
  organization_id: number;
  station_id: number;
  subscriber_id: number;
  state: 'due' | 'calling';
  missed: number;
  due_on: string;
  paused: number;
}

/** What the dead-man's sweeps read and write: the database only, no telephone. */
export class DeadlineStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Check-ins past their last moment; those in a call only when it should have ended long ago. */
  async findOverdue(now: Date, callsOlderThan: Date, limit: number): Promise<Overdue[]> {
    const paused = this.#database('pauses as p')
      .select(this.#database.raw('1'))
      .whereRaw('p.subscriber_id = c.subscriber_id')
      .whereRaw('p.from_on <= c.due_on')
      .whereRaw('p.until_on >= c.due_on');
    const overdue = (state: 'due' | 'calling', before: Date) =>
      this.#database('check_ins as c')
        .where('c.state', state)
        .where('c.give_up_at', '<=', before.getTime())
        .orderBy('c.give_up_at')
        .limit(limit)
        .select<OverdueRow[]>('c.*', this.#database.raw('exists ? as paused', [paused]));
    const rows = [...(await overdue('due', now)), ...(await overdue('calling', callsOlderThan))];
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organization_id,
      stationId: row.station_id,
      subscriberId: row.subscriber_id,
      state: row.state,
      missed: row.missed,
      paused: row.paused === 1,
    }));
  }

  /** Ends an overdue check-in as an open alert; false when somebody else has ended it. */
  async raise(overdue: Overdue, reason: AlertReason, now: Date): Promise<boolean> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const won = await trx('check_ins')
        .where({ id: overdue.id, state: overdue.state })
        .update({ state: 'alerted', settled_at: now.getTime() });
      if (won !== 1) return false;
      const { organizationId, subscriberId, id: checkinId } = overdue;
      await writeAlert(trx, { organizationId, subscriberId, checkinId, reason, at: now });
      return true;
    });
  }

  async cancelPaused(overdue: Overdue, now: Date): Promise<boolean> {
    const changed = await this.#database('check_ins')
      .where({ id: overdue.id, state: 'due' })
      .update({ state: 'cancelled', result: 'paused', settled_at: now.getTime() });
    return changed === 1;
  }

  /** Whether work has waited since before `since` while nothing at all was started. */
  async workWaitsAndNothingStarted(now: Date, since: Date): Promise<boolean> {
    const waiting = await this.#database('check_ins')
      .where('state', 'due')
      .where('next_call_at', '<=', since.getTime())
      .where('give_up_at', '>', now.getTime())
      .first<{ id: number } | undefined>('id');
    if (!waiting) return false;
    const started = await this.#database('attempts')
      .where('claimed_at', '>', since.getTime())
      .first<{ id: number } | undefined>('id');
    return !started;
  }
}
