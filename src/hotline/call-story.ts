import type { CallLine, CallStage, MessageReason } from './call-log.js';
import { lastInstant, strongerResult, type CallResult, type HotlineCall } from './hotline-call.js';
import { isOurOwnCall, passedOutside, tellOurOwnCall, type TaskTry } from './outgoing-story.js';

/** Somebody has to be phoned, or a message to be heard. */
export interface TaskWish {
  kind: 'callBack' | 'message';
  callId: string;
  slot: number | undefined;
  /** Digits; empty when hidden. */
  number: string;
  /** The moment of joining the line of those who wait: the place in it is kept. */
  placeAt: Date;
  at: Date;
}

/** A sound that the exchange has left in its spool. */
export interface VoiceFile {
  kind: 'recording' | 'message';
  callId: string;
  slot: number | undefined;
  file: string;
  at: Date;
}

/** What one line changes. */
export interface Told {
  call: HotlineCall;
  task?: TaskWish;
  voice?: VoiceFile;
  tried?: TaskTry;
}

const resultOfMessage: Record<MessageReason, CallResult> = {
  closed: 'closed',
  overflow: 'overflow',
  noCounsellor: 'noCounsellor',
  chosen: 'message',
};
/** What is left when nothing else was told of the call. */
const resultOfLeaving: Record<CallStage, CallResult> = {
  greeting: 'abandoned',
  menu: 'abandoned',
  queue: 'abandoned',
  // Without the wish itself there is nothing that we could do for the caller.
  callBack: 'abandoned',
  // Who left one is told of beside this.
  message: 'abandoned',
  talk: 'answered',
  closed: 'closed',
};
/** The queue and the dialplan each tell the same moment, the one to the second and the other to the ms. */
const sameMomentMs = 2000;

/**
 * Takes one line into what is known of a call. Lines may come twice or out of order: the first answer, the
 * strongest result and the last end stay.
 */
export function tellOn(known: HotlineCall | undefined, line: CallLine): Told {
  const seen = known ?? firstSeen(line);
  const call = { ...seen, arrivedAt: arrival(seen, line), slot: slotAfter(seen, line) };
  if (isOurOwnCall(line)) {
    return known?.direction === 'incoming' ? { call: passedOutside(call, line) } : tellOurOwnCall(call, line);
  }
  const told: Told = { call };
  const { callId, at } = line;
  const slot = line.slot ?? call.slot;
  switch (line.kind) {
    case 'arrived':
      call.number ||= line.number;
      // The log is read again from before this call: its rings will be told again, too.
      if (known?.arrivedAt.getTime() === at.getTime() && !known.endedAt) call.ringsUnanswered = 0;
      break;
    case 'refusedRecording':
      call.refusedRecording = true;
      break;
    case 'closed':
      call.stage = stageAfter(seen, line, 'closed');
      call.result = strongerResult(call.result, 'closed');
      break;
    case 'foundNobody':
      call.stage = stageAfter(seen, line, 'message');
      call.result = strongerResult(call.result, 'noCounsellor');
      break;
    case 'joined':
      call.stage = stageAfter(seen, line, 'queue');
      join(call, line);
      break;
    case 'rangInVain':
      if (!call.endedAt) call.ringsUnanswered += 1;
      break;
    case 'answered':
      call.stage = stageAfter(seen, line, 'talk');
      answer(call, line);
      break;
    case 'gaveUp':
      call.result = strongerResult(call.result, 'abandoned');
      call.leftQueueAt ??= notBefore(call.joinedAt, line);
      call.endedAt ??= call.leftQueueAt;
      break;
    case 'leftQueue':
      if (line.why !== 'key') {
        call.result = strongerResult(call.result, line.why === 'timeout' ? 'overflow' : 'noCounsellor');
      }
      call.leftQueueAt ??= notBefore(call.joinedAt, line);
      break;
    case 'callBackWanted': {
      call.stage = stageAfter(seen, line, 'callBack');
      call.result = strongerResult(call.result, 'callBack');
      call.number ||= line.number;
      call.leftQueueAt ??= at;
      const placeAt = line.joinedAt ?? call.joinedAt ?? call.arrivedAt;
      told.task = { kind: 'callBack', callId, slot, number: line.number || call.number, placeAt, at };
      break;
    }
    case 'messageLeft': {
      call.stage = stageAfter(seen, line, 'message');
      call.result = strongerResult(call.result, resultOfMessage[line.why]);
      call.number ||= line.number;
      if (call.joinedAt) call.leftQueueAt ??= at;
      const placeAt = call.joinedAt ?? call.arrivedAt;
      told.task = { kind: 'message', callId, slot, number: line.number || call.number, placeAt, at };
      if (line.file !== undefined) told.voice = { kind: 'message', callId, slot, file: line.file, at };
      break;
    }
    case 'recorded':
      told.voice = { kind: 'recording', callId, slot, file: line.file, at };
      break;
    case 'passedOn':
      if (line.to !== 'elsewhere' || !call.transferredTo) call.transferredTo = line.to;
      break;
    case 'talkEnded':
      call.result = strongerResult(call.result, 'answered');
      // The caller's own end, when it is told, is the better one.
      call.endedAt ??= notBefore(call.answeredAt, line);
      break;
    case 'left':
      leave(call, line);
      break;
  }
  return told;
}

/** Ends a call that was under way when the exchange died. Calls that came after its new start are left alone. */
export function endByCrash(
  call: HotlineCall,
  { startedAt, aliveAt }: { startedAt: Date; aliveAt: Date | undefined },
): HotlineCall {
  if (call.endedAt || call.arrivedAt >= startedAt) return call;
  // While the exchange still wrote of others this call was alive: its own end would have been written.
  const alive = aliveAt && aliveAt < startedAt ? aliveAt : call.arrivedAt;
  const last = lastInstant(call);
  const endedAt = alive > last ? alive : last;
  const leftQueueAt = call.leftQueueAt ?? (call.joinedAt && endedAt);
  return { ...call, endedAt, leftQueueAt, result: strongerResult(call.result, 'exchangeFailed') };
}

function firstSeen({ callId, slot, at }: CallLine): HotlineCall {
  return {
    callId,
    slot,
    direction: 'incoming',
    number: '',
    stage: 'greeting',
    result: undefined,
    arrivedAt: at,
    joinedAt: undefined,
    leftQueueAt: undefined,
    answeredAt: undefined,
    endedAt: undefined,
    answeredBy: undefined,
    ringsUnanswered: 0,
    refusedRecording: false,
    transferredTo: undefined,
    dialStatus: undefined,
    taskId: undefined,
  };
}

function arrival(call: HotlineCall, line: CallLine): Date {
  return !line.coarse && line.at < call.arrivedAt ? line.at : call.arrivedAt;
}

/** A menu may lead to another line; a transfer does not make the call that line's. */
function slotAfter(call: HotlineCall, line: CallLine): number | undefined {
  if (line.slot === undefined) return call.slot;
  const decides = line.kind === 'joined' || line.kind === 'callBackWanted' || line.kind === 'messageLeft';
  const passedOn = call.answeredAt !== undefined && line.at > call.answeredAt;
  return call.slot === undefined || (decides && !passedOn) ? line.slot : call.slot;
}

/** A late line does not take a call back to where it was. */
function stageAfter(call: HotlineCall, line: CallLine, stage: CallStage): CallStage {
  return call.endedAt || line.at < lastInstant(call) ? call.stage : stage;
}

function join(call: HotlineCall, line: CallLine): void {
  // Back in a line after a talk: the waiting that counts is over.
  if (call.answeredAt && line.at > call.answeredAt) return;
  if (!call.joinedAt) call.joinedAt = notBefore(call.arrivedAt, line);
  else if (!line.coarse && (line.at < call.joinedAt || isSameMoment(line.at, call.joinedAt))) {
    call.joinedAt = line.at;
  }
  const backAgain = call.leftQueueAt && !call.endedAt && !call.answeredAt && line.at > call.leftQueueAt;
  if (backAgain) call.leftQueueAt = undefined;
}

function answer(call: HotlineCall, line: CallLine): void {
  call.result = strongerResult(call.result, 'answered');
  const better =
    !call.answeredAt ||
    (line.coarse
      ? line.at.getTime() + sameMomentMs < call.answeredAt.getTime()
      : line.at < call.answeredAt || isSameMoment(line.at, call.answeredAt));
  if (!better) {
    if (call.answeredAt && isSameMoment(line.at, call.answeredAt)) call.answeredBy ??= line.extension;
    return;
  }
  call.answeredAt = notBefore(call.joinedAt, line);
  call.leftQueueAt = call.answeredAt;
  call.answeredBy = line.extension ?? call.answeredBy;
}

function leave(call: HotlineCall, line: CallLine & { kind: 'left' }): void {
  call.stage = line.stage;
  if (!call.endedAt || line.at > call.endedAt) call.endedAt = line.at;
  if (call.direction !== 'incoming') return;
  call.result = strongerResult(call.result, resultOfLeaving[line.stage]);
  if (line.stage !== 'queue' || call.answeredAt) return;
  if (!call.leftQueueAt || isSameMoment(line.at, call.leftQueueAt)) call.leftQueueAt = line.at;
}

function isSameMoment(one: Date, other: Date): boolean {
  return Math.abs(one.getTime() - other.getTime()) < sameMomentMs;
}

/** A moment that is known to the second only may look earlier than what came before it within that second. */
function notBefore(earliest: Date | undefined, line: CallLine): Date {
  const isSameSecond = earliest && earliest.getTime() - line.at.getTime() < 1000;
  return line.coarse && isSameSecond && earliest > line.at ? earliest : line.at;
}
