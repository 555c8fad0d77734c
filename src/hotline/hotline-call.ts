import type { CallStage } from './call-log.js';

export type CallDirection = 'incoming' | 'outgoing' | 'callBack';

/** How the waiting ended; of our own calls, only what is certain. */
export const callResults = [
  'answered',
  'abandoned',
  'callBack',
  'message',
  'overflow',
  'noCounsellor',
  'closed',
  'exchangeFailed',
  'refused',
] as const;
export type CallResult = (typeof callResults)[number];

/** One call to or from the hotline, as far as it has been told. */
export interface HotlineCall {
  callId: string;
  /** The line that it belongs to: the one where it waited, once it has. */
  slot: number | undefined;
  direction: CallDirection;
  /** Digits; empty when hidden. */
  number: string;
  stage: CallStage;
  result: CallResult | undefined;
  /** When it came, or when we began to dial. */
  arrivedAt: Date;
  /** The beginning and the end of the first waiting. */
  joinedAt: Date | undefined;
  leftQueueAt: Date | undefined;
  answeredAt: Date | undefined;
  endedAt: Date | undefined;
  /** The counsellor's extension: who answered first, or who dials. */
  answeredBy: string | undefined;
  ringsUnanswered: number;
  refusedRecording: boolean;
  /** Digits of a colleague or of a line, `attended` or `elsewhere`. */
  transferredTo: string | undefined;
  /** How our own call ended, in the exchange's word, or why it was refused. */
  dialStatus: string | undefined;
  /** The call-back task that we dial for. */
  taskId: number | undefined;
}

/** What each result is worth beside another one: the order of the lines does not decide. */
const weight: Record<CallResult, number> = {
  exchangeFailed: 1,
  abandoned: 2,
  message: 3,
  closed: 4,
  overflow: 4,
  noCounsellor: 4,
  refused: 4,
  callBack: 5,
  answered: 6,
};

/** Who was answered once was answered, whatever followed; who asked to be phoned has not given up. */
export function strongerResult(known: CallResult | undefined, told: CallResult): CallResult {
  return known !== undefined && weight[known] >= weight[told] ? known : told;
}

/** The last moment at which the call is known to have gone on. */
export function lastInstant(call: HotlineCall): Date {
  const { arrivedAt, joinedAt, leftQueueAt, answeredAt, endedAt } = call;
  return [joinedAt, leftQueueAt, answeredAt, endedAt].reduce<Date>(
    (last, at) => (at && at > last ? at : last),
    arrivedAt,
  );
}
