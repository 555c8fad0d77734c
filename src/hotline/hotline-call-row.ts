import { fromInstant, toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { CallStage } from './call-log.js';
import type { CallDirection, CallResult, HotlineCall } from './hotline-call.js';

/** A row of hotline_calls; instants in ms. */
export interface CallRow {
  id: number;
  pbx_id: string;
  call_id: string;
  line_id: number | null;
  direction: CallDirection;
  number: string;
  number_lookup: string;
  stage: CallStage;
  result: CallResult | null;
  arrived_at: number;
  joined_at: number | null;
  left_queue_at: number | null;
  answered_at: number | null;
  ended_at: number | null;
  answered_by: string | null;
  rings_unanswered: number;
  refused_recording: boolean | number;
  transferred_to: string | null;
  dial_status: string | null;
  task_id: number | null;
}

/** Ids of the lines by their slots, and back. */
export interface Slots {
  lineOf(slot: number | undefined): number | undefined;
  slotOf(lineId: number | null): number | undefined;
}

export function toCall(row: CallRow, codec: PersonalDataCodec, slots: Slots): HotlineCall {
  return {
    callId: row.call_id,
    slot: slots.slotOf(row.line_id),
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
    ringsUnanswered: row.rings_unanswered,
    refusedRecording: Boolean(row.refused_recording),
    transferredTo: row.transferred_to === null ? undefined : codec.decode(row.transferred_to),
    dialStatus: row.dial_status ?? undefined,
    taskId: row.task_id ?? undefined,
  };
}

export function toRow(call: HotlineCall, pbxId: string, codec: PersonalDataCodec, slots: Slots) {
  const row: Omit<CallRow, 'id'> = {
    pbx_id: pbxId,
    call_id: call.callId,
    line_id: slots.lineOf(call.slot) ?? null,
    direction: call.direction,
    ...numberColumns(call.number, codec),
    stage: call.stage,
    result: call.result ?? null,
    arrived_at: call.arrivedAt.getTime(),
    joined_at: fromInstant(call.joinedAt),
    left_queue_at: fromInstant(call.leftQueueAt),
    answered_at: fromInstant(call.answeredAt),
    ended_at: fromInstant(call.endedAt),
    answered_by: call.answeredBy ?? null,
    rings_unanswered: call.ringsUnanswered,
    refused_recording: call.refusedRecording,
    transferred_to: call.transferredTo === undefined ? null : codec.encode(call.transferredTo),
    dial_status: call.dialStatus ?? null,
    task_id: call.taskId ?? null,
  };
  return row;
}

/** A hidden number is no number: callers who hide theirs are not one caller. */
export function numberColumns(
  number: string,
  codec: PersonalDataCodec,
): { number: string; number_lookup: string } {
  return number === ''
    ? { number: '', number_lookup: '' }
    : { number: codec.encode(number), number_lookup: codec.lookup('number', number) };
}
