/** What tells whether the service truly does its work. */
export interface WorkFacts {
  /** When the database last took a row of the watch. */
  wroteAt: Date | undefined;
  /** When the dead-man's sweep last came to its end. */
  sweptAt: Date | undefined;
  ari: boolean;
  ami: boolean;
  /** Dialling is held on purpose: the exchange need not be there then. */
  isHeld: boolean;
}

/** Why nothing is sent; the one elsewhere must miss it. */
export type NotWorking = 'databaseNotWritten' | 'sweepStands' | 'noExchange';

const writtenMs = 150_000;
const sweptMs = 60_000;

/** @returns undefined when it works */
export function whyNotWorking(facts: WorkFacts, now: Date): NotWorking | undefined {
  const isFresh = (at: Date | undefined, ms: number): boolean =>
    at !== undefined && now.getTime() - at.getTime() <= ms;
  if (!isFresh(facts.wroteAt, writtenMs)) return 'databaseNotWritten';
  if (!isFresh(facts.sweptAt, sweptMs)) return 'sweepStands';
  if (!facts.isHeld && !(facts.ari && facts.ami)) return 'noExchange';
  return undefined;
}

/** `waiting`: none was due yet. `withheld`: we do not work, and so send none. `unheard`: the other side did not take it. */
export interface HeartbeatStanding {
  state: 'waiting' | 'sent' | 'withheld' | 'unheard';
  since: Date;
  /** Why it is so; never a word of the address. */
  said?: string;
  lastSentAt?: Date;
}

/** What came of one try. */
export type Beat =
  { kind: 'sent' } | { kind: 'withheld'; said: NotWorking } | { kind: 'unheard'; said: string };

export function standingAfter(before: HeartbeatStanding, beat: Beat, now: Date): HeartbeatStanding {
  const lastSentAt = beat.kind === 'sent' ? now : before.lastSentAt;
  return {
    state: beat.kind,
    since: before.state === beat.kind ? before.since : now,
    ...(beat.kind !== 'sent' && { said: beat.said }),
    ...(lastSentAt && { lastSentAt }),
  };
}
