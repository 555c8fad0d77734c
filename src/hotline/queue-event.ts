/** What the phone of a logged-in counsellor does, as the exchange tells it. */
export type PhoneActivity = 'idle' | 'ringing' | 'busy' | 'unreachable';

/** One counsellor in one line's queue. */
export interface MemberFacts {
  slot: number;
  extension: string;
  phone: PhoneActivity;
  /** Talks with a caller of this queue, also while the phone's own state lags behind. */
  inCall: boolean;
  paused: boolean;
  pauseReason: string;
  loggedInAt: Date | undefined;
  lastPauseAt: Date | undefined;
  lastCallEndedAt: Date | undefined;
  /** Undefined when the queue's own time counts. */
  wrapUpSeconds: number | undefined;
}

export interface WaitingFacts {
  slot: number;
  /** The caller's channel, for the whole of the call. */
  callId: string;
  /** What the exchange calls that channel. */
  channel: string;
  position: number;
  /** Undefined when the exchange did not tell it. */
  priority: number | undefined;
}

interface CallOfCounsellor {
  slot: number;
  extension: string;
  callId: string;
}

/** One thing that happened in the queues; `number` is the caller's in domestic digits, '' when hidden. */
export type QueueEvent =
  | { kind: 'callerJoined'; caller: WaitingFacts }
  | { kind: 'callerLeft'; slot: number; callId: string }
  | { kind: 'member'; member: MemberFacts }
  | { kind: 'memberLeft'; slot: number; extension: string }
  | ({ kind: 'rings' } & CallOfCounsellor)
  | ({ kind: 'rangInVain' } & CallOfCounsellor)
  | ({ kind: 'answered' } & CallOfCounsellor & { number: string })
  | ({ kind: 'talkEnded' } & CallOfCounsellor);

/** Everything in the queues at one moment. */
export interface QueueSnapshot {
  waiting: readonly (WaitingFacts & { waitedSeconds: number })[];
  members: readonly MemberFacts[];
}
