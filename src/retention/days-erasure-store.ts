import { DateTime } from 'luxon';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { nextTurn } from '../storage/next-turn.js';
import type { Eraser, NoteErased } from './eraser.js';
import type { Cut } from './rules.js';

const attemptsAtOnce = 100;
const kind = 'checkInDays';

/**
 * The calls of old days and the keys that were pressed in them. Each check-in itself stays, with its day, its end and
 * the number of its calls: the figures are made of these. Day by day, and no day twice: there are millions of them.
 */
export class DaysErasureStore implements Eraser {
  readonly kind = kind;
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  async count(organizationId: number, cut: Cut): Promise<number> {
    let sum = 0;
    let day = await this.#nextDay(organizationId, await this.#doneUntil(organizationId), cut);
    while (day !== undefined) {
      const row = await this.#attemptsOf(organizationId, day)
        .count<{ count: number | string }[]>({ count: 'a.id' })
        .first();
      sum += Number((row as { count: number | string } | undefined)?.count ?? 0);
      await nextTurn();
      day = await this.#nextDay(organizationId, dayAfter(day), cut);
    }
    return sum;
  }

  async eraseSome(organizationId: number, cut: Cut, _now: Date, noted: NoteErased): Promise<number> {
    let day = await this.#nextDay(organizationId, await this.#doneUntil(organizationId), cut);
    while (day !== undefined) {
      const rows = await this.#attemptsOf(organizationId, day)
        .limit(attemptsAtOnce)
        .select<{ id: string }[]>('a.id');
      if (rows.length > 0)
        return this.#erase(
          rows.map(({ id }) => id),
          noted,
        );
      await this.#passed(organizationId, dayAfter(day));
      await nextTurn();
      day = await this.#nextDay(organizationId, dayAfter(day), cut);
    }
    return 0;
  }

  #erase(ids: readonly string[], noted: NoteErased): Promise<number> {
    return againAfterDeadlock(this.#database, async (trx) => {
      await trx('keys_pressed').whereIn('attempt_id', ids).delete();
      await trx('attempts').whereIn('id', ids).delete();
      await noted(trx, ids.length);
      return ids.length;
    });
  }

  #attemptsOf(organizationId: number, day: string) {
    return this.#database('check_ins as c')
      .join('attempts as a', 'a.check_in_id', 'c.id')
      .where({ 'c.organization_id': organizationId, 'c.due_on': day, 'a.state': 'ended' });
  }

  async #nextDay(organizationId: number, from: string, { date }: Cut): Promise<string | undefined> {
    const row = await this.#database('check_ins')
      .where({ organization_id: organizationId })
      .where('due_on', '>=', from)
      .where('due_on', '<', date)
      .orderBy('due_on')
      .first<{ due_on: string } | undefined>('due_on');
    return row?.due_on;
  }

  async #doneUntil(organizationId: number): Promise<string> {
    const row = await this.#database('retention_progress')
      .where({ organization_id: organizationId, kind })
      .first<{ done_until: string } | undefined>('done_until');
    return row?.done_until ?? '';
  }

  async #passed(organizationId: number, day: string): Promise<void> {
    await this.#database('retention_progress')
      .insert({ organization_id: organizationId, kind, done_until: day })
      .onConflict(['organization_id', 'kind'])
      .merge(['done_until']);
  }
}

function dayAfter(day: string): string {
  return DateTime.fromISO(day, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? day;
}
