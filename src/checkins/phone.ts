/** What check-ins need of a telephone exchange. No word of ARI or SIP signalling belongs here. */
export interface Phone {
  /** False while events could be missed: no call may be started then. */
  readonly isUp: boolean;
  /** Starts a call. Whatever happens to it is told by the call itself; this never throws. */
  place(order: CallOrder): PhoneCall;
  /** Takes up a call that lives on after our process died or the link was lost. */
  takeUp(live: LiveCall): PhoneCall;
  /** The check-in calls that live in the exchange now, whoever started them. */
  liveCalls(): Promise<LiveCall[]>;
  /** Ends a call that nobody conducts. */
  hangUp(attemptId: string): Promise<void>;
}

export interface CallOrder {
  attemptId: string;
  /** Domestic digits, such as 0473912345. */
  number: string;
  /** Stands beside the call in the exchange's own record: whoever has our keys can tell whom it was made to. */
  mark?: string | undefined;
  ringSeconds: number;
  /** The exchange ends the call by itself after this time, also with our process dead. */
  maxSeconds: number;
}

export interface LiveCall {
  attemptId: string;
  answered: boolean;
}

export interface PhoneCall {
  readonly attemptId: string;
  /** Settles when somebody or something picks up, or when the call is over. */
  readonly answered: Promise<'answered' | 'over'>;
  /** Settles once, when the call is over or when we can no longer know. */
  readonly ended: Promise<CallEnd>;
  readonly ringingAt: Date | undefined;
  readonly answeredAt: Date | undefined;
  /** Plays sounds in turn and listens: for a key during them, and for some seconds after. */
  ask(sounds: readonly string[], listen: Listening): Promise<Heard>;
  /** Ends the call from our side; no error when it is over already. */
  hangUp(): Promise<void>;
}

export interface Listening {
  /** Silence after the last sound before we go on; 0 when only the sounds are to be heard. */
  withinSeconds: number;
  /** Keys that mean nothing and do not stop the sound, such as `*#`. */
  ignoring?: string;
}

export type Heard =
  | { kind: 'key'; digit: string; at: Date }
  | { kind: 'silence' }
  | { kind: 'hungUp' }
  /** The link to the exchange is lost: the call may well go on without us. */
  | { kind: 'linkLost' };

/** How a call that nobody answered ended; `normal` for one that was answered. */
export type HangupReason = 'normal' | 'busy' | 'noAnswer' | 'rejected' | 'numberInvalid' | 'networkFault';

/** What the exchange's own record says of a call that we did not see to its end. */
export interface CallRecord {
  startedAt: Date;
  answeredAt: Date | undefined;
  /** Missing when the exchange itself died during the call. */
  end: { at: Date; reason: HangupReason; cause: number } | undefined;
}

/** A check-in call as the exchange's record tells of it, whether we know of it or not. */
export interface RecordedCall extends CallRecord {
  attemptId: string;
  /** As it was ordered; undefined in records of before there were marks, and of calls that ended at once. */
  mark: string | undefined;
}

/** What the record holds of some time. */
export interface RecordedCalls {
  calls: readonly RecordedCall[];
  /** When the oldest call began that the record still has; undefined: it is empty. */
  reachesBackTo: Date | undefined;
}

/** The exchange's record of calls, kept while our process may be dead. */
export interface CallRecords {
  /** The record of each attempt that has one; an attempt without a record never reached the exchange. */
  find(attemptIds: readonly string[]): Promise<Map<string, CallRecord>>;
}

/** The same record, for those who want to know of calls that the database has forgotten. */
export interface AllCallRecords {
  /** Calls that began at this moment or later. */
  since(moment: Date): Promise<RecordedCalls>;
}

export type CallEnd =
  | {
      kind: 'ended';
      /** False when the exchange refused to start the call: nobody's phone rang. */
      started: boolean;
      /** Why it ended, in our words. */
      reason: HangupReason;
      /** Q.850 cause as the exchange gave it; 0 when unknown. Kept for those who ask the carrier. */
      cause: number;
      /** Last SIP status of the far side, when the exchange tells it. */
      sipStatus: number | undefined;
      hungUpBy: 'us' | 'them' | 'network';
      at: Date;
      /** Seconds that the far side spoke without a pause, longest first answer only. */
      longestTalkSeconds: number;
    }
  | { kind: 'unknown' };
