import type { HangupReason } from '../checkins/phone.js';

interface Ended {
  /** Q.850 */
  cause: number;
  sipStatus: number | undefined;
  /** Whether the far side told of ringing, as a signal or as early media. */
  rang: boolean;
}

/** SIP final answers whose meaning does not depend on whether the phone rang (RFC 3261, 21). */
const bySipStatus: Readonly<Record<number, HangupReason>> = {
  404: 'numberInvalid',
  410: 'numberInvalid',
  480: 'noAnswer',
  484: 'numberInvalid',
  486: 'busy',
  600: 'busy',
  603: 'rejected',
  604: 'numberInvalid',
};

/** Q.850 causes as Asterisk maps them from SIP. What is not listed is a fault of the network or of ours. */
const byCause: Readonly<Record<number, HangupReason>> = {
  1: 'numberInvalid',
  16: 'noAnswer',
  17: 'busy',
  18: 'noAnswer',
  19: 'noAnswer',
  20: 'noAnswer',
  21: 'rejected',
  22: 'numberInvalid',
  28: 'numberInvalid',
};

/**
 * How a call that nobody answered ended. When in doubt it is the network's fault:
 * a fault must never count against the person.
 */
export function hangupReason(end: Ended): HangupReason {
  const reason = reasonByCode(end);
  // The carrier's silence looks like a person's; without any ringing nobody was asked.
  return reason === 'noAnswer' && !end.rang ? 'networkFault' : reason;
}

function reasonByCode(end: Ended): HangupReason {
  const { cause, sipStatus, rang } = end;
  // 403 before any ringing is the carrier refusing us; after ringing it is the person's phone.
  if (sipStatus === 403 || (sipStatus === undefined && cause === 21))
    return rang ? 'rejected' : 'networkFault';
  if (sipStatus !== undefined && sipStatus >= 400)
    return bySipStatus[sipStatus] ?? (rang ? 'noAnswer' : 'networkFault');
  return byCause[cause] ?? 'networkFault';
}
