import type { CallResult } from '../hotline/hotline-call.js';
import type { HotlineTask } from '../hotline/hotline-task.js';
import { numberOf } from './simulated-people.js';

/** Somebody of the simulated town who phones the hotline: dialplan/simulated-callers.conf plays what is said here. */
export interface SimulatedCaller {
  /** Also the end of the call's id at the carrier. */
  name: string;
  /** The extension of the carrier's dialplan that behaves like this. */
  behaviour: string;
  words: string;
  number: string;
  /** What must become of the call. */
  result: CallResult;
  /** What must be left to do. */
  task?: HotlineTask['kind'];
  /** Keys that the caller sends, in the carrier's record. */
  keys: string;
  refusesRecording: boolean;
}

/** Sixth and seventh digit of these people's numbers. */
export const callerCode = '25';

type Rest = Pick<SimulatedCaller, 'result'> & Partial<SimulatedCaller>;

const people: readonly [name: string, behaviour: string, words: string, rest: Rest][] = [
  ['early', 'leavesMessage', '誰もいない時間にかけ、伝言を残す', { result: 'noCounsellor', task: 'message' }],
  ['first', 'talks', '相談員と話す', { result: 'answered' }],
  ['second', 'talks', '相談員と話す', { result: 'answered' }],
  ['third', 'talks', '相談員と話す', { result: 'answered' }],
  [
    'unrecorded',
    'refusesRecording',
    '9で録音を断って話す',
    { result: 'answered', keys: '9', refusesRecording: true },
  ],
  ['impatient', 'givesUp', '待ちきれずに切る', { result: 'abandoned' }],
  ['busy', 'wantsCallBack', '1で折り返しを頼む', { result: 'callBack', task: 'callBack', keys: '111' }],
  ['unlucky', 'leavesMessage', '長く待って伝言を残す', { result: 'overflow', task: 'message' }],
  ['patient', 'talks', '待って相談員と話す', { result: 'answered' }],
  ['cutTalking', 'talks', '話の途中でサービスが落ちる', { result: 'answered' }],
  ['cutWaiting', 'talks', '待つうちにサービスが落ち、つながる', { result: 'answered' }],
  [
    'cutAsking',
    'wantsCallBackSoon',
    'サービスが落ちている間に折り返しを頼む',
    { result: 'callBack', task: 'callBack', keys: '111' },
  ],
  ['cutSpeaking', 'speaksOn', 'サービスが落ちている間に伝言を残す', { result: 'overflow', task: 'message' }],
  ['cutImpatient', 'givesUpSoon', 'サービスが落ちている間に切る', { result: 'abandoned' }],
];

export const simulatedCallers: readonly SimulatedCaller[] = people.map(
  ([name, behaviour, words, rest], index) => ({
    name,
    behaviour,
    words,
    number: numberOf(callerCode, index + 1),
    keys: '',
    refusesRecording: false,
    ...rest,
  }),
);

/** @throws Error when nobody is called so */
export function callerNamed(name: string): SimulatedCaller {
  const found = simulatedCallers.find((caller) => caller.name === name);
  if (!found) throw new Error(`nobody is called ${name}`);
  return found;
}

/** The id of a caller's call in the carrier's record. */
export function carrierIdOf({ name }: SimulatedCaller): string {
  return `caller-${name}`;
}
