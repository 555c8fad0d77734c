import {
  callStages,
  messageReasons,
  type CallLine,
  type CallLogLine,
  type PresenceChange,
} from '../../hotline/call-log.js';
import { slotOfQueue } from '../names.js';

type Words<Line> = Line extends unknown
  ? Omit<Line, 'at' | 'coarse' | 'callId' | 'slot' | 'extension'>
  : never;
/** The data fields of a line; a field that is not there reads as empty. */
type Data = (index: number) => string;

/** Events that our dialplan writes: their first field is the moment in ms. */
const ownEvents: Record<string, (data: Data) => Words<CallLine> | undefined> = {
  ARRIVED: (data) => ({ kind: 'arrived', number: digits(data(1)) }),
  REFUSEDRECORDING: () => ({ kind: 'refusedRecording' }),
  CLOSED: () => ({ kind: 'closed' }),
  NOCOUNSELLOR: () => ({ kind: 'foundNobody' }),
  JOINING: () => ({ kind: 'joined' }),
  ANSWERED: () => ({ kind: 'answered' }),
  CALLBACK: (data) => ({ kind: 'callBackWanted', joinedAt: instant(data(1)), number: digits(data(2)) }),
  MESSAGE: (data) => ({
    kind: 'messageLeft',
    file: soundFile(data(1)),
    number: digits(data(2)),
    why: oneOf(messageReasons, data(3)) ?? 'chosen',
  }),
  RECORDED: (data) => {
    const file = soundFile(data(1));
    return file === undefined ? undefined : { kind: 'recorded', file };
  },
  // Somebody is gone, wherever it was: a stage that we do not know must not keep the call open for ever.
  LEFT: (data) => ({ kind: 'left', stage: oneOf(callStages, data(1)) ?? 'greeting' }),
  OUTGOING: (data) => ({ kind: 'outgoing', number: digits(data(1)) }),
  OUTANSWERED: () => ({ kind: 'outgoingAnswered' }),
  OUTENDED: (data) => ({
    kind: 'outgoingEnded',
    dialStatus: word(data(1)),
    talkedSeconds: seconds(data(2)),
  }),
  OUTREFUSED: (data) => ({ kind: 'outgoingRefused', number: digits(data(1)), reason: word(data(2)) }),
  BACKDIAL: (data) => {
    const taskId = rowId(data(1));
    return taskId === undefined ? undefined : { kind: 'taskDialled', taskId };
  },
  BACKENDED: (data) => {
    const taskId = rowId(data(1));
    if (taskId === undefined) return undefined;
    const [dialStatus, talkedSeconds] = [word(data(2)), seconds(data(3))];
    return { kind: 'taskDialEnded', taskId, dialStatus, talkedSeconds };
  },
};

/** Events of the queue itself: it knows the second only. */
const queueEvents: Record<string, (data: Data) => Words<CallLine>> = {
  ENTERQUEUE: () => ({ kind: 'joined' }),
  CONNECT: () => ({ kind: 'answered' }),
  RINGNOANSWER: () => ({ kind: 'rangInVain' }),
  ABANDON: () => ({ kind: 'gaveUp' }),
  EXITWITHKEY: () => ({ kind: 'leftQueue', why: 'key' }),
  EXITWITHTIMEOUT: () => ({ kind: 'leftQueue', why: 'timeout' }),
  EXITEMPTY: () => ({ kind: 'leftQueue', why: 'empty' }),
  COMPLETECALLER: () => ({ kind: 'talkEnded' }),
  COMPLETEAGENT: () => ({ kind: 'talkEnded' }),
  BLINDTRANSFER: (data) => ({ kind: 'passedOn', to: digits(data(0)) || 'elsewhere' }),
  // It names bridges and channels, not whom the counsellor had asked.
  ATTENDEDTRANSFER: () => ({ kind: 'passedOn', to: 'attended' }),
};

/** PAUSEALL and UNPAUSEALL only announce these, which follow for every queue. */
const presenceEvents: Record<string, PresenceChange> = {
  ADDMEMBER: 'in',
  REMOVEMEMBER: 'out',
  PAUSE: 'paused',
  UNPAUSE: 'resumed',
};

/**
 * Reads one line of Asterisk's queue log, `epoch|uniqueid|queue|agent|event|data…`, in our words.
 *
 * @returns undefined for what means nothing to us or cannot be read; every field of the others fits its column
 */
export function readQueueLogLine(text: string): CallLogLine | undefined {
  const [epoch = '', callId = '', queue = '', agent = '', event = '', ...fields] = text.split('|');
  const second = instant(/^\d{10}$/.test(epoch) ? `${epoch}000` : '');
  if (!second) return undefined;
  if (event === 'QUEUESTART') return { kind: 'exchangeStarted', at: second };

  const slot = slotOfQueue(queue);
  if (slot === undefined && queue !== 'NONE' && queue !== '') return undefined;
  const extension = /^(?:PJSIP\/)?([1-9]\d\d)$/.exec(agent)?.[1];
  const data: Data = (index) => fields[index] ?? '';

  const what = own(presenceEvents, event);
  if (what) {
    if (extension === undefined) return undefined;
    const reason = what === 'paused' ? printable(data(0)) : '';
    return { kind: 'presence', at: second, extension, slot, what, reason };
  }
  if (!/^[\w.:-]{1,48}$/.test(callId) || callId === 'NONE') return undefined;
  const ofOurs = own(ownEvents, event)?.(data);
  const words = ofOurs ?? own(queueEvents, event)?.(data);
  if (!words) return undefined;
  const exact = ofOurs && instant(data(0));
  return { ...words, at: exact ?? second, coarse: !exact, callId, slot, extension };
}

/** What a table holds itself: a line may name `constructor`, too. */
function own<Value>(table: Record<string, Value>, key: string): Value | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** From 2001 to 2286: thirteen digits of ms. */
function instant(ms: string): Date | undefined {
  return /^[1-9]\d{12}$/.test(ms) ? new Date(Number(ms)) : undefined;
}

function digits(text: string): string {
  return /^\d{1,20}$/.test(text) ? text : '';
}

function word(text: string): string {
  return /^\w{1,16}$/.test(text) ? text : 'unknown';
}

function seconds(text: string): number {
  return /^\d{1,6}$/.test(text) ? Number(text) : 0;
}

function rowId(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

function soundFile(path: string): string | undefined {
  return /^\/[\w./-]{1,249}\.wav$/.test(path) && !path.includes('..') ? path : undefined;
}

function oneOf<Word extends string>(words: readonly Word[], text: string): Word | undefined {
  return words.find((one) => one === text);
}

function printable(text: string): string {
  return text.replace(/\p{C}/gu, '').slice(0, 40);
}
