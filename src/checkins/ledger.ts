import type { Answer } from './attempt-outcome.js';
import { ledgerStateOf, ledgerStates, type CheckinOfDay, type LedgerState } from './ledger-state.js';

/** One call of a check-in, with the keys that mean something in the order they were pressed. */
export interface AttemptFacts {
  claimedAt: Date;
  endedAt: Date | undefined;
  keys: readonly { at: Date; answer: Answer | undefined }[];
}

/** A check-in of the day with everything that its line tells. */
export interface LedgerFacts extends CheckinOfDay {
  checkinId: number;
  subscriberId: number;
  memberNumber: string;
  name: string;
  kana: string;
  dueAt: Date;
  settledAt: Date | undefined;
  /** In the order they were made. */
  calls: readonly AttemptFacts[];
  openAlert: { id: number; reason: string; openedAt: Date } | undefined;
  phonedBackAt: Date | undefined;
}

/** One person of the day; what is not known or does not apply is left out. */
export interface LedgerLine {
  checkinId: number;
  subscriberId: number;
  memberNumber: string;
  name: string;
  kana: string;
  state: LedgerState;
  /** Since when it is so. */
  since: Date;
  dueAt: Date;
  nextCallAt?: Date;
  attempts: number;
  /** How the last call ended. */
  lastOutcome?: string;
  lastKeyAt?: Date;
  /** Worse than the answer, pressed before it in the same call. */
  earlierKey?: Answer;
  /** The person phoned us that day. It does not count as well. */
  phonedBackAt?: Date;
  openAlert?: { id: number; reason: string; openedAt: Date };
  /** The day that it was moved to, or was planned for. */
  movedTo?: string;
  movedFrom?: string;
}

export interface LedgerStation {
  id: number;
  name: string;
  organizationId: number;
  organizationName: string;
  timeZone: string;
}

export interface StationLedger {
  station: LedgerStation;
  date: string;
  /** When the data was read. */
  asOf: Date;
  /** People of whom nothing is known yet: the number to look at first. */
  headline: number;
  counts: Record<LedgerState, number>;
  lines: LedgerLine[];
}

/** The ledger of one station's day: each check-in in exactly one state, those who need a look first. */
export function stationLedger(
  station: LedgerStation,
  date: string,
  facts: readonly LedgerFacts[],
  asOf: Date,
): StationLedger {
  const lines = facts
    // A day that another day's call serves has its line in its own ledger, not in that other day's.
    .filter(
      ({ result, dueOn, plannedOn }) => !(result === 'closedDay' && dueOn === date && plannedOn !== date),
    )
    .map((one) => ledgerLine(one, date, station.timeZone))
    .sort(inOrderOfNeed);
  const counts = Object.fromEntries(ledgerStates.map((state) => [state, 0])) as Record<LedgerState, number>;
  for (const { state } of lines) counts[state]++;
  return { station, date, asOf, headline: counts.stillUnknown, counts, lines };
}

/** The line of one check-in in the ledger of a day. */
export function ledgerLine(facts: LedgerFacts, date: string, zone: string): LedgerLine {
  const { checkinId, subscriberId, memberNumber, name, kana, dueAt, attempts } = facts;
  const state = ledgerStateOf(facts, date, zone);
  const line: LedgerLine = {
    checkinId,
    subscriberId,
    memberNumber,
    name,
    kana,
    state,
    since: sinceWhen(facts),
    dueAt,
    attempts,
  };
  if (facts.state === 'due') line.nextCallAt = facts.nextCallAt;
  if (facts.result !== undefined && facts.state !== 'cancelled') line.lastOutcome = facts.result;
  const lastKey = facts.calls.flatMap(({ keys }) => keys).at(-1);
  if (lastKey) line.lastKeyAt = lastKey.at;
  const earlier = earlierWorseKey(facts.calls);
  if (earlier) line.earlierKey = earlier;
  if (facts.phonedBackAt) line.phonedBackAt = facts.phonedBackAt;
  if (facts.openAlert) line.openAlert = facts.openAlert;
  if (facts.dueOn !== date) line.movedTo = facts.dueOn;
  else if (facts.plannedOn !== date) line.movedFrom = facts.plannedOn;
  return line;
}

function sinceWhen({ settledAt, calls, dueAt, state }: LedgerFacts): Date {
  if (settledAt) return settledAt;
  const last = calls.at(-1);
  return (state === 'calling' ? last?.claimedAt : last?.endedAt) ?? dueAt;
}

const badness: Record<Answer, number> = { ok: 0, contactRequested: 1, unwell: 2 };

/** The worst answer that the last one of the same call took back, if it was worse. */
function earlierWorseKey(calls: readonly AttemptFacts[]): Answer | undefined {
  const given = calls
    .map(({ keys }) => keys.flatMap(({ answer }) => answer ?? []))
    .findLast((answers) => answers.length > 0);
  const last = given?.at(-1);
  const [worst] = (given ?? []).toSorted((one, other) => badness[other] - badness[one]);
  return last && worst && badness[worst] > badness[last] ? worst : undefined;
}

function inOrderOfNeed(one: LedgerLine, other: LedgerLine): number {
  return (
    ledgerStates.indexOf(one.state) - ledgerStates.indexOf(other.state) ||
    one.dueAt.getTime() - other.dueAt.getTime() ||
    (one.kana < other.kana ? -1 : Number(one.kana > other.kana)) ||
    one.checkinId - other.checkinId
  );
}
