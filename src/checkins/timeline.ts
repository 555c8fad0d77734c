import type { Answer } from './attempt-outcome.js';

/** One thing that happened to a check-in, or is to happen next. */
export type TimelineEvent = { at: Date } & (
  | { kind: 'due'; plannedOn: string; dueOn: string }
  | { kind: 'callStarted'; attemptId: string; phonePosition: number; pbxId: string }
  | { kind: 'ringing' | 'answered'; attemptId: string }
  | { kind: 'key'; attemptId: string; digit: string; answer: Answer | undefined }
  | {
      kind: 'callEnded';
      attemptId: string;
      /** False when the exchange refused to start the call: nobody's phone rang. */
      started: boolean;
      outcome: string | undefined;
      hungUpBy: string | undefined;
      /** Q.850 cause and SIP status, for those who ask the carrier. */
      cause: number | undefined;
      sipStatus: number | undefined;
      /** `record` when nobody saw the end and the exchange's record told it. */
      settledBy: string | undefined;
    }
  | { kind: 'alertOpened' | 'alertClosed'; alertId: number; reason: string }
  /** What a person did: see src/alerts/alert-work.ts for the words; `userId` is missing for the terminal. */
  | { kind: 'personStep'; step: string; reason: string | undefined; userId: number | undefined }
  /** Somebody at the station phoned them by click. */
  | { kind: 'stationCall'; callId: string; outcome: string | undefined; userId: number | undefined }
  | { kind: 'phonedBack'; leftMessage: boolean }
  | { kind: 'settled'; state: string; result: string | undefined }
  | { kind: 'nextCall' }
);

export interface CheckinTimeline {
  checkinId: number;
  subscriberId: number;
  stationId: number;
  organizationId: number;
  state: string;
  result: string | undefined;
  plannedOn: string;
  dueOn: string;
  dueAt: Date;
  giveUpAt: Date;
  events: TimelineEvent[];
}

/** Breaks ties of one moment in the order in which things cause each other. */
const orderAtOnce: readonly TimelineEvent['kind'][] = [
  'due',
  'callStarted',
  'ringing',
  'answered',
  'key',
  'callEnded',
  'settled',
  'alertOpened',
  'phonedBack',
  'stationCall',
  'personStep',
  'alertClosed',
  'nextCall',
];

/** Events in the order in which they happened; those without an instant did not happen. */
export function inOrder(events: readonly TimelineEvent[]): TimelineEvent[] {
  return events.toSorted(
    (one, other) =>
      one.at.getTime() - other.at.getTime() ||
      orderAtOnce.indexOf(one.kind) - orderAtOnce.indexOf(other.kind),
  );
}
