import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PresenceChange } from './call-log.js';
import type { CallRow } from './hotline-call-row.js';
import type { CallFacts, KpiFacts } from './kpis.js';

export interface KpiLine {
  id: number;
  name: string;
  timeZone: string;
  serviceLevelSeconds: number;
  shortAbandonSeconds: number;
}

/** A talk that began before the window may reach into it; none lasts longer. */
const longestTalkMs = 4 * 3_600_000;
/** Who is there came at most so long ago. */
const longestShiftMs = 36 * 3_600_000;

/** Reads what the figures of a line are made of. */
export class KpiStore {
  readonly #database: Database;

  readonly #wrapUpSeconds: number;

  /** @param wrapUpSeconds what the exchange leaves a counsellor after each talk */
  constructor({ database, wrapUpSeconds }: { database: Database; wrapUpSeconds: number }) {
    this.#database = database;
    this.#wrapUpSeconds = wrapUpSeconds;
  }

  async line(lineId: number): Promise<KpiLine | undefined> {
    const row = await this.#database('hotline_lines as l')
      .join('organizations as o', 'o.id', 'l.organization_id')
      .where('l.id', lineId)
      .first<
        | { name: string; time_zone: string; service_level_seconds: number; short_abandon_seconds: number }
        | undefined
      >('l.name', 'o.time_zone', 'l.service_level_seconds', 'l.short_abandon_seconds');
    return (
      row && {
        id: lineId,
        name: row.name,
        timeZone: row.time_zone,
        serviceLevelSeconds: row.service_level_seconds,
        shortAbandonSeconds: row.short_abandon_seconds,
      }
    );
  }

  /** The facts of a window; `until` is the moment of looking. */
  async facts(line: KpiLine, from: Date, until: Date): Promise<KpiFacts> {
    const { serviceLevelSeconds, shortAbandonSeconds } = line;
    const rows = await this.#database('hotline_calls as c')
      .leftJoin('hotline_tasks as t', (join) => {
        join.on('t.pbx_id', 'c.pbx_id').on('t.call_id', 'c.call_id').onVal('t.kind', 'message');
      })
      .where('c.line_id', line.id)
      .whereBetween('c.arrived_at', [from.getTime() - longestTalkMs, until.getTime()])
      .select<FactRow[]>('c.direction', 'c.result', ...instantColumns, 't.id as message_task');
    const presences = await this.#database('counsellor_presences')
      .where('line_id', line.id)
      .whereIn('extension', this.#extensionsOf(line.id))
      .whereBetween('at', [from.getTime() - longestShiftMs, until.getTime()])
      .orderBy(['at', 'id'])
      .select<{ extension: string; what: PresenceChange; at: number }[]>('extension', 'what', 'at');
    return {
      calls: rows.map(toFacts),
      presences: presences.map((row) => ({ ...row, at: new Date(row.at) })),
      from,
      until,
      serviceLevelSeconds,
      shortAbandonSeconds,
      wrapUpSeconds: this.#wrapUpSeconds,
    };
  }

  /** How long the latest answered talks of a line took, newest first, in seconds. */
  async recentTalkSeconds(lineId: number, now: Date, count = 20): Promise<number[]> {
    const rows = await this.#database<CallRow>('hotline_calls')
      .where({ line_id: lineId, direction: 'incoming', result: 'answered' })
      .whereBetween('arrived_at', [now.getTime() - 7 * 86_400_000, now.getTime()])
      .whereNotNull('ended_at')
      .whereNotNull('answered_at')
      .orderBy('arrived_at', 'desc')
      .limit(count)
      .select('answered_at', 'ended_at');
    return rows.map((row) => (Number(row.ended_at) - Number(row.answered_at)) / 1000);
  }

  /** By extension, as the table is sorted; also of those who have left the line since. */
  #extensionsOf(lineId: number) {
    return this.#database('counsellors as c')
      .join('hotline_lines as l', 'l.organization_id', 'c.organization_id')
      .where('l.id', lineId)
      .select('c.extension');
  }
}

const instantColumns = [
  'c.arrived_at',
  'c.joined_at',
  'c.left_queue_at',
  'c.answered_at',
  'c.ended_at',
] as const;

type FactRow = Pick<
  CallRow,
  'direction' | 'result' | 'arrived_at' | 'joined_at' | 'left_queue_at' | 'answered_at' | 'ended_at'
> & { message_task: number | null };

function toFacts(row: FactRow): CallFacts {
  return {
    direction: row.direction,
    leftMessage: row.message_task !== null,
    result: row.result ?? undefined,
    arrivedAt: new Date(row.arrived_at),
    joinedAt: toInstant(row.joined_at),
    leftQueueAt: toInstant(row.left_queue_at),
    answeredAt: toInstant(row.answered_at),
    endedAt: toInstant(row.ended_at),
  };
}
