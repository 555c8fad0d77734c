import type { Knex } from 'knex';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import { inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { tellBatch, type BatchChanges } from './call-batch.js';
import type { CallLogLine, CallLogPosition } from './call-log.js';
import { MovedOn, moveOn, readPosition } from './call-log-position-store.js';
import type { TaskWish, VoiceFile } from './call-story.js';
import { lastInstant, type HotlineCall } from './hotline-call.js';
import { numberColumns, toCall, toRow, type CallRow } from './hotline-call-row.js';
import type { OpeningHoursOf } from './opening-hours-of.js';
import { countTry } from './task-tries-store.js';
import { dueTime } from './task-due.js';
import { readLines, type KnownLines } from './known-lines-store.js';
import { writePresences } from './presence-store.js';

/** What became of a batch. */
export interface Applied {
  calls: number;
  tasks: number;
  voiceFiles: number;
  presences: number;
  /** Wishes and sounds of a queue that is no line of ours: nobody would see them. */
  withoutLine: number;
}

const dayMs = 86_400_000;
/** Lines that may open a task, or put one off. */
const needsHours: ReadonlySet<string> = new Set(['callBackWanted', 'messageLeft', 'taskDialEnded']);

/** The calls of the hotline as the exchange's log tells them. */
export class HotlineCallStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #hoursOf: OpeningHoursOf;

  constructor({
    database,
    codec,
    hoursOf,
  }: {
    database: Database;
    codec: PersonalDataCodec;
    hoursOf: OpeningHoursOf;
  }) {
    this.#database = database;
    this.#codec = codec;
    this.#hoursOf = hoursOf;
  }

  /** How far the log of this exchange has been taken in. */
  position(pbxId: string): Promise<CallLogPosition | undefined> {
    return readPosition(this.#database, pbxId);
  }

  /**
   * Takes in a batch and the position behind it, both or neither: each line counts once, whoever dies meanwhile.
   *
   * @param from the position that the batch was read from
   * @returns undefined when the log has been read on from there already; nothing is changed then
   */
  async apply(
    batch: {
      pbxId: string;
      lines: readonly CallLogLine[];
      from: CallLogPosition | undefined;
      to: CallLogPosition;
    },
    now: Date,
  ): Promise<Applied | undefined> {
    const { pbxId, lines, from, to } = batch;
    const known = await readLines(this.#database);
    const dueAt = await this.#dueTimes(lines, known);
    try {
      return await againAfterDeadlock(this.#database, async (trx) => {
        await moveOn(trx, pbxId, { from, to }, now);
        const [calls, aliveAt] = await this.#callsOf(trx, pbxId, lines, known);
        const changes = tellBatch(calls, lines, aliveAt);
        return this.#write(trx, pbxId, changes, known, dueAt, now);
      });
    } catch (error) {
      if (error instanceof MovedOn) return undefined;
      throw error;
    }
  }

  /** Asked before the transaction: SQLite has no other connection while it lasts. */
  async #dueTimes(
    lines: readonly CallLogLine[],
    known: KnownLines,
  ): Promise<(lineId: number, at: Date) => Date> {
    const ids = lines.some(({ kind }) => needsHours.has(kind)) ? known.all.map(({ id }) => id) : [];
    const hours = new Map(await Promise.all(ids.map(async (id) => [id, await this.#hoursOf(id)] as const)));
    return (lineId, at) => dueTime(at, hours.get(lineId));
  }

  async #callsOf(
    trx: Knex.Transaction,
    pbxId: string,
    lines: readonly CallLogLine[],
    known: KnownLines,
  ): Promise<[HotlineCall[], Date | undefined]> {
    const rows = new Map<string, CallRow>();
    const ids = new Set(lines.flatMap((line) => ('callId' in line ? [line.callId] : [])));
    const started = lines.some((line) => line.kind === 'exchangeStarted');
    for (const chunk of inChunks([...ids])) {
      const found = await trx<CallRow>('hotline_calls').where({ pbx_id: pbxId }).whereIn('call_id', chunk);
      for (const row of found) rows.set(row.call_id, row);
    }
    let aliveAt: Date | undefined;
    if (started) {
      const open = await trx<CallRow>('hotline_calls').where({ pbx_id: pbxId }).whereNull('ended_at');
      for (const row of open) rows.set(row.call_id, row);
      const [last] = await trx<CallRow>('hotline_calls')
        .where({ pbx_id: pbxId })
        .orderBy('ended_at', 'desc')
        .limit(1);
      const instants = [...open, ...(last ? [last] : [])].map((row) =>
        lastInstant(toCall(row, this.#codec, known)).getTime(),
      );
      if (instants.length > 0) aliveAt = new Date(Math.max(...instants));
    }
    return [[...rows.values()].map((row) => toCall(row, this.#codec, known)), aliveAt];
  }

  async #write(
    trx: Knex.Transaction,
    pbxId: string,
    changes: BatchChanges,
    known: KnownLines,
    dueAt: (lineId: number, at: Date) => Date,
    now: Date,
  ): Promise<Applied> {
    for (const chunk of inChunks(await this.#withTaskNumbers(trx, changes.calls))) {
      await trx('hotline_calls')
        .insert(chunk.map((call) => toRow(call, pbxId, this.#codec, known)))
        .onConflict(['pbx_id', 'call_id'])
        .merge();
    }
    const tasks = changes.tasks
      .map((task) => this.#taskRow(task, pbxId, known, dueAt, now))
      .filter((row) => row !== undefined);
    const voices = changes.voiceFiles
      .map((voice) => voiceRow(voice, pbxId, known))
      .filter((row) => row !== undefined);
    await insertOnce(trx, 'hotline_tasks', tasks);
    await insertOnce(trx, 'voice_files', voices);
    await writePresences(trx, pbxId, changes.presences, known);
    for (const tried of changes.tries) await countTry(trx, tried, dueAt);
    const { calls, presences } = changes;
    const withoutLine = changes.tasks.length + changes.voiceFiles.length - tasks.length - voices.length;
    return {
      calls: calls.length,
      tasks: tasks.length,
      voiceFiles: voices.length,
      presences: presences.length,
      withoutLine,
    };
  }

  /** A call for a task goes to the number that the task holds: the log does not repeat it. */
  async #withTaskNumbers(trx: Knex.Transaction, calls: readonly HotlineCall[]): Promise<HotlineCall[]> {
    const wanting = calls.flatMap(({ number, taskId }) => (number === '' && taskId ? [taskId] : []));
    const numbers = new Map<number, string>();
    for (const chunk of inChunks([...new Set(wanting)])) {
      const rows = await trx('hotline_tasks')
        .whereIn('id', chunk)
        .select<{ id: number; number: string }[]>('id', 'number');
      for (const row of rows) numbers.set(row.id, row.number === '' ? '' : this.#codec.decode(row.number));
    }
    return calls.map((call) =>
      call.number === '' && call.taskId ? { ...call, number: numbers.get(call.taskId) ?? '' } : call,
    );
  }

  #taskRow(
    task: TaskWish,
    pbxId: string,
    known: KnownLines,
    dueAt: (lineId: number, at: Date) => Date,
    now: Date,
  ): Record<string, unknown> | undefined {
    const line = known.lineAt(task.slot);
    return (
      line && {
        organization_id: line.organizationId,
        line_id: line.id,
        kind: task.kind,
        pbx_id: pbxId,
        call_id: task.callId,
        ...numberColumns(task.number, this.#codec),
        place_at: task.placeAt.getTime(),
        due_at: dueAt(line.id, task.at).getTime(),
        note: this.#codec.encode(''),
        created_at: now.getTime(),
      }
    );
  }
}

/** What is there already stays as it is: people and other loops have worked on it. */
async function insertOnce(
  trx: Knex.Transaction,
  table: 'hotline_tasks' | 'voice_files',
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  for (const chunk of inChunks(rows)) {
    await trx(table).insert(chunk).onConflict(['pbx_id', 'call_id', 'kind']).merge(['pbx_id']);
  }
}

function voiceRow(voice: VoiceFile, pbxId: string, known: KnownLines): Record<string, unknown> | undefined {
  const line = known.lineAt(voice.slot);
  return (
    line && {
      pbx_id: pbxId,
      call_id: voice.callId,
      line_id: line.id,
      kind: voice.kind,
      spool_file: voice.file,
      created_at: voice.at.getTime(),
      delete_at: voice.at.getTime() + line.recordingDays * dayMs,
    }
  );
}
