import type { CallStage } from '../hotline/call-log.js';
import type { CallDirection, CallResult } from '../hotline/hotline-call.js';
import type { HotlineTask } from '../hotline/hotline-task.js';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

/** What our database says of one call of the hotline. */
export interface DemoCall {
  id: number;
  callId: string;
  direction: CallDirection;
  number: string;
  stage: CallStage;
  result: CallResult | undefined;
  arrivedAt: Date;
  joinedAt: Date | undefined;
  leftQueueAt: Date | undefined;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
  answeredBy: string | undefined;
  refusedRecording: boolean;
  taskId: number | undefined;
}

export interface DemoTask {
  id: number;
  kind: HotlineTask['kind'];
  number: string;
  state: HotlineTask['state'];
}

interface CallRow {
  id: number;
  call_id: string;
  direction: CallDirection;
  number: string;
  stage: CallStage;
  result: CallResult | null;
  arrived_at: number;
  joined_at: number | null;
  left_queue_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  answered_by: string | null;
  refused_recording: number;
  task_id: number | null;
}

/** All calls from and to the hotline, in the order in which they came. */
export async function readHotlineCalls(database: Database, codec: PersonalDataCodec): Promise<DemoCall[]> {
  const rows = await database('hotline_calls').orderBy(['arrived_at', 'id']).select<CallRow[]>('*');
  return rows.map((row) => ({
    id: row.id,
    callId: row.call_id,
    direction: row.direction,
    number: row.number === '' ? '' : codec.decode(row.number),
    stage: row.stage,
    result: row.result ?? undefined,
    arrivedAt: new Date(row.arrived_at),
    joinedAt: toInstant(row.joined_at),
    leftQueueAt: toInstant(row.left_queue_at),
    answeredAt: toInstant(row.answered_at),
    endedAt: toInstant(row.ended_at),
    answeredBy: row.answered_by ?? undefined,
    refusedRecording: Boolean(row.refused_recording),
    taskId: row.task_id ?? undefined,
  }));
}

/** All tasks, settled ones too, in the order of those who wait. */
export async function readHotlineTasks(database: Database, codec: PersonalDataCodec): Promise<DemoTask[]> {
  const rows = await database('hotline_tasks')
    .orderBy(['place_at', 'id'])
    .select<DemoTask[]>('id', 'kind', 'number', 'state');
  return rows.map((row) => ({ ...row, number: row.number === '' ? '' : codec.decode(row.number) }));
}
