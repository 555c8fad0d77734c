import type { CardContent } from './card-fields.js';
import type { Triage } from './triage.js';

export type CardState = 'draft' | 'finished';
export type CardChannel = 'phone' | 'visit' | 'mail' | 'outreach';

/** Somebody of ours, by their account. */
export interface Counsellor {
  id: number;
  name: string;
}

/** A consultation card (相談票) as it is stored. */
export interface Card {
  id: number;
  organizationId: number;
  caseId: number | undefined;
  personId: number | undefined;
  /** The check-in subscriber whom it became, or is about. */
  subscriberId: number | undefined;
  state: CardState;
  /** Grows by one with every save; a save must name the one it started from. */
  version: number;
  channel: CardChannel;
  triage: Triage | undefined;
  receivedAt: Date;
  receivedBy: Counsellor | undefined;
  content: CardContent;
  savedBy: Counsellor | undefined;
  savedAt: Date;
  finishedAt: Date | undefined;
  calls: CallOfCard[];
}

export interface CallOfCard {
  pbxId: string;
  callId: string;
}

/** A line of a list of cards. */
export interface CardLine {
  id: number;
  caseId: number | undefined;
  state: CardState;
  channel: CardChannel;
  triage: Triage | undefined;
  receivedAt: Date;
  receivedBy: Counsellor | undefined;
  name: string;
  kana: string;
  mainTrouble: string | undefined;
}

export interface KnownSubscriber {
  id: number;
  stationId: number;
  stationName: string;
  memberNumber: string;
  name: string;
  kana: string;
  birthDate: string | undefined;
  withdrawnOn: string | undefined;
  openAlerts: { id: number; reason: string; openedAt: Date }[];
}

export interface KnownCase {
  id: number;
  title: string;
  state: 'open' | 'closed';
  openedAt: Date;
}

export interface OpenTask {
  id: number;
  kind: 'callBack' | 'message';
  state: 'open' | 'taken';
  dueAt: Date;
  createdAt: Date;
}

/** What the number of a caller tells; all empty when it is hidden or nobody knows it. */
export interface NumberFacts {
  subscribers: KnownSubscriber[];
  /** The newest first. */
  earlierCards: CardLine[];
  cases: KnownCase[];
  openTasks: OpenTask[];
}

/** What a counsellor's screen shows when a call is answered. */
export interface CardView {
  card: Card;
  known: NumberFacts;
}

export const nothingKnown: NumberFacts = { subscribers: [], earlierCards: [], cases: [], openTasks: [] };

/**
 * What a new card says from the start. Only one person may have the number for their name to be put down:
 * of a couple's shared number nobody can tell who speaks.
 */
export function contentToStart(number: string | undefined, known: NumberFacts): CardContent {
  if (number === undefined || number === '') return {};
  const present = known.subscribers.filter(({ withdrawnOn }) => withdrawnOn === undefined);
  const [only, ...others] = present;
  if (!only || others.length > 0) return { callerNumber: number };
  return {
    callerNumber: number,
    principal: {
      name: only.name,
      kana: only.kana,
      ...(only.birthDate !== undefined && { birthDate: only.birthDate }),
      phones: [number],
    },
  };
}

/** The one subscriber whom the number belongs to. */
export function onlySubscriber(known: NumberFacts): number | undefined {
  const present = known.subscribers.filter(({ withdrawnOn }) => withdrawnOn === undefined);
  return present.length === 1 ? present[0]?.id : undefined;
}
