import { ledgerStateOf, type CheckinOfDay } from '../checkins/ledger-state.js';
import { boundsOfDay, localDate } from '../checkins/local-day.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { AlertFacts } from './alerts-tile.js';
import type { CalledPerson } from './calls-tile.js';
import type { CountedState, DayFacts } from './day-progress.js';

/** The pace of late is that of the last ten minutes. */
const windowMinutes = 10;

interface GroupRow {
  state: CheckinOfDay['state'];
  result: string | null;
  tried: number;
  was_missed: number;
  tomorrow: number;
  overdue: number;
  gone: number;
  away: number;
  reason: string | null;
  count: number | string;
  last_call_at: number | null;
  settled_lately: number | string;
}

/** Reads what a board is made of: counts by the database, so that a day of 20,000 costs one statement. */
export class WallboardFactsStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Today's check-ins by the states of the ledger. */
  async day(organizationId: number, zone: string, now: Date): Promise<DayFacts> {
    const date = localDate(now, zone);
    const dayEnd = boundsOfDay(date, zone).until.getTime();
    const since = now.getTime() - windowMinutes * 60_000;
    const flag = (condition: string): string => `case when ${condition} then 1 else 0 end`;
    const untouched = `c.state = 'due' and c.attempts = 0`;
    const paused =
      'exists (select 1 from pauses as p where p.subscriber_id = c.subscriber_id and p.from_on <= :date and p.until_on >= :date)';
    const newestAlert =
      '(select a.reason from alerts as a where a.check_in_id = c.id order by a.id desc limit 1)';
    const rows = await this.#database('check_ins as c')
      .join('subscribers as s', 's.id', 'c.subscriber_id')
      .where({ 'c.organization_id': organizationId, 'c.due_on': date })
      .groupByRaw('1, 2, 3, 4, 5, 6, 7, 8, 9')
      .select<GroupRow[]>(
        this.#database.raw(
          `c.state as state, c.result as result,
           ${flag('c.attempts > 0')} as tried,
           ${flag('c.missed > 0')} as was_missed,
           ${flag('c.next_call_at >= :dayEnd')} as tomorrow,
           ${flag('c.next_call_at <= :now')} as overdue,
           ${flag(`${untouched} and s.withdrawn_on is not null and s.withdrawn_on <= :date`)} as gone,
           ${flag(`${untouched} and ${paused}`)} as away,
           case when c.state = 'alerted' then ${newestAlert} end as reason,
           count(*) as count,
           max(case when c.state in ('due', 'calling') and c.next_call_at < :dayEnd then c.next_call_at end) as last_call_at,
           sum(${flag('c.settled_at >= :since')}) as settled_lately`,
          { date, dayEnd, now: now.getTime(), since },
        ),
      );
    const states = rows.map((row) => ({ ...countedState(row, date, dayEnd, zone, now), row }));
    const lastCalls = states.flatMap(({ state, row }) =>
      ['stillUnknown', 'calling', 'callingAgain'].includes(state) && row.last_call_at !== null
        ? [row.last_call_at]
        : [],
    );
    return {
      counted: states.map(({ state, overdue, count }) => ({ state, overdue, count })),
      lastCallAt: lastCalls.length > 0 ? new Date(Math.max(...lastCalls)) : undefined,
      settledLately: rows.reduce((sum, row) => sum + Number(row.settled_lately), 0),
      windowMinutes,
      readAt: now,
    };
  }

  async alerts(organizationId: number, now: Date): Promise<AlertFacts> {
    const rows = await this.#database('alerts')
      .where({ state: 'open', organization_id: organizationId })
      .select<{ reason: string; opened_at: number }[]>('reason', 'opened_at');
    return {
      open: rows.map(({ reason, opened_at: at }) => ({ reason, openedAt: new Date(at) })),
      readAt: now,
    };
  }

  /** Until when those who wait to be phoned are to be phoned. */
  async callBacksDueAt(organizationId: number): Promise<Date[]> {
    const rows = await this.#database('hotline_tasks')
      .where({ organization_id: organizationId })
      .whereIn('state', ['open', 'taken'])
      .select<{ due_at: number }[]>('due_at');
    return rows.map(({ due_at: at }) => new Date(at));
  }

  /** Whom check-ins are about, by the check-in's id. */
  async people(
    checkinIds: readonly number[],
  ): Promise<Map<number, { organizationId: number; person: CalledPerson }>> {
    if (checkinIds.length === 0) return new Map();
    const rows = await this.#database('check_ins as c')
      .join('subscribers as s', 's.id', 'c.subscriber_id')
      .whereIn('c.id', [...checkinIds])
      .select<{ id: number; organization_id: number; name: string; kana: string; member_number: string }[]>(
        'c.id',
        'c.organization_id',
        's.name',
        's.kana',
        's.member_number',
      );
    return new Map(
      rows.map((row) => {
        const person = {
          name: this.#codec.decode(row.name),
          kana: this.#codec.decode(row.kana),
          memberNumber: this.#codec.decode(row.member_number),
        };
        return [row.id, { organizationId: row.organization_id, person }];
      }),
    );
  }
}

/** Counts of the same state come in several groups; the ledger's own rule says which state each is. */
function countedState(row: GroupRow, date: string, dayEnd: number, zone: string, now: Date): CountedState {
  const state = ledgerStateOf(
    {
      state: row.state,
      result: row.result ?? undefined,
      plannedOn: date,
      dueOn: date,
      nextCallAt: new Date(row.tomorrow ? dayEnd : Math.min(now.getTime(), dayEnd - 1)),
      missed: row.was_missed,
      attempts: row.tried,
      alertReason: row.reason ?? undefined,
      pausedThatDay: row.away === 1,
      withdrawnOn: row.gone === 1 ? date : undefined,
    },
    date,
    zone,
  );
  return { state, overdue: row.overdue === 1, count: Number(row.count) };
}
