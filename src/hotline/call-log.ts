/** How far the exchange's log has been read; `undefined` is its beginning. */
export interface CallLogPosition {
  /** Tells a file from the one that took its place; at most 40 characters. */
  fileId: string;
  /** Bytes. */
  position: number;
}

/** What the exchange wrote about calls to and from the hotline, also while we were dead. */
export interface CallLog {
  /**
   * Reads on from a position, as much as makes one batch.
   *
   * @returns the lines that mean something to us, where they end, and whether there is more to read at once;
   *   the position is the given one when nothing was read
   * @throws when a file is there and cannot be read
   */
  readOn(position: CallLogPosition | undefined): Promise<CallLogBatch>;
}

export interface CallLogBatch {
  lines: CallLogLine[];
  position: CallLogPosition | undefined;
  more: boolean;
}

/** The stations of a call, in its order: where it is, and where it ended. */
export const callStages = ['greeting', 'menu', 'queue', 'talk', 'callBack', 'message', 'closed'] as const;
export type CallStage = (typeof callStages)[number];

export const messageReasons = ['closed', 'overflow', 'noCounsellor', 'chosen'] as const;
export type MessageReason = (typeof messageReasons)[number];

export const presenceChanges = ['in', 'out', 'paused', 'resumed'] as const;
export type PresenceChange = (typeof presenceChanges)[number];

/** The exchange began anew: what was under way before is over. */
export interface ExchangeStartedLine {
  kind: 'exchangeStarted';
  at: Date;
}

/** A counsellor came to a line, left it, or stopped and went on taking calls. */
export interface PresenceLine {
  kind: 'presence';
  at: Date;
  extension: string;
  /** 1 to 32; undefined when it is none of our lines. */
  slot: number | undefined;
  what: PresenceChange;
  /** The counsellor's word for a pause; often empty. */
  reason: string;
}

/** Something in the life of one call. */
export type CallLine = {
  at: Date;
  /** The exchange knows the moment only to the second: `at` is that second's beginning. */
  coarse: boolean;
  /** The caller's channel; the counsellor's for a call that we make. */
  callId: string;
  slot: number | undefined;
  extension: string | undefined;
} & CallWords;

type CallWords =
  /** Numbers are digits; empty when they are hidden or cannot be read. */
  | { kind: 'arrived'; number: string }
  | { kind: 'refusedRecording' }
  | { kind: 'closed' }
  | { kind: 'foundNobody' }
  | { kind: 'joined' }
  | { kind: 'rangInVain' }
  | { kind: 'answered' }
  | { kind: 'gaveUp' }
  | { kind: 'leftQueue'; why: 'key' | 'timeout' | 'empty' }
  | { kind: 'callBackWanted'; joinedAt: Date | undefined; number: string }
  | { kind: 'messageLeft'; file: string | undefined; number: string; why: MessageReason }
  | { kind: 'recorded'; file: string }
  | { kind: 'passedOn'; to: string }
  | { kind: 'talkEnded' }
  | { kind: 'left'; stage: CallStage }
  | { kind: 'outgoing'; number: string }
  | { kind: 'outgoingAnswered' }
  | { kind: 'outgoingEnded'; dialStatus: string; talkedSeconds: number }
  | { kind: 'outgoingRefused'; number: string; reason: string }
  | { kind: 'taskDialled'; taskId: number }
  | { kind: 'taskDialEnded'; taskId: number; dialStatus: string; talkedSeconds: number };

export type CallLogLine = ExchangeStartedLine | PresenceLine | CallLine;
