import { alertReasons, type AlertReason } from './retry-policy.js';
import { localDate } from './local-day.js';

/** Every state a person of a day can be in, in the order in which a station needs to see them. */
export const ledgerStates = [
  'stillUnknown', // due, and not called yet
  'unwell',
  'contactRequested',
  'noResponse',
  'hungUpEarly',
  'numberInvalid',
  'weCouldNotCall',
  'calling',
  'callingAgain', // later on the same day
  'callingAgainTomorrow', // 松戸方式: the second day's call ends it
  'ok',
  'confirmedByOther',
  'moved', // off a closed day, to another day's ledger
  'paused',
  'withdrawn',
  'closedDay', // the next open day's own call serves this day too
  'cancelled',
] as const;
export type LedgerState = (typeof ledgerStates)[number];

/** What the database says of one check-in, as far as its state needs it. */
export interface CheckinOfDay {
  state: 'due' | 'calling' | 'answered' | 'alerted' | 'confirmed' | 'cancelled';
  /** Last outcome word, or why it was cancelled. */
  result: string | undefined;
  plannedOn: string;
  dueOn: string;
  nextCallAt: Date;
  missed: number;
  attempts: number;
  /** The newest alert about it, open or closed. */
  alertReason: string | undefined;
  /** A pause of the person covers the day. */
  pausedThatDay: boolean;
  withdrawnOn: string | undefined;
}

/**
 * The one state of a check-in in the ledger of a day.
 *
 * A pause counts ahead of the call that it prevents, but never hides a person who was called and missed:
 * until the dialler has cancelled that check-in, its next call stands.
 */
export function ledgerStateOf(checkin: CheckinOfDay, date: string, zone: string): LedgerState {
  if (checkin.dueOn !== date) return checkin.result === 'closedDay' ? 'closedDay' : 'moved';
  switch (checkin.state) {
    case 'due':
      if (checkin.attempts > 0) {
        return localDate(checkin.nextCallAt, zone) > date ? 'callingAgainTomorrow' : 'callingAgain';
      }
      if (checkin.withdrawnOn !== undefined && checkin.withdrawnOn <= date) return 'withdrawn';
      return checkin.pausedThatDay ? 'paused' : 'stillUnknown';
    case 'calling':
      return 'calling';
    case 'answered':
      return 'ok';
    case 'alerted':
      return stateOfAlerted(checkin);
    case 'confirmed':
      return 'confirmedByOther';
    case 'cancelled':
      return stateOfCancelled(checkin.result);
  }
}

/** A call that the deadline overtook may still have ended in a worse word than the alert's: the worse one shows. */
function stateOfAlerted({ alertReason, result, missed }: CheckinOfDay): AlertReason {
  const told = [alertReason, result].flatMap((word) => alertReasons.filter((reason) => reason === word));
  const [worst] = told.sort((one, other) => ledgerStates.indexOf(one) - ledgerStates.indexOf(other));
  return worst ?? (missed > 0 ? 'noResponse' : 'weCouldNotCall');
}

function stateOfCancelled(result: string | undefined): LedgerState {
  const known = (['paused', 'withdrawn', 'closedDay'] as const).find((why) => why === result);
  return known ?? 'cancelled';
}
