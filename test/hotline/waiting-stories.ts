import {
  answered,
  arrived,
  caller,
  joined,
  messageFile,
  nobody,
  number,
  own,
  queue,
  recordingFile,
  talk,
  waited10,
  type Expected,
} from './story-lines.js';

/** Calls of people who wait, as the exchange writes them. */
export const waitingStories: Record<string, { lines: string[]; expected: Expected }> = {
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
  'finds no counsellor and hangs up before the tone': {
    lines: [arrived(), own('10:00:18', 'NOCOUNSELLOR'), own('10:00:20', 'LEFT', 'message')],
    expected: { stage: 'message', result: 'noCounsellor', ended: '10:00:20.000' },
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
};
