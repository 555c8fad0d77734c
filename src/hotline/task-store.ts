import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { HotlineTask, TaskAnswer, TaskRefusal, TaskState } from './hotline-task.js';
import type { OpeningHoursOf } from './opening-hours-of.js';
import { dueTime } from './task-due.js';
import { countFailure } from './task-tries-store.js';

interface TaskRow {
  id: number;
  organization_id: number;
  line_id: number;
  kind: 'callBack' | 'message';
  pbx_id: string;
  call_id: string;
  number: string;
  place_at: number;
  due_at: number;
  state: TaskState;
  owner_id: number | null;
  failures: number;
  note: string;
  created_at: number;
  settled_at: number | null;
}

/** What people asked for, and who sees to it: a task is in one counsellor's hands at a time. */
export class TaskStore {
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

  /** All that is not done, in the order of those who wait. */
  async unsettled(organizationId?: number): Promise<HotlineTask[]> {
    const query = this.#database<TaskRow>('hotline_tasks')
      .whereIn('state', ['open', 'taken', 'otherChannel'])
      .orderBy(['place_at', 'id']);
    if (organizationId !== undefined) void query.where('organization_id', organizationId);
    return (await query.select<TaskRow[]>('*')).map((row) => this.#toTask(row));
  }

  async find(id: number): Promise<HotlineTask | undefined> {
    const row = await this.#database<TaskRow>('hotline_tasks').where({ id }).first();
    return row && this.#toTask(row);
  }

  /** The counsellor whose telephone this is. */
  async counsellorAt(extension: string): Promise<number | undefined> {
    const row = await this.#database('counsellors')
      .where({ extension, state: 'active' })
      .first<{ id: number } | undefined>('id');
    return row?.id;
  }

  /** Takes a task; of several who ask at once, one gets it. Who has it already keeps it. */
  async take(id: number, counsellorId: number): Promise<TaskAnswer> {
    const changed = await this.#database('hotline_tasks')
      .where({ id, state: 'open' })
      .whereExists(this.#colleagues(counsellorId))
      .update({ state: 'taken', owner_id: counsellorId });
    if (changed === 1) return this.#changed(id);
    const answer = await this.#refusal(id, counsellorId);
    return answer === undefined ? this.#changed(id) : { kind: 'refused', why: answer };
  }

  /** Lets the others have it again. */
  async giveBack(id: number, counsellorId: number): Promise<TaskAnswer> {
    const changed = await this.#database('hotline_tasks')
      .where({ id, state: 'taken', owner_id: counsellorId })
      .update({ state: 'open', owner_id: null });
    return this.#answer(changed, id, counsellorId);
  }

  /** Done, by the word of the one who has it; what was left to another channel may be done by anybody. */
  async done(id: number, counsellorId: number, note: string | undefined, now: Date): Promise<TaskAnswer> {
    const changed = await this.#database('hotline_tasks')
      .where({ id })
      .where((may) => {
        void may.where({ state: 'taken', owner_id: counsellorId }).orWhere('state', 'otherChannel');
      })
      .whereExists(this.#colleagues(counsellorId))
      .update({
        state: 'done',
        owner_id: counsellorId,
        settled_at: now.getTime(),
        ...this.#noteColumn(note),
      });
    return this.#answer(changed, id, counsellorId);
  }

  /** A call in vain that the exchange has not counted, such as one to an answering machine. */
  async failed(id: number, counsellorId: number, note: string | undefined, now: Date): Promise<TaskAnswer> {
    const task = await this.find(id);
    const hours = task && (await this.#hoursOf(task.lineId));
    const due = dueTime(now, hours);
    const where = { id, owner_id: counsellorId };
    const changed = await countFailure(this.#database, where, ['taken'], due, this.#noteColumn(note));
    return this.#answer(changed ? 1 : 0, id, counsellorId);
  }

  /** Undoes what was settled by mistake: it is open for everybody, in its old place; its failures stay. */
  async reopen(id: number, counsellorId: number): Promise<TaskAnswer> {
    const changed = await this.#database('hotline_tasks')
      .where({ id })
      .whereIn('state', ['done', 'otherChannel'])
      .whereExists(this.#colleagues(counsellorId))
      .update({ state: 'open', owner_id: null, settled_at: null });
    if (changed === 1) return this.#changed(id);
    const why = await this.#refusal(id, counsellorId);
    const unknown = why === 'noSuchTask' || why === 'noSuchCounsellor';
    return { kind: 'refused', why: unknown ? why : 'notSettled' };
  }

  #colleagues(counsellorId: number) {
    return this.#database('counsellors as c')
      .select(this.#database.raw('1'))
      .where({ 'c.id': counsellorId, 'c.state': 'active' })
      .whereRaw('c.organization_id = hotline_tasks.organization_id');
  }

  async #answer(changed: number, id: number, counsellorId: number): Promise<TaskAnswer> {
    if (changed === 1) return this.#changed(id);
    return { kind: 'refused', why: (await this.#refusal(id, counsellorId)) ?? 'notTaken' };
  }

  /** Why nothing was changed; undefined when the counsellor has the task. */
  async #refusal(id: number, counsellorId: number): Promise<TaskRefusal | undefined> {
    const task = await this.find(id);
    if (!task) return 'noSuchTask';
    const counsellor = await this.#database('counsellors')
      .where({ id: counsellorId, organization_id: task.organizationId, state: 'active' })
      .first<{ id: number } | undefined>('id');
    if (!counsellor) return 'noSuchCounsellor';
    if (task.state === 'open') return 'notTaken';
    if (task.state !== 'taken') return 'settled';
    return task.ownerId === counsellorId ? undefined : 'takenByAnother';
  }

  async #changed(id: number): Promise<TaskAnswer> {
    const task = await this.find(id);
    return task ? { kind: 'changed', task } : { kind: 'refused', why: 'noSuchTask' };
  }

  #noteColumn(note: string | undefined): { note?: string } {
    return note === undefined ? {} : { note: this.#codec.encode(note) };
  }

  #toTask(row: TaskRow): HotlineTask {
    return {
      id: row.id,
      organizationId: row.organization_id,
      lineId: row.line_id,
      kind: row.kind,
      pbxId: row.pbx_id,
      callId: row.call_id,
      number: row.number === '' ? '' : this.#codec.decode(row.number),
      placeAt: new Date(row.place_at),
      dueAt: new Date(row.due_at),
      state: row.state,
      ownerId: row.owner_id ?? undefined,
      failures: row.failures,
      note: this.#codec.decode(row.note),
      createdAt: new Date(row.created_at),
      settledAt: toInstant(row.settled_at),
    };
  }
}
