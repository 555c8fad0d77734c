import { ownLine, queueLine } from '../support/queue-log-text.js';
import {
  arrived,
  caller,
  joined,
  line,
  nobody,
  number,
  own,
  queue,
  talk,
  waited10,
  type Expected,
} from './story-lines.js';

/** Calls that are passed on, and our own, as the exchange writes them. */
export const passedOnStories: Record<string, { lines: string[]; expected: Expected }> = {
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
  'is passed on to a number outside': {
    lines: [
      arrived(),
      ...joined,
      ...talk,
      queue('10:03:00', '201', 'BLINDTRANSFER', '+81312345678', 'counsellor-transfer', '10', '150', '1'),
      ownLine('10:03:00.200', caller, line, '201', 'OUTGOING', '0312345678'),
      ownLine('10:03:08.000', caller, line, '201', 'OUTANSWERED'),
      ownLine('10:08:00.400', caller, line, '201', 'OUTENDED', 'ANSWER', '292'),
      own('10:08:00.500', 'LEFT', 'talk'),
    ],
    expected: {
      stage: 'talk',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:08:00.500',
      others: { transferredTo: '0312345678', number, dialStatus: undefined },
    },
  },
  'is not passed on to a number that is refused': {
    lines: [
      arrived(),
      ...joined,
      ...talk,
      ownLine('10:03:00.200', caller, line, '201', 'OUTREFUSED', '0990123456', 'notAllowed'),
      ownLine('10:03:01.000', caller, line, nobody, 'JOINING'),
      own('10:08:00.500', 'LEFT', 'queue'),
    ],
    expected: {
      stage: 'queue',
      result: 'answered',
      waited: waited10,
      answered: ['10:00:30.700', '201'],
      ended: '10:08:00.500',
      others: { number },
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
