import { ownLine, queueLine } from '../support/queue-log-text.js';

/** One caller's channel, and one counsellor's. */
export const caller = '1795482000.11';
const [line, nobody] = ['line-1', 'NONE'];
const number = '0473661111';
export const messageFile = `/var/spool/asterisk/messages/${caller}.wav`;
export const recordingFile = `/var/spool/asterisk/recordings/${caller}.wav`;

const own = (time: string, event: string, ...data: string[]): string =>
  ownLine(time, caller, line, nobody, event, ...data);
const queue = (time: string, agent: string, event: string, ...data: string[]): string =>
  queueLine(time, caller, line, agent, event, ...data);
const answered = (time: string, agent = '201'): string => ownLine(time, caller, line, agent, 'ANSWERED');
const arrived = (given = number): string => own('10:00:00.450', 'ARRIVED', given, '0120000000');
const joined = [own('10:00:20.300', 'JOINING'), queue('10:00:20', nobody, 'ENTERQUEUE', '', number, '1')];
const talk = [answered('10:00:30.700'), queue('10:00:30', '201', 'CONNECT', '10', `${caller}9`, '9')];

/** What a story must come to; instants as `HH:MM:SS.mmm`. */
export interface Expected {
  direction?: string;
  stage: string;
  result: string | undefined;
  waited?: [from: string, until: string];
  answered?: [at: string, by: string];
  ended: string | undefined;
  tasks?: [kind: string, number: string, placeAt: string][];
  voices?: [kind: string, file: string][];
  others?: Record<string, unknown>;
}

const waited10: [string, string] = ['10:00:20.300', '10:00:30.700'];

/** Whole calls as the exchange writes them. */
export const stories: Record<string, { lines: string[]; expected: Expected }> = {
  'is answered, recorded and ended by the caller': {
    lines: [
      arrived(),
      ...joined,
      ...talk,
      own('10:00:30.800', 'RECORDED', recordingFile),
      own('10:05:00.100', 'LEFT', 'talk'),
      queue('10:05:00', '201', 'COMPLETECALLER', '10', '270', '1'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:05:00.100',
      voices: [['recording', recordingFile]],
      others: { number, ringsUnanswered: 0, refusedRecording: false },
    },
  },
  'refuses the recording': {
    lines: [
      arrived(),
      own('10:00:10', 'REFUSEDRECORDING'),
      ...joined,
      ...talk,
      own('10:01:00', 'LEFT', 'talk'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:01:00.000',
      others: { refusedRecording: true },
    },
  },
  'is given up during the greeting': {
    lines: [arrived(), own('10:00:03.100', 'LEFT', 'greeting')],
    expected: { stage: 'greeting', result: 'abandoned', ended: '10:00:03.100' },
  },
  'is given up in the menu': {
    lines: [arrived(), own('10:00:12.500', 'LEFT', 'menu')],
    expected: { stage: 'menu', result: 'abandoned', ended: '10:00:12.500' },
  },
  'is given up while waiting': {
    lines: [
      arrived(),
      ...joined,
      queue('10:02:00', nobody, 'ABANDON', '1', '1', '100'),
      own('10:02:00.900', 'LEFT', 'queue'),
    ],
    expected: {
      stage: 'queue',
      result: 'abandoned',
      waited: ['10:00:20.300', '10:02:00.900'],
      ended: '10:02:00.900',
    },
  },
  'asks with key 1 to be phoned back': {
    lines: [
      arrived(),
      ...joined,
      queue('10:01:00', nobody, 'EXITWITHKEY', '1', '1'),
      own('10:01:05.200', 'CALLBACK', String(Date.parse('2026-11-24T10:00:20.300+09:00')), '09012345678'),
      own('10:01:20', 'LEFT', 'callBack'),
    ],
    expected: {
      stage: 'callBack',
      result: 'callBack',
      waited: ['10:00:20.300', '10:01:00.000'],
      ended: '10:01:20.000',
      tasks: [['callBack', '09012345678', '10:00:20.300']],
      others: { number },
    },
  },
  'waits too long and leaves a message': {
    lines: [
      arrived(),
      ...joined,
      queue('10:10:20', nobody, 'EXITWITHTIMEOUT', '1', '2', '600'),
      own('10:10:40', 'MESSAGE', messageFile, number, 'overflow'),
      own('10:11:10', 'LEFT', 'message'),
    ],
    expected: {
      stage: 'message',
      result: 'overflow',
      waited: ['10:00:20.300', '10:10:20.000'],
      ended: '10:11:10.000',
      tasks: [['message', number, '10:00:20.300']],
      voices: [['message', messageFile]],
    },
  },
  'finds no counsellor and leaves a message': {
    lines: [
      arrived(),
      ...joined,
      queue('10:00:21', nobody, 'EXITEMPTY', '1', '1', '1'),
      own('10:00:30', 'MESSAGE', messageFile, number, 'noCounsellor'),
      own('10:01:00', 'LEFT', 'message'),
    ],
    expected: {
      stage: 'message',
      result: 'noCounsellor',
      waited: ['10:00:20.300', '10:00:21.000'],
      ended: '10:01:00.000',
      tasks: [['message', number, '10:00:20.300']],
      voices: [['message', messageFile]],
    },
  },
  'comes while the line is closed and leaves a message': {
    lines: [
      arrived(),
      own('10:00:01', 'CLOSED'),
      own('10:00:40', 'MESSAGE', messageFile, number, 'closed'),
      own('10:01:00', 'LEFT', 'message'),
    ],
    expected: {
      stage: 'message',
      result: 'closed',
      ended: '10:01:00.000',
      tasks: [['message', number, '10:00:00.450']],
      voices: [['message', messageFile]],
    },
  },
  'hears that the line is closed': {
    lines: [arrived(), own('10:00:01', 'CLOSED'), own('10:00:20', 'LEFT', 'closed')],
    expected: { stage: 'closed', result: 'closed', ended: '10:00:20.000' },
  },
  'chooses to leave a message, with a hidden number': {
    lines: [
      arrived(''),
      own('10:00:15', 'MESSAGE', messageFile, '', 'chosen'),
      own('10:01:00', 'LEFT', 'message'),
    ],
    expected: {
      stage: 'message',
      result: 'message',
      ended: '10:01:00.000',
      tasks: [['message', '', '10:00:00.450']],
      voices: [['message', messageFile]],
      others: { number: '' },
    },
  },
  'rings at one counsellor in vain, and is answered by another': {
    lines: [
      arrived(),
      ...joined,
      queue('10:00:35', '201', 'RINGNOANSWER', '15000'),
      queue('10:00:55', '201', 'RINGNOANSWER', '15000'),
      answered('10:01:02.250', '202'),
      queue('10:01:02', '202', 'CONNECT', '42', `${caller}9`, '7'),
      own('10:09:00', 'LEFT', 'talk'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: ['10:00:20.300', '10:01:02.250'],
      answered: ['10:01:02.250', '202'],
      ended: '10:09:00.000',
      others: { ringsUnanswered: 2 },
    },
  },
  'is passed on to a colleague unannounced': {
    lines: [
      arrived(),
      ...joined,
      ...talk,
      queue('10:03:00', '201', 'BLINDTRANSFER', '205', 'counsellor-transfer', '10', '150', '1'),
      own('10:08:00.500', 'LEFT', 'talk'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:08:00.500',
      others: { transferredTo: '205' },
    },
  },
  'is passed on to a colleague who was asked first': {
    lines: [
      arrived(),
      ...joined,
      ...talk,
      queue('10:03:00', '201', 'ATTENDEDTRANSFER', 'BRIDGE', 'abc', '10', '150', '1'),
      own('10:08:00.500', 'LEFT', 'talk'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:08:00.500',
      others: { transferredTo: 'attended' },
    },
  },
  'is passed on to another line, waits there and talks again': {
    lines: [
      arrived(),
      ...joined,
      ...talk,
      queue('10:03:00', '201', 'BLINDTRANSFER', '802', 'counsellor-transfer', '10', '150', '1'),
      ownLine('10:03:01', caller, 'line-2', nobody, 'JOINING'),
      queueLine('10:03:01', caller, 'line-2', nobody, 'ENTERQUEUE', '', number, '1'),
      ownLine('10:04:00', caller, 'line-2', '209', 'ANSWERED'),
      queueLine('10:04:00', caller, 'line-2', '209', 'CONNECT', '59', 'x', '5'),
      own('10:08:00.500', 'LEFT', 'talk'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:08:00.500',
      others: { transferredTo: '802', slot: 1 },
    },
  },
  'is told by the queue alone': {
    lines: [
      queue('10:00:20', nobody, 'ENTERQUEUE', '', number, '1'),
      queue('10:00:30', '201', 'CONNECT', '10', 'x', '9'),
      queue('10:05:00', '201', 'COMPLETEAGENT', '10', '270', '1'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: ['10:00:20.000', '10:00:30.000'],
      answered: ['10:00:30.000', '201'],
      ended: '10:05:00.000',
    },
  },
  'goes out and is answered': {
    lines: [
      ownLine('10:00:00.100', caller, line, '201', 'OUTGOING', number),
      ownLine('10:00:09.500', caller, line, '201', 'OUTANSWERED'),
      ownLine('10:02:00.000', caller, line, '201', 'OUTENDED', 'ANSWER', '110'),
    ],
    expected: {
      direction: 'outgoing',
      stage: 'talk',
      result: 'answered',
      answered: ['10:00:09.500', '201'],
      ended: '10:02:00.000',
      others: { number, dialStatus: 'ANSWER' },
    },
  },
  'goes out and is refused': {
    lines: [ownLine('10:00:00.100', caller, 'NONE', '201', 'OUTREFUSED', '119', 'emergency')],
    expected: {
      direction: 'outgoing',
      stage: 'talk',
      result: 'refused',
      ended: '10:00:00.100',
      others: { number: '119', dialStatus: 'emergency', answeredBy: '201', slot: undefined },
    },
  },
  'goes out for a task and is not answered': {
    lines: [
      ownLine('10:00:00.100', caller, line, '201', 'BACKDIAL', '77'),
      ownLine('10:00:40.100', caller, line, '201', 'BACKENDED', '77', 'NOANSWER', '0'),
    ],
    expected: {
      direction: 'callBack',
      stage: 'talk',
      result: undefined,
      ended: '10:00:40.100',
      others: { taskId: 77, dialStatus: 'NOANSWER', answeredBy: '201' },
    },
  },
};
