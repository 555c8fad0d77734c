import type { HangupReason } from '../checkins/phone.js';

/** The station's telephone rings; the person's rings; both talk; over. */
export type StationCallState = 'callingDesk' | 'callingThem' | 'talking' | 'ended';

export type StationCallOutcome =
  | 'answered'
  | 'busy'
  | 'noAnswer'
  | 'failed' // the network, or the carrier
  | 'notAllowed' // a number that is never dialled
  | 'deskHungUp' // before the person answered
  | 'deskBusy'
  | 'deskNoAnswer'
  | 'unknown'; // nobody saw the end, and no record tells it

/** What is kept of a call while it goes. */
export interface StationCallNow {
  state: StationCallState;
  placedAt: Date;
  deskAnsweredAt: Date | undefined;
  answeredAt: Date | undefined;
}

export interface StationCallNext extends Omit<StationCallNow, 'placedAt'> {
  endedAt: Date | undefined;
  outcome: StationCallOutcome | undefined;
}

/** What the exchange tells of a call at one moment. */
export interface StationCallSight {
  /** Its line lives. */
  isLive: boolean;
  /** What the dialplan noted, from the moment when the station's telephone was picked up. */
  noted:
    | { deskAnsweredAt: Date; answeredAt: Date | undefined; endedAt: Date | undefined; status: string }
    | undefined;
  /** The end of the station's line, by the exchange's record. */
  record: { at: Date; reason: HangupReason } | undefined;
}

/** Before this an order may still be on its way to the exchange. */
const onItsWayMs = 15_000;

/** DIALSTATUS of the person's line. */
const byStatus: Readonly<Record<string, StationCallOutcome>> = {
  ANSWER: 'answered',
  BUSY: 'busy',
  NOANSWER: 'noAnswer',
  CANCEL: 'deskHungUp',
  CHANUNAVAIL: 'failed',
  CONGESTION: 'failed',
  REFUSED: 'notAllowed',
};

/** What is true of a call now; undefined when nothing can be said yet. */
export function stationCallNext(
  call: StationCallNow,
  { isLive, noted, record }: StationCallSight,
  now: Date,
): StationCallNext | undefined {
  const deskAnsweredAt = call.deskAnsweredAt ?? noted?.deskAnsweredAt;
  const answeredAt = call.answeredAt ?? noted?.answeredAt;
  const known = { deskAnsweredAt, answeredAt };
  const end = (endedAt: Date, outcome: StationCallOutcome): StationCallNext => ({
    ...{ ...known, state: 'ended', endedAt, outcome },
  });
  if (noted?.endedAt)
    return end(noted.endedAt, answeredAt ? 'answered' : (byStatus[noted.status] ?? 'unknown'));
  if (isLive) {
    const state = answeredAt ? 'talking' : deskAnsweredAt ? 'callingThem' : 'callingDesk';
    return { ...known, state, endedAt: undefined, outcome: undefined };
  }
  if (record) return end(record.at, answeredAt ? 'answered' : outcomeOfDesk(record.reason, deskAnsweredAt));
  if (now.getTime() - call.placedAt.getTime() < onItsWayMs) return undefined;
  return end(now, answeredAt ? 'answered' : 'unknown');
}

function outcomeOfDesk(reason: HangupReason, deskAnsweredAt: Date | undefined): StationCallOutcome {
  if (deskAnsweredAt) return 'unknown';
  if (reason === 'busy') return 'deskBusy';
  return reason === 'noAnswer' || reason === 'rejected' || reason === 'normal' ? 'deskNoAnswer' : 'failed';
}
