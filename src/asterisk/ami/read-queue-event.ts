import type { MemberFacts, PhoneActivity, QueueEvent, QueueSnapshot } from '../../hotline/queue-event.js';
import { domesticNumber } from '../domestic-number.js';
import { slotOfQueue } from '../names.js';

type Fields = Readonly<Record<string, string | string[] | undefined>>;

/** AST_DEVICE_* of Asterisk; unknown (0) is a phone that never said anything. */
const activities: Readonly<Record<string, PhoneActivity>> = {
  1: 'idle',
  2: 'busy',
  3: 'busy',
  4: 'unreachable',
  5: 'unreachable',
  6: 'ringing',
  7: 'busy',
  8: 'busy',
};

/** One manager event as a thing that happened in our queues; undefined for everything else. */
export function readQueueEvent(event: Fields): QueueEvent | undefined {
  const slot = slotOfQueue(text(event, 'queue'));
  if (slot === undefined) return undefined;
  const callId = text(event, 'uniqueid');
  const extension = extensionOf(event);
  switch (text(event, 'event')) {
    case 'QueueCallerJoin':
      return {
        kind: 'callerJoined',
        caller: {
          slot,
          callId,
          channel: text(event, 'channel'),
          position: count(event, 'position') ?? 1,
          priority: count(event, 'priority'),
        },
      };
    case 'QueueCallerLeave':
      return { kind: 'callerLeft', slot, callId };
    case 'QueueMemberAdded':
    case 'QueueMemberPause':
    case 'QueueMemberStatus':
    case 'QueueMemberPenalty':
    case 'QueueMemberRinginuse': {
      const member = readMember(event);
      return member && { kind: 'member', member };
    }
    case 'QueueMemberRemoved':
      return extension === undefined ? undefined : { kind: 'memberLeft', slot, extension };
    case 'AgentCalled':
      return extension === undefined ? undefined : { kind: 'rings', slot, extension, callId };
    case 'AgentRingNoAnswer':
      return extension === undefined ? undefined : { kind: 'rangInVain', slot, extension, callId };
    case 'AgentConnect':
      return extension === undefined
        ? undefined
        : { kind: 'answered', slot, extension, callId, number: domesticNumber(text(event, 'calleridnum')) };
    case 'AgentComplete':
      return extension === undefined ? undefined : { kind: 'talkEnded', slot, extension, callId };
    default:
      return undefined;
  }
}

/** The answer to QueueStatus as one picture of our queues. */
export function readQueueStatus(events: readonly Fields[]): QueueSnapshot {
  return {
    waiting: events.flatMap((event) => {
      const slot = slotOfQueue(text(event, 'queue'));
      if (event.event !== 'QueueEntry' || slot === undefined) return [];
      return {
        slot,
        callId: text(event, 'uniqueid'),
        channel: text(event, 'channel'),
        position: count(event, 'position') ?? 1,
        priority: count(event, 'priority'),
        waitedSeconds: count(event, 'wait') ?? 0,
      };
    }),
    members: events.flatMap((event) => (event.event === 'QueueMember' ? (readMember(event) ?? []) : [])),
  };
}

function readMember(event: Fields): MemberFacts | undefined {
  const slot = slotOfQueue(text(event, 'queue'));
  const extension = extensionOf(event);
  if (slot === undefined || extension === undefined) return undefined;
  const wrapUpSeconds = count(event, 'wrapuptime');
  return {
    slot,
    extension,
    phone: activities[text(event, 'status')] ?? 'unreachable',
    inCall: text(event, 'incall') === '1',
    paused: text(event, 'paused') === '1',
    pauseReason: text(event, 'pausedreason'),
    loggedInAt: moment(event, 'logintime'),
    lastPauseAt: moment(event, 'lastpause'),
    lastCallEndedAt: moment(event, 'lastcall'),
    wrapUpSeconds: wrapUpSeconds === 0 ? undefined : wrapUpSeconds,
  };
}

/** The same phone is `Location` in a list, and `Interface` in an event. */
function extensionOf(event: Fields): string | undefined {
  return /^PJSIP\/([1-8]\d\d)$/.exec(text(event, 'interface') || text(event, 'location'))?.[1];
}

function text(event: Fields, field: string): string {
  const value = event[field];
  return typeof value === 'string' ? value : '';
}

function count(event: Fields, field: string): number | undefined {
  const value = text(event, field);
  return /^\d+$/.test(value) ? Number(value) : undefined;
}

/** Asterisk tells epoch seconds; 0 is never. */
function moment(event: Fields, field: string): Date | undefined {
  const seconds = count(event, field);
  return seconds === undefined || seconds === 0 ? undefined : new Date(seconds * 1000);
}
