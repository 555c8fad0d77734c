import type { HotlineCall } from '../hotline/hotline-call.js';
import { toCall, type CallRow } from '../hotline/hotline-call-row.js';
import type { HotlineTask } from '../hotline/hotline-task.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

/** What our database says of one call of the hotline. */
export type DemoCall = Omit<HotlineCall, 'slot' | 'ringsUnanswered' | 'transferredTo' | 'dialStatus'> & {
  id: number;
};

export interface DemoTask {
  id: number;
  kind: HotlineTask['kind'];
  number: string;
  state: HotlineTask['state'];
}

/** The demo has one line: nobody asks which. */
const noSlots = { lineOf: () => undefined, slotOf: () => undefined };

/** All calls from and to the hotline, in the order in which they came. */
export async function readHotlineCalls(database: Database, codec: PersonalDataCodec): Promise<DemoCall[]> {
  const rows = await database('hotline_calls').orderBy(['arrived_at', 'id']).select<CallRow[]>('*');
  return rows.map((row) => ({ ...toCall(row, codec, noSlots), id: row.id }));
}

/** All tasks, settled ones too, in the order of those who wait. */
export async function readHotlineTasks(database: Database, codec: PersonalDataCodec): Promise<DemoTask[]> {
  const rows = await database('hotline_tasks')
    .orderBy(['place_at', 'id'])
    .select<DemoTask[]>('id', 'kind', 'number', 'state');
  return rows.map((row) => ({ ...row, number: row.number === '' ? '' : codec.decode(row.number) }));
}
