import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readQueueLogLine } from '../../../src/asterisk/queue-log/queue-log-line.js';
import { jst, ownLine, queueLine } from '../../support/queue-log-text.js';

const uid = '1795482000.11';
const own = (event: string, ...data: string[]): string =>
  ownLine('10:00:00.450', uid, 'line-3', '201', event, ...data);
const queue = (event: string, ...data: string[]): string =>
  queueLine('10:00:00.450', uid, 'line-3', '201', event, ...data);
const [exact, coarse] = [
  { at: jst('10:00:00.450'), coarse: false },
  { at: jst('10:00:00'), coarse: true },
];

describe('a line of the queue log', () => {
  for (const [line, words] of [
    [own('ARRIVED', '0473661111', '0120000000'), { kind: 'arrived', number: '0473661111' }],
    [own('ARRIVED', '', '0120000000'), { kind: 'arrived', number: '' }],
    [own('ARRIVED', 'anonymous', ''), { kind: 'arrived', number: '' }],
    [own('REFUSEDRECORDING'), { kind: 'refusedRecording' }],
    [own('CLOSED'), { kind: 'closed' }],
    [own('JOINING'), { kind: 'joined' }],
    [own('ANSWERED'), { kind: 'answered' }],
    [
      own('CALLBACK', '1795482020300', '09012345678'),
      { kind: 'callBackWanted', joinedAt: new Date(1795482020300), number: '09012345678' },
    ],
    [own('CALLBACK', 'soon', 'me'), { kind: 'callBackWanted', joinedAt: undefined, number: '' }],
    [
      own('MESSAGE', '/spool/messages/1.wav', '0473661111', 'overflow'),
      { kind: 'messageLeft', file: '/spool/messages/1.wav', number: '0473661111', why: 'overflow' },
    ],
    [
      own('MESSAGE', '/spool/../etc/1.wav', '', 'whim'),
      { kind: 'messageLeft', file: undefined, number: '', why: 'chosen' },
    ],
    [own('RECORDED', '/spool/recordings/1.wav'), { kind: 'recorded', file: '/spool/recordings/1.wav' }],
    [own('LEFT', 'queue'), { kind: 'left', stage: 'queue' }],
    [own('LEFT', 'nowhere'), { kind: 'left', stage: 'greeting' }],
    [own('OUTGOING', '0473661111'), { kind: 'outgoing', number: '0473661111' }],
    [own('OUTANSWERED'), { kind: 'outgoingAnswered' }],
    [own('OUTENDED', 'BUSY', ''), { kind: 'outgoingEnded', dialStatus: 'BUSY', talkedSeconds: 0 }],
    [own('OUTREFUSED', '110', 'emergency'), { kind: 'outgoingRefused', number: '110', reason: 'emergency' }],
    [own('BACKDIAL', '7'), { kind: 'taskDialled', taskId: 7 }],
    [
      own('BACKENDED', '7', 'ANSWER', '31'),
      { kind: 'taskDialEnded', taskId: 7, dialStatus: 'ANSWER', talkedSeconds: 31 },
    ],
  ] as const) {
    it(`of ours is told to the millisecond: ${line.split('|').slice(4).join('|')}`, () => {
      assert.deepEqual(readQueueLogLine(line), {
        ...words,
        ...exact,
        callId: uid,
        slot: 3,
        extension: '201',
      });
    });
  }

  for (const [line, words] of [
    [queue('ENTERQUEUE', '', '0473661111', '1'), { kind: 'joined' }],
    [queue('CONNECT', '10', '1795482000.12', '9'), { kind: 'answered' }],
    [queue('RINGNOANSWER', '15000'), { kind: 'rangInVain' }],
    [queue('ABANDON', '1', '1', '30'), { kind: 'gaveUp' }],
    [queue('EXITWITHKEY', '1', '1'), { kind: 'leftQueue', why: 'key' }],
    [queue('EXITWITHTIMEOUT', '1', '1', '600'), { kind: 'leftQueue', why: 'timeout' }],
    [queue('EXITEMPTY', '1', '1', '600'), { kind: 'leftQueue', why: 'empty' }],
    [queue('COMPLETECALLER', '10', '270', '1'), { kind: 'talkEnded' }],
    [queue('COMPLETEAGENT', '10', '270', '1'), { kind: 'talkEnded' }],
    [queue('BLINDTRANSFER', '205', 'counsellor-transfer', '1', '2', '1'), { kind: 'passedOn', to: '205' }],
    [queue('ATTENDEDTRANSFER', 'BRIDGE', 'x', '1', '2', '1'), { kind: 'passedOn', to: 'attended' }],
    [queue('ANSWERED', 'nonsense'), { kind: 'answered' }],
  ] as const) {
    it(`of the queue is told to the second: ${line.split('|').slice(4).join('|')}`, () => {
      assert.deepEqual(readQueueLogLine(line), {
        ...words,
        ...coarse,
        callId: uid,
        slot: 3,
        extension: '201',
      });
    });
  }

  for (const [event, what] of [
    ['ADDMEMBER', 'in'],
    ['REMOVEMEMBER', 'out'],
    ['PAUSE', 'paused'],
    ['UNPAUSE', 'resumed'],
  ] as const) {
    it(`says when a counsellor is ${what}, by extension or by phone`, () => {
      for (const agent of ['201', 'PJSIP/201']) {
        const line = queueLine('10:00:00', 'MANAGER', 'line-1', agent, event, 'lunch');
        const reason = what === 'paused' ? 'lunch' : '';
        assert.deepEqual(readQueueLogLine(line), {
          kind: 'presence',
          at: jst('10:00:00'),
          extension: '201',
          slot: 1,
          what,
          reason,
        });
      }
    });
  }

  it('says that the exchange began anew', () => {
    const line = '1795436611|NONE|NONE|NONE|QUEUESTART|';
    assert.deepEqual(readQueueLogLine(line), { kind: 'exchangeStarted', at: new Date(1795436611000) });
  });

  for (const line of [
    '',
    '|||||',
    'x',
    '1795436611',
    '1795436611|NONE|NONE|NONE|CONFIGRELOAD|',
    '0|1.1|line-1|201|JOINING|1',
    '179543661100|1.1|line-1|201|QUEUESTART|1',
    '1795436611|1.1|support|201|JOINING|1795436611000',
    '1795436611|1.1|line-33|201|JOINING|1795436611000',
    '1795436611|NONE|line-1|201|JOINING|1795436611000',
    `1795436611|${'1'.repeat(49)}|line-1|201|JOINING|1795436611000`,
    "1795436611|1.1'; drop|line-1|201|JOINING|1795436611000",
    '1795436611|1.1|line-1|NONE|PAUSE|lunch',
    '1795436611|1.1|line-1|20|ADDMEMBER|',
    '1795436611|1.1|line-1|201|BACKDIAL|1795436611000|99999999999',
    '1795436611|1.1|line-1|201|RECORDED|1795436611000|relative.wav',
    '1795436611|1.1|line-1|201|constructor|1795436611000',
    '1795436611|1.1|line-1|201|__proto__|1795436611000',
    '\0\0\0\0',
  ]) {
    it(`means nothing when it is ${JSON.stringify(line)}`, () => {
      assert.equal(readQueueLogLine(line), undefined);
    });
  }

  it('fits its columns, whatever stands in it', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '1795436611',
        '1795436611000',
        '1.1',
        'line-1',
        '201',
        'NONE',
        'PAUSE',
        'BACKENDED',
        '7',
      ),
      fc.constantFrom('ARRIVED', 'OUTENDED', 'MESSAGE', 'ATTENDEDTRANSFER', 'BLINDTRANSFER', 'LEFT'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
        const line = readQueueLogLine(`1795436611|1.1|line-1|201|${pieces.join('|')}`);
        if (!line) return;
        const most = { number: 20, file: 255, reason: 80, dialStatus: 16, to: 20, callId: 48 };
        for (const [field, length] of Object.entries(most)) {
          const value: unknown = line[field as keyof typeof line];
          assert.ok(typeof value !== 'string' || value.length <= length);
        }
        assert.ok(!Number.isNaN(line.at.getTime()));
      }),
    );
  });
});
