import type { CallPolicy } from '../checkins/call-policy.js';
import type { LedgerState } from '../checkins/ledger-state.js';
import type { CheckinTimeline } from '../checkins/timeline.js';
import type { ChangeEntry } from './change-log-store.js';
import type { ConsentEntry, Contact } from './contact.js';
import type { CallPlan, ImportedSubscriber } from './import/subscriber-row.js';
import type { StoredPause } from './pause-store.js';

/** One line of the list of people. */
export interface ListedPerson {
  id: number;
  stationId: number;
  memberNumber: string;
  name: string;
  kana: string;
  withdrawn: boolean;
  plan?: CallPlan;
  /** The pause that is, or comes next. */
  pause?: { fromOn: string; untilOn: string };
  /** How the last check-in stands. */
  last?: { dueOn: string; state: LedgerState };
}

export interface PeoplePage {
  people: ListedPerson[];
  /** How many there are in all. */
  total: number;
  /** For the page after this one; missing on the last. */
  after?: number;
  /** The tenant's day. */
  today: string;
  /** People whose pause ends within three days. */
  endingSoon: { id: number; name: string; untilOn: string }[];
}

/** How a check-in of the last weeks ended. */
export interface RecentCheckin {
  id: number;
  dueOn: string;
  dueAt: Date;
  state: LedgerState;
  attempts: number;
}

export interface RecentAttempt {
  at: Date;
  phonePosition: number;
  outcome: string | undefined;
  checkinId: number;
}

/** Everything that is known of a person. */
export interface PersonRecord {
  id: number;
  version: number;
  organizationId: number;
  stationId: number;
  stationName: string;
  timeZone: string;
  /** The tenant's day. */
  today: string;
  person: ImportedSubscriber;
  pauses: StoredPause[];
  contacts: Contact[];
  consents: ConsentEntry[];
  changes: ChangeEntry[];
  /** Of the last eight weeks, the newest first. */
  checkIns: RecentCheckin[];
  attempts: RecentAttempt[];
  callingHours: CallPolicy['callingHours'];
}

export interface PersonHistory {
  checkIns: CheckinTimeline[];
  /** For the page after this one, in ms; missing on the last. */
  before?: number;
}
