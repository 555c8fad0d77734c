import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { slots, type Line } from './line.js';
import { printedWeek, weekSchema, type Week } from './opening-hours.js';

/** Why a line, a number or a counsellor can't be stored; the field is the one to change. */
export class HotlineError extends Error {
  override readonly name = 'HotlineError';
  constructor(
    readonly code: 'noFreeSlot' | 'slotTaken' | 'nameTaken' | 'numberTaken' | 'extensionTaken',
    readonly field: 'slot' | 'name' | 'number' | 'extension',
  ) {
    super(code);
  }
}

export interface NewLine {
  organizationId: number;
  name: string;
  shownNumber: string;
  /** The first free one unless given. */
  slot?: number;
  week?: Week;
  closedOnHolidays?: boolean;
  closedAtYearEnd?: boolean;
  recordsCalls?: boolean;
  maxWaitSeconds?: number;
  numbers?: readonly string[];
}

interface LineRow {
  id: number;
  organization_id: number;
  slot: number;
  name: string;
  shown_number: string;
  week: string;
  closed_on_holidays: number;
  closed_at_year_end: number;
  records_calls: number;
  recording_days: number;
  max_wait_seconds: number;
  service_level_seconds: number;
  short_abandon_seconds: number;
  time_zone: string;
}

/** The hotline's lines. */
export class LineStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** @throws HotlineError when the slot, the name or a number is taken */
  async add(line: NewLine, now: Date): Promise<{ id: number; slot: number }> {
    return againAfterDeadlock(this.#database, async (trx) => {
      const known = await trx('hotline_lines').select<
        { slot: number; name: string; organization_id: number }[]
      >('slot', 'name', 'organization_id');
      if (known.some(({ name, organization_id: of }) => name === line.name && of === line.organizationId))
        throw new HotlineError('nameTaken', 'name');
      const taken = new Set(known.map(({ slot }) => slot));
      const free = Array.from({ length: slots }, (_, index) => index + 1).find((slot) => !taken.has(slot));
      const slot = line.slot ?? free;
      if (slot === undefined) throw new HotlineError('noFreeSlot', 'slot');
      if (taken.has(slot)) throw new HotlineError('slotTaken', 'slot');
      const [id = 0]: number[] = await trx('hotline_lines').insert({
        organization_id: line.organizationId,
        slot,
        name: line.name,
        shown_number: line.shownNumber,
        week: JSON.stringify(line.week ?? printedWeek),
        closed_on_holidays: line.closedOnHolidays ?? true,
        closed_at_year_end: line.closedAtYearEnd ?? true,
        records_calls: line.recordsCalls ?? true,
        max_wait_seconds: line.maxWaitSeconds ?? 600,
        created_at: now.getTime(),
      });
      for (const number of line.numbers ?? []) await addNumber(trx, id, number);
      return { id, slot };
    });
  }

  async all(): Promise<Line[]> {
    const rows = await this.#database('hotline_lines')
      .join('organizations', 'organizations.id', 'hotline_lines.organization_id')
      .orderBy('hotline_lines.slot')
      .select<LineRow[]>('hotline_lines.*', 'organizations.time_zone');
    const numbers = await this.#database('hotline_numbers')
      .orderBy('number')
      .select<{ number: string; line_id: number }[]>('number', 'line_id');
    const closures = await this.#database('hotline_closures')
      .orderBy('from_on')
      .select<{ line_id: number; from_on: string; until_on: string }[]>('line_id', 'from_on', 'until_on');
    return rows.map((row) => ({
      id: row.id,
      organizationId: row.organization_id,
      slot: row.slot,
      name: row.name,
      shownNumber: row.shown_number,
      numbers: numbers.filter(({ line_id: id }) => id === row.id).map(({ number }) => number),
      timeZone: row.time_zone,
      week: weekSchema.parse(JSON.parse(row.week)),
      closedOnHolidays: Boolean(row.closed_on_holidays),
      closedAtYearEnd: Boolean(row.closed_at_year_end),
      closures: closures
        .filter(({ line_id: id }) => id === row.id)
        .map(({ from_on: fromOn, until_on: untilOn }) => ({ fromOn, untilOn })),
      recordsCalls: Boolean(row.records_calls),
      recordingDays: row.recording_days,
      maxWaitSeconds: row.max_wait_seconds,
      serviceLevelSeconds: row.service_level_seconds,
      shortAbandonSeconds: row.short_abandon_seconds,
    }));
  }

  async setWeek(lineId: number, week: Week): Promise<void> {
    await this.#database('hotline_lines')
      .where({ id: lineId })
      .update({ week: JSON.stringify(weekSchema.parse(week)) });
  }

  /** Closes a line from one day until another, both included; repeated, it changes the reason only. */
  async close(
    lineId: number,
    { fromOn, untilOn, reason }: { fromOn: string; untilOn: string; reason: string },
  ): Promise<void> {
    await this.#database('hotline_closures')
      .insert({ line_id: lineId, from_on: fromOn, until_on: untilOn, reason })
      .onConflict(['line_id', 'from_on', 'until_on'])
      .merge(['reason']);
  }

  /** @throws HotlineError when the number leads to another line */
  async addNumber(lineId: number, number: string): Promise<void> {
    await againAfterDeadlock(this.#database, (trx) => addNumber(trx, lineId, number));
  }

  /** Public holidays between two days, both included; `YYYY-MM-DD`. */
  async holidays(from: string, until: string): Promise<string[]> {
    const rows = await this.#database('holidays')
      .whereBetween('date', [from, until])
      .select<{ date: string }[]>('date');
    return rows.map(({ date }) => date);
  }
}

async function addNumber(trx: Database, lineId: number, number: string): Promise<void> {
  await trx('hotline_numbers').insert({ number, line_id: lineId }).onConflict('number').merge(['number']);
  const row = await trx('hotline_numbers')
    .where({ number })
    .first<{ line_id: number } | undefined>('line_id');
  if (row?.line_id !== lineId) throw new HotlineError('numberTaken', 'number');
}
