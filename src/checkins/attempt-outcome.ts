import type { HangupReason } from './phone.js';

/** What a person can tell us with a key. */
export const answers = ['ok', 'unwell', 'contactRequested'] as const;
export type Answer = (typeof answers)[number];

/** The person, or the person's phone, was reached or could have been, and gave no answer. */
export const missReasons = [
  'noAnswer',
  'busy',
  'rejected',
  'machine',
  'screened',
  'answeredNoKey',
  'invalidKey',
] as const;
export type MissReason = (typeof missReasons)[number];

/** How an attempt ended, in our words, and so whose fault it was: only `missed` counts against the tries. */
export type AttemptOutcome =
  | { kind: Answer }
  | { kind: 'hungUpEarly' }
  | { kind: 'numberInvalid' }
  | { kind: 'trunkError' }
  | { kind: 'missed'; reason: MissReason };

/** How the conversation went, as far as it came. */
export type Conversation =
  | { kind: 'answer'; answer: Answer }
  | { kind: 'noKey' }
  | { kind: 'wrongKeys' }
  | { kind: 'hungUp' }
  | { kind: 'linkLost' };

/** Longer than this without a pause is a recorded greeting, not a person's はい (Asterisk's AMD says 1.5 s; a slow person needs more). */
const machineTalkSeconds = 4;

/** One word for an outcome, as it is stored and shown. */
export function outcomeWord(outcome: AttemptOutcome): string {
  return outcome.kind === 'missed' ? outcome.reason : outcome.kind;
}

/**
 * Says how an attempt ended. Only a key is an answer: an answered call is not.
 * A machine is a label, and a miss like any other.
 */
export function outcomeOfAttempt(facts: {
  reason: HangupReason;
  answered: boolean;
  conversation: Conversation | undefined;
  longestTalkSeconds: number;
}): AttemptOutcome {
  const { reason, answered, conversation, longestTalkSeconds } = facts;
  if (!answered) return unansweredOutcome(reason);
  switch (conversation?.kind) {
    case 'answer':
      return { kind: conversation.answer };
    case 'wrongKeys':
      return { kind: 'missed', reason: 'invalidKey' };
    case 'noKey':
      return {
        kind: 'missed',
        reason: longestTalkSeconds >= machineTalkSeconds ? 'machine' : 'answeredNoKey',
      };
    case 'hungUp':
      return { kind: 'hungUpEarly' };
    case 'linkLost':
    case undefined:
      return { kind: 'trunkError' };
  }
}

function unansweredOutcome(reason: HangupReason): AttemptOutcome {
  switch (reason) {
    case 'numberInvalid':
      return { kind: 'numberInvalid' };
    case 'busy':
    case 'noAnswer':
    case 'rejected':
      return { kind: 'missed', reason };
    case 'normal':
    case 'networkFault':
      return { kind: 'trunkError' };
  }
}
