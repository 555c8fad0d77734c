import type { MemberFacts, QueueEvent, QueueSnapshot, WaitingFacts } from './queue-event.js';

export interface WaitingCaller extends WaitingFacts {
  joinedAt: Date;
}

/** A counsellor who is logged in to one line or more. */
export interface PresentCounsellor {
  extension: string;
  memberships: readonly MemberFacts[];
  state: 'free' | 'ringing' | 'talking' | 'paused' | 'unreachable';
  since: Date;
  /** Who rings there or talks, as far as it is a caller of the hotline. */
  call: { callId: string; answered: boolean } | undefined;
}

/** The queues as they are known now. */
export interface QueuePicture {
  /** False while the exchange can't be heard: what is here is old then. */
  heard: boolean;
  asOf: Date;
  waiting: readonly WaitingCaller[];
  counsellors: readonly PresentCounsellor[];
}

export const nothingKnown: QueuePicture = { heard: false, asOf: new Date(0), waiting: [], counsellors: [] };

export interface Folded {
  picture: QueuePicture;
  /** The event does not fit what we know: ask for everything anew rather than guess. */
  askAgain: boolean;
}

/** Takes what is there now; moments that are known better from events stay. */
export function fromSnapshot(before: QueuePicture, snapshot: QueueSnapshot, at: Date): QueuePicture {
  const extensions = [...new Set(snapshot.members.map(({ extension }) => extension))].sort();
  return {
    heard: true,
    asOf: at,
    waiting: snapshot.waiting.map(({ waitedSeconds, ...facts }) => ({
      ...facts,
      joinedAt:
        before.waiting.find(({ callId }) => callId === facts.callId)?.joinedAt ??
        new Date(at.getTime() - waitedSeconds * 1000),
    })),
    counsellors: extensions.map((extension) =>
      counsellorOf(
        extension,
        snapshot.members.filter((member) => member.extension === extension),
        before.counsellors.find((known) => known.extension === extension),
        at,
      ),
    ),
  };
}

/** Takes one event into the picture. */
export function foldEvent(before: QueuePicture, event: QueueEvent, at: Date): Folded {
  const picture = { ...before, asOf: at };
  const isKnown = (callId: string): boolean => before.waiting.some((caller) => caller.callId === callId);
  switch (event.kind) {
    case 'callerJoined': {
      const { caller: joined } = event;
      const others = before.waiting.filter(({ callId }) => callId !== joined.callId);
      const moved = others.map((caller) =>
        caller.slot === joined.slot && caller.position >= joined.position
          ? { ...caller, position: caller.position + 1 }
          : caller,
      );
      return { picture: { ...picture, waiting: [...moved, { ...joined, joinedAt: at }] }, askAgain: false };
    }
    case 'callerLeft': {
      const gone = before.waiting.find(({ callId }) => callId === event.callId);
      const waiting = before.waiting
        .filter((caller) => caller !== gone)
        .map((caller) =>
          caller.slot === gone?.slot && caller.position > gone.position
            ? { ...caller, position: caller.position - 1 }
            : caller,
        );
      return { picture: { ...picture, waiting }, askAgain: !gone };
    }
    case 'member': {
      const { member } = event;
      return {
        picture: withCounsellor(picture, member.extension, at, (known) => [
          ...(known?.memberships ?? []).filter(({ slot }) => slot !== member.slot),
          member,
        ]),
        askAgain: false,
      };
    }
    case 'memberLeft':
      return {
        picture: withCounsellor(picture, event.extension, at, (known) =>
          (known?.memberships ?? []).filter(({ slot }) => slot !== event.slot),
        ),
        askAgain: false,
      };
    case 'rings':
    case 'answered':
      return {
        picture: withCall(picture, event, at, { callId: event.callId, answered: event.kind === 'answered' }),
        // Who answered has left the queue already, or leaves it next.
        askAgain: event.kind === 'rings' && !isKnown(event.callId),
      };
    case 'rangInVain':
    case 'talkEnded':
      return { picture: withCall(picture, event, at, undefined), askAgain: false };
  }
}

function withCounsellor(
  picture: QueuePicture,
  extension: string,
  at: Date,
  change: (known: PresentCounsellor | undefined) => MemberFacts[],
): QueuePicture {
  const known = picture.counsellors.find((one) => one.extension === extension);
  const memberships = change(known).sort((one, other) => one.slot - other.slot);
  const others = picture.counsellors.filter((one) => one !== known);
  const changed = memberships.length > 0 ? [counsellorOf(extension, memberships, known, at)] : [];
  return {
    ...picture,
    counsellors: [...others, ...changed].sort((one, other) => (one.extension < other.extension ? -1 : 1)),
  };
}

function withCall(
  picture: QueuePicture,
  { extension }: { extension: string },
  at: Date,
  call: PresentCounsellor['call'],
): QueuePicture {
  return {
    ...picture,
    counsellors: picture.counsellors.map((one) =>
      one.extension === extension ? counsellorOf(extension, one.memberships, { ...one, call }, at) : one,
    ),
  };
}

function counsellorOf(
  extension: string,
  memberships: readonly MemberFacts[],
  known: PresentCounsellor | undefined,
  at: Date,
): PresentCounsellor {
  const state = stateOf(memberships, known?.call);
  const hasHungUp = isOnThePhone(known?.state) && !isOnThePhone(state);
  return {
    extension,
    memberships,
    state,
    since: known?.state === state ? known.since : (sinceAsTold(state, memberships, known) ?? at),
    // Asterisk tells a call before the phone's new state: an idle phone may be about to ring.
    call: hasHungUp ? undefined : known?.call,
  };
}

/** Callers of the hotline who wait or talk: each takes a line to the network. */
export function callsInQueues({ waiting, counsellors }: QueuePicture): number {
  const answered = counsellors.filter(({ call }) => call?.answered === true);
  return new Set([...waiting, ...answered.flatMap(({ call }) => call ?? [])].map(({ callId }) => callId))
    .size;
}

export function isOnThePhone(state: PresentCounsellor['state'] | undefined): boolean {
  return state === 'ringing' || state === 'talking';
}

function stateOf(
  memberships: readonly MemberFacts[],
  call: PresentCounsellor['call'],
): PresentCounsellor['state'] {
  const does = (phone: MemberFacts['phone']): boolean => memberships.some((member) => member.phone === phone);
  // A phone for one call is busy as soon as it rings: only the call itself tells which of both it is.
  if (does('busy') || memberships.some(({ inCall }) => inCall))
    return call && !call.answered ? 'ringing' : 'talking';
  if (does('ringing')) return 'ringing';
  if (does('unreachable')) return 'unreachable';
  return memberships.every(({ paused }) => paused) ? 'paused' : 'free';
}

/** For somebody whom we see for the first time, the exchange knows some moments itself. */
function sinceAsTold(
  state: PresentCounsellor['state'],
  memberships: readonly MemberFacts[],
  known: PresentCounsellor | undefined,
): Date | undefined {
  if (known) return undefined;
  const latest = (moments: readonly (Date | undefined)[]): Date | undefined =>
    moments.filter((moment) => moment !== undefined).sort((one, other) => other.getTime() - one.getTime())[0];
  if (state === 'paused') return latest(memberships.map(({ lastPauseAt }) => lastPauseAt));
  if (state !== 'free') return undefined;
  return latest(memberships.flatMap(({ loggedInAt, lastCallEndedAt }) => [loggedInAt, lastCallEndedAt]));
}
