import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Organization } from '../organizations/organization-store.js';
import {
  outcomeOfAttempt,
  outcomeWord,
  type Answer,
  type AttemptOutcome,
  type Conversation,
} from './attempt-outcome.js';
import type { AttemptResult, PressedKey } from './attempt-store.js';
import { askHowTheyAre, type CallScript } from './call-script.js';
import type { ClaimedAttempt } from './claim-store.js';
import type { CallEnd, CallRecord, PhoneCall } from './phone.js';
import type { ResultKeeper } from './result-keeper.js';
import { decideNextStep } from './retry-policy.js';

/** What happens in calls, for those who watch; nothing depends on it. */
export type CallWatcher = (news: {
  attemptId: string;
  checkinId: number;
  subscriberId: number;
  what: 'dialling' | 'ringing' | 'talking' | 'key' | 'ended';
  detail?: string;
}) => void;

export interface AttemptDependencies {
  keeper: ResultKeeper;
  scriptFor: (attempt: ClaimedAttempt, organization: Organization) => CallScript;
  clock: Clock;
  log: Logger;
  watch: CallWatcher;
}

/** One attempt in our hands. */
export interface Conducted {
  /** Settles when the line is free again; `unknown` when only the exchange's record can tell the end. */
  lineFree: Promise<'ended' | 'unknown'>;
  /** Settles when the result is stored, or at once when the end is unknown: recovery settles those. */
  stored: Promise<void>;
  /** Whose fault the end was, once known. */
  outcome: Promise<AttemptOutcome | undefined>;
}

/** Conducts one claimed attempt over a call that is placed or taken up. Read this file first. */
export function conductAttempt(
  attempt: ClaimedAttempt,
  call: PhoneCall,
  organization: Organization,
  /** Set for a call that is taken up again: the keys that were kept of it. */
  keysBefore: readonly PressedKey[] | undefined,
  { keeper, scriptFor, clock, log, watch }: AttemptDependencies,
): Conducted {
  const { attemptId, checkin } = attempt;
  const tell = (what: 'dialling' | 'ringing' | 'talking' | 'key' | 'ended', detail?: string): void =>
    watch({
      attemptId,
      checkinId: checkin.id,
      subscriberId: checkin.subscriberId,
      what,
      ...(detail ? { detail } : {}),
    });
  const keys = [...(keysBefore ?? [])];
  const witness = async ({
    digit,
    at,
    answer,
  }: {
    digit: string;
    at: Date;
    answer: Answer | undefined;
  }): Promise<void> => {
    const key = { position: keys.length + 1, digit, at, answer };
    keys.push(key);
    tell('key', digit);
    await keeper.keepKey(attemptId, key);
  };
  const converse = async (): Promise<Conversation | undefined> => {
    tell('dialling');
    if ((await call.answered) === 'over') return undefined;
    tell('talking');
    const policy = organization.policies[checkin.preset];
    const isLastTry = checkin.missed + 1 >= policy.maxMissed;
    const script = scriptFor(attempt, organization);
    const conversation = await askHowTheyAre(call, script, witness, isLastTry);
    if (conversation.kind !== 'linkLost') await call.hangUp();
    return conversation;
  };
  const conversing = converse().catch((error: unknown): undefined => {
    log.error({ event: 'attempt.conversation_failed', attemptId, err: error }, 'a conversation broke off');
    void call.hangUp().catch(() => undefined);
  });

  const outcome = Promise.all([call.ended, conversing]).then(([end, conversation]) => {
    if (end.kind === 'unknown') return undefined;
    // Who hangs up on a call that we let fall silent has done nothing early: the fault is ours.
    const interrupted = keysBefore !== undefined && conversation?.kind === 'hungUp';
    return outcomeFromCall(
      end,
      call.answeredAt !== undefined,
      lastWord(keys, interrupted ? undefined : conversation),
    );
  });
  const stored = Promise.all([call.ended, outcome]).then(async ([end, known]) => {
    if (end.kind === 'unknown' || !known) return;
    const started = end.started;
    const rang = call.ringingAt !== undefined || call.answeredAt !== undefined;
    tell('ended', outcomeWord(known));
    const { ringingAt, answeredAt } = call;
    const { cause, sipStatus, hungUpBy, at: endedAt } = end;
    const facts = { started, ringingAt, answeredAt, endedAt, cause, sipStatus, hungUpBy };
    await settle(
      attempt,
      organization,
      known,
      { ...facts, rang, settledBy: 'call', keys },
      { keeper, clock, log },
    );
  });
  return { lineFree: call.ended.then((end) => end.kind), stored, outcome };
}

function outcomeFromCall(
  end: Extract<CallEnd, { kind: 'ended' }>,
  answered: boolean,
  conversation: Conversation | undefined,
): AttemptOutcome {
  return outcomeOfAttempt({
    reason: end.reason,
    answered,
    conversation,
    longestTalkSeconds: end.longestTalkSeconds,
  });
}

/** The last key that means something is the answer, also when the call broke off after it. */
function lastWord(
  keys: readonly PressedKey[],
  conversation: Conversation | undefined,
): Conversation | undefined {
  const answer = keys.findLast((key) => key.answer !== undefined)?.answer;
  return answer ? { kind: 'answer', answer } : conversation;
}

/** All of a result but what is decided from it. */
type SettleFacts = Omit<AttemptResult, 'attempt' | 'outcome' | 'next' | 'missed' | 'rung'> & {
  rang: boolean;
};

/** Decides the next step of an ended attempt and stores both. */
async function settle(
  attempt: ClaimedAttempt,
  organization: Organization,
  outcome: AttemptOutcome,
  { rang, ...facts }: SettleFacts,
  { keeper, clock, log }: Pick<AttemptDependencies, 'keeper' | 'clock' | 'log'>,
): Promise<void> {
  const { attemptId, checkin } = attempt;
  const missed = checkin.missed + (outcome.kind === 'missed' ? 1 : 0);
  const rung = checkin.rung + (rang ? 1 : 0);
  const policy = organization.policies[checkin.preset];
  const { dueAt, giveUpAt } = checkin;
  const next = decideNextStep(
    outcome,
    { dueAt, giveUpAt, missed, rung },
    policy,
    organization.timeZone,
    clock(),
  );
  const won = await keeper.keep({ attempt, outcome, next, missed, rung, ...facts });
  log.info(
    { event: 'attempt.ended', attemptId, checkinId: checkin.id, next: next.kind, won },
    'an attempt ended',
  );
}

/**
 * Settles an attempt that nobody saw to its end, by the exchange's own record of it.
 * A fault of ours is never the person's: without a key, an answered call that broke off is our fault.
 */
export async function settleFromRecord(
  attempt: ClaimedAttempt,
  keys: readonly PressedKey[],
  record: CallRecord | undefined,
  organization: Organization,
  dependencies: Pick<AttemptDependencies, 'keeper' | 'clock' | 'log'>,
): Promise<AttemptOutcome> {
  const reason = record?.end?.reason ?? 'networkFault';
  const answeredAt = record?.answeredAt;
  const conversation = lastWord(keys, undefined);
  const answered = answeredAt !== undefined || conversation !== undefined;
  const outcome = outcomeOfAttempt({ reason, answered, conversation, longestTalkSeconds: 0 });
  const facts: SettleFacts = {
    started: record !== undefined,
    // The record does not tell ringing: without an end, or with one that needs ringing, it may have rung.
    rang: record !== undefined && (record.end === undefined || reason !== 'networkFault'),
    ringingAt: undefined,
    answeredAt,
    endedAt: record?.end?.at ?? dependencies.clock(),
    cause: record?.end?.cause ?? 0,
    sipStatus: undefined,
    hungUpBy: undefined,
    settledBy: 'record',
    keys,
  };
  await settle(attempt, organization, outcome, facts, dependencies);
  return outcome;
}
