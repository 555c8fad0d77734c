import assert from 'node:assert/strict';
import { readQueueEvent, readQueueStatus } from '../../../src/asterisk/ami/read-queue-event.js';

const member = {
  queue: 'line-2',
  membername: '101',
  interface: 'PJSIP/101',
  stateinterface: 'PJSIP/101',
  membership: 'dynamic',
  penalty: '0',
  callstaken: '3',
  lastcall: '1795446000',
  lastpause: '1795446086',
  logintime: '1795440000',
  incall: '0',
  status: '1',
  paused: '1',
  pausedreason: '昼休み',
  ringinuse: '0',
  wrapuptime: '0',
};
const facts = {
  slot: 2,
  extension: '101',
  phone: 'idle',
  inCall: false,
  paused: true,
  pauseReason: '昼休み',
  loggedInAt: new Date(1795440000_000),
  lastPauseAt: new Date(1795446086_000),
  lastCallEndedAt: new Date(1795446000_000),
  wrapUpSeconds: undefined,
};
const call = { queue: 'line-2', uniqueid: '1795447161.0', channel: 'PJSIP/trunk-00000000' };

describe('an event of a queue', () => {
  for (const event of ['QueueMemberAdded', 'QueueMemberPause', 'QueueMemberStatus']) {
    it(`${event} tells everything about the member`, () => {
      assert.deepEqual(readQueueEvent({ event, ...member }), { kind: 'member', member: facts });
    });
  }

  for (const [status, phone] of [
    ['0', 'unreachable'],
    ['1', 'idle'],
    ['2', 'busy'],
    ['3', 'busy'],
    ['4', 'unreachable'],
    ['5', 'unreachable'],
    ['6', 'ringing'],
    ['7', 'busy'],
    ['8', 'busy'],
    ['99', 'unreachable'],
  ] as const) {
    it(`tells a phone of device state ${status} as ${phone}`, () => {
      const event = readQueueEvent({ event: 'QueueMemberStatus', ...member, status });
      assert.equal(event?.kind === 'member' && event.member.phone, phone);
    });
  }

  it('tells who joins, and where', () => {
    assert.deepEqual(
      readQueueEvent({
        event: 'QueueCallerJoin',
        ...call,
        position: '2',
        count: '2',
        calleridnum: '0473912345',
      }),
      {
        kind: 'callerJoined',
        caller: { slot: 2, callId: call.uniqueid, channel: call.channel, position: 2, priority: undefined },
      },
    );
  });

  for (const [event, kind] of [
    ['AgentCalled', 'rings'],
    ['AgentRingNoAnswer', 'rangInVain'],
    ['AgentComplete', 'talkEnded'],
  ] as const) {
    it(`${event} tells whose call it is`, () => {
      assert.deepEqual(readQueueEvent({ event, ...call, interface: 'PJSIP/101', membername: '101' }), {
        kind,
        slot: 2,
        extension: '101',
        callId: call.uniqueid,
      });
    });
  }

  for (const [told, number] of [
    ['0473912345', '0473912345'],
    ['+81473912345', '0473912345'],
    ['anonymous', ''],
    ['<unknown>', ''],
  ] as const) {
    it(`tells an answered call of ${told} with the number "${number}"`, () => {
      const event = { event: 'AgentConnect', ...call, interface: 'PJSIP/101', calleridnum: told };
      assert.deepEqual(readQueueEvent(event), {
        kind: 'answered',
        slot: 2,
        extension: '101',
        callId: call.uniqueid,
        number,
      });
    });
  }

  it('tells who leaves the queue, caller or member', () => {
    assert.deepEqual(readQueueEvent({ event: 'QueueCallerLeave', ...call, position: '1' }), {
      kind: 'callerLeft',
      slot: 2,
      callId: call.uniqueid,
    });
    assert.deepEqual(readQueueEvent({ event: 'QueueMemberRemoved', ...member }), {
      kind: 'memberLeft',
      slot: 2,
      extension: '101',
    });
  });

  for (const [why, event] of [
    ['of a queue that is none of ours', { event: 'QueueCallerJoin', ...call, queue: 'sales' }],
    ['of a queue beyond the last', { event: 'QueueCallerJoin', ...call, queue: 'line-33' }],
    ['of a member that is no counsellor', { event: 'QueueMemberStatus', ...member, interface: 'Local/1@x' }],
    ['of something else', { event: 'QueueSummary', ...call }],
    ['without any field', {}],
  ] as const) {
    it(`is nothing when it is one ${why}`, () => assert.equal(readQueueEvent(event), undefined));
  }
});

describe('the answer to QueueStatus', () => {
  it('is everybody who waits and everybody who is logged in', () => {
    const { interface: location, ...listed } = member;
    assert.deepEqual(
      readQueueStatus([
        { event: 'QueueParams', queue: 'line-2' },
        { event: 'QueueMember', ...listed, name: '101', location },
        { event: 'QueueMember', ...listed, name: 'x', location: 'SIP/x' },
        { event: 'QueueEntry', ...call, position: '1', wait: '12', priority: '10' },
        { event: 'QueueEntry', ...call, queue: 'other', position: '1', wait: '12', priority: '0' },
      ]),
      {
        members: [facts],
        waiting: [
          {
            slot: 2,
            callId: call.uniqueid,
            channel: call.channel,
            position: 1,
            priority: 10,
            waitedSeconds: 12,
          },
        ],
      },
    );
  });
});
