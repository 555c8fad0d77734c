import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { Changed } from '../storage/versions.js';
import { differences, type Author, type NoteChange } from '../users/change-log.js';
import { withoutDay } from './closures.js';
import type { Closure, Week } from './opening-hours.js';

/** When a line is open, as its people say it. */
export interface LineHours {
  week: Week;
  closedOnHolidays: boolean;
  closedAtYearEnd: boolean;
}

interface ClosureOfLine extends Closure {
  id: number;
  reason: string;
}

/** The hours of a tenant's lines, and the days they are closed. */
export class LineHoursStore {
  readonly #database: Database;
  readonly #note: NoteChange;

  constructor({ database, note }: { database: Database; note: NoteChange }) {
    this.#database = database;
    this.#note = note;
  }

  async versions(organizationId: number): Promise<ReadonlyMap<number, number>> {
    const rows = await this.#database('hotline_lines')
      .where({ organization_id: organizationId })
      .select<{ id: number; version: number }[]>('id', 'version');
    return new Map(rows.map(({ id, version }) => [id, version]));
  }

  /** @param week checked by its schema already */
  async change(
    organizationId: number,
    id: number,
    { version, week, closedOnHolidays, closedAtYearEnd }: LineHours & { version: number },
    by: Author,
  ): Promise<Changed> {
    const before = await this.#database('hotline_lines')
      .where({ id, organization_id: organizationId })
      .first<{ week: string; closed_on_holidays: number; closed_at_year_end: number } | undefined>('*');
    if (!before) return { kind: 'noSuch' };
    const fields = differences(
      {
        week: before.week,
        closedOnHolidays: Boolean(before.closed_on_holidays),
        closedAtYearEnd: Boolean(before.closed_at_year_end),
      },
      { week: JSON.stringify(week), closedOnHolidays, closedAtYearEnd },
    );
    return againAfterDeadlock(this.#database, async (trx): Promise<Changed> => {
      const won = await trx('hotline_lines')
        .where({ id, version })
        .update({
          week: JSON.stringify(week),
          closed_on_holidays: closedOnHolidays,
          closed_at_year_end: closedAtYearEnd,
          version: version + 1,
        });
      if (won !== 1) return { kind: 'changedMeanwhile' };
      await this.#note(trx, {
        by,
        organizationId,
        subject: 'line',
        subjectId: id,
        detail: 'line.hours',
        fields,
      });
      return { kind: 'changed', version: version + 1 };
    });
  }

  /** Closes a line for a day. @returns false when it was closed already */
  async close(
    organizationId: number,
    lineId: number,
    date: string,
    reason: string,
    by: Author,
  ): Promise<boolean> {
    return againAfterDeadlock(this.#database, async (trx) => {
      await lockLine(trx, lineId);
      const known = await trx('hotline_closures')
        .where('line_id', lineId)
        .where('from_on', '<=', date)
        .where('until_on', '>=', date)
        .select('id');
      if (known.length > 0) return false;
      await trx('hotline_closures')
        .insert({ line_id: lineId, from_on: date, until_on: date, reason })
        .onConflict(['line_id', 'from_on', 'until_on'])
        .merge(['line_id']);
      await this.#noteDay(trx, organizationId, lineId, date, true, by);
      return true;
    });
  }

  /** Opens a line again on a day. @returns false when it was open already */
  async open(organizationId: number, lineId: number, date: string, by: Author): Promise<boolean> {
    return againAfterDeadlock(this.#database, async (trx) => {
      await lockLine(trx, lineId);
      const rows = await trx('hotline_closures')
        .where('line_id', lineId)
        .select<{ id: number; from_on: string; until_on: string; reason: string }[]>('*');
      const closures: ClosureOfLine[] = rows.map((row) => ({
        id: row.id,
        fromOn: row.from_on,
        untilOn: row.until_on,
        reason: row.reason,
      }));
      const { gone, left } = withoutDay(closures, date);
      if (gone.length === 0) return false;
      await trx('hotline_closures')
        .whereIn(
          'id',
          gone.map(({ id }) => id),
        )
        .delete();
      for (const { fromOn, untilOn, reason } of left) {
        await trx('hotline_closures')
          .insert({ line_id: lineId, from_on: fromOn, until_on: untilOn, reason })
          .onConflict(['line_id', 'from_on', 'until_on'])
          .merge(['reason']);
      }
      await this.#noteDay(trx, organizationId, lineId, date, false, by);
      return true;
    });
  }

  #noteDay(
    trx: Database,
    organizationId: number,
    lineId: number,
    date: string,
    closed: boolean,
    by: Author,
  ): Promise<void> {
    return this.#note(trx, {
      ...{ by, organizationId, subject: 'line', subjectId: lineId },
      detail: closed ? 'line.closedDay.add' : 'line.closedDay.remove',
      fields: [
        { field: 'closed', from: !closed, to: closed },
        { field: 'date', to: date },
      ],
    });
  }
}

/** One at a time: two who open days of one closure must not both put the other's day back. */
async function lockLine(trx: Knex, lineId: number): Promise<void> {
  await trx('hotline_lines')
    .where({ id: lineId })
    .update({ slot: trx.ref('slot') });
}
