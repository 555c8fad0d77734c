import type { Answer } from '../checkins/attempt-outcome.js';
import { initialsOf } from './initials.js';
import type { StandIn } from './wallboard-settings.js';

/** Whom a call is for. */
export interface CalledPerson {
  name: string;
  kana: string;
  memberNumber: string;
}

/** A check-in call that goes on, or was over a moment ago. */
export interface LiveCallFacts {
  attemptId: string;
  state: 'dialling' | 'talking' | 'ended';
  /** Since when its state is so. */
  since: Date;
  /** The last key that was pressed. */
  key: { digit: string; answer: Answer | undefined } | undefined;
  /** How it ended. */
  outcome: string | undefined;
  /** Undefined until it is looked up. */
  person: CalledPerson | undefined;
}

export interface CallView {
  attemptId: string;
  /** A name, or what stands for it. */
  who: string;
  state: LiveCallFacts['state'];
  /** ISO 8601. */
  since: string;
  key: { digit: string; answer: Answer | null } | null;
  outcome: string | null;
}

export interface CallsTile {
  /** Calls that go on; more than are listed, maybe. */
  going: number;
  calls: CallView[];
}

/** More than anybody reads on a wall. */
const mostListed = 24;

/** The calls that go on now, longest first, then those that have just ended, the last one first. */
export function callsTile(calls: readonly LiveCallFacts[], showsNames: boolean, standIn: StandIn): CallsTile {
  const going = calls.filter(({ state }) => state !== 'ended');
  const ended = calls.filter(({ state }) => state === 'ended');
  ended.sort((one, other) => other.since.getTime() - one.since.getTime());
  const inOrder = [...going, ...ended].slice(0, mostListed);
  return {
    going: going.length,
    calls: inOrder.map(({ attemptId, person, state, since, key, outcome }) => ({
      attemptId,
      who: person ? shownAs(person, showsNames, standIn) : '…',
      state,
      since: since.toISOString(),
      key: key ? { digit: key.digit, answer: key.answer ?? null } : null,
      outcome: outcome ?? null,
    })),
  };
}

function shownAs({ name, kana, memberNumber }: CalledPerson, showsNames: boolean, standIn: StandIn): string {
  if (showsNames) return name;
  return standIn === 'memberNumbers' ? memberNumber : initialsOf(kana, memberNumber);
}
