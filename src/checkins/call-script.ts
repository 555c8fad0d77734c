import type { Answer, Conversation } from './attempt-outcome.js';
import type { Heard, PhoneCall } from './phone.js';

/** What is said and what the keys mean: the tenant's data, as sounds to play in turn. */
export interface CallScript {
  opening: readonly string[];
  /** The question as heard right after the opening, and when it is asked again. */
  ask: readonly string[];
  askAgain: readonly string[];
  wrongKey: readonly string[];
  confirm: (digit: string, answer: Answer) => readonly string[];
  goodbye: readonly string[];
  /** Said when no key came: either we phone again, or somebody of the station does. */
  callAgainLater: readonly string[];
  staffWillCall: readonly string[];
  answers: ReadonlyMap<string, Answer>;
  repeatKey: string;
  /** Pressed first on pulse phones to turn them to tones; never an answer. */
  ignoredKeys: string;
  maxAsks: number;
  keySeconds: number;
}

/** Told of every key that counts, before anything is said about it. */
export type KeyWitness = (key: { digit: string; at: Date; answer: Answer | undefined }) => Promise<void>;

/**
 * The conversation of a check-in call. The last key that means something is the answer:
 * while it is confirmed, another key corrects it.
 *
 * @param isLastTry decides what a silent person is told at the end
 */
export async function askHowTheyAre(
  call: PhoneCall,
  script: CallScript,
  witness: KeyWitness,
  isLastTry: boolean,
): Promise<Conversation> {
  let sounds = [...script.opening, ...script.ask];
  let wrongKeys = 0;
  for (let asked = 1; asked <= script.maxAsks;) {
    const heard = await call.ask(sounds, { withinSeconds: script.keySeconds, ignoring: script.ignoredKeys });
    if (heard.kind === 'hungUp' || heard.kind === 'linkLost') return heard;
    if (heard.kind === 'key' && heard.digit === script.repeatKey) {
      await witness({ ...heard, answer: undefined });
      asked++;
      sounds = [...script.ask];
      continue;
    }
    if (heard.kind === 'key') {
      const answer = script.answers.get(heard.digit);
      await witness({ ...heard, answer });
      if (answer) return confirm(call, script, witness, { ...heard, answer });
      wrongKeys++;
    }
    asked++;
    sounds = heard.kind === 'key' ? [...script.wrongKey, ...script.ask] : [...script.askAgain];
  }
  await call.ask(isLastTry ? script.staffWillCall : script.callAgainLater, {
    withinSeconds: 0,
    ignoring: allKeys,
  });
  return { kind: wrongKeys > 0 ? 'wrongKeys' : 'noKey' };
}

const allKeys = '0123456789*#ABCD';

/** Says what was understood, for as long as it is corrected; then goodbye. */
async function confirm(
  call: PhoneCall,
  script: CallScript,
  witness: KeyWitness,
  first: { digit: string; answer: Answer },
): Promise<Conversation> {
  let given = first;
  let corrections = 0;
  for (;;) {
    const ignoring = keysThatCorrectNothing(script, given.digit);
    const heard: Heard = await call.ask(script.confirm(given.digit, given.answer), {
      withinSeconds: 1,
      ignoring,
    });
    const answer = heard.kind === 'key' ? script.answers.get(heard.digit) : undefined;
    if (heard.kind !== 'key' || !answer || corrections >= 5) break;
    corrections++;
    await witness({ ...heard, answer });
    given = { digit: heard.digit, answer };
  }
  await call.ask(script.goodbye, { withinSeconds: 0, ignoring: allKeys });
  return { kind: 'answer', answer: given.answer };
}

function keysThatCorrectNothing(script: CallScript, given: string): string {
  return allKeys
    .split('')
    .filter((key) => key === given || !script.answers.has(key))
    .join('');
}
