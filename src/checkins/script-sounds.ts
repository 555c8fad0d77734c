import { join } from 'node:path';
import { openingFor } from '../prompts/sound-files.js';
import type { Answer } from './attempt-outcome.js';
import type { CallScript } from './call-script.js';

/** What a call sounds like depends on the tenant, the station, the person and the hour. */
export interface ScriptFacts {
  soundsRoot: string;
  language: string;
  speechRate: string;
  localHour: number;
  /** Recordings of the tenant's and the station's names, such as `names/matsudo`. */
  spokenNames: readonly string[];
  keyMap: ReadonlyMap<string, Answer>;
  maxAsks: number;
  keySeconds: number;
}

const askParts: Readonly<Record<Answer, string>> = {
  ok: 'ask-ok',
  unwell: 'ask-unwell',
  contactRequested: 'ask-contact-requested',
};
const confirmations: Readonly<Record<Answer, string>> = {
  ok: 'confirm-ok',
  unwell: 'confirm-unwell',
  contactRequested: 'confirm-contact-requested',
};
const repeatKey = '0';
const usualKeys = '1=ok,2=unwell,3=contactRequested';

/** Puts the recordings of one call together. */
export function scriptSounds(facts: ScriptFacts): CallScript {
  const { soundsRoot, language, speechRate, keyMap } = facts;
  const sound = (name: string): string => join(soundsRoot, language, speechRate, name);
  const ask = askSounds(keyMap).map(sound);
  return {
    opening: [openingFor(facts.localHour), ...facts.spokenNames].map(sound),
    ask,
    askAgain: [...['no-key', 'tone-hint'].map(sound), ...ask],
    wrongKey: [sound('wrong-key')],
    confirm: (digit, answer) => [`digit-${digit}`, confirmations[answer], 'fix'].map(sound),
    goodbye: [sound('goodbye')],
    callAgainLater: [sound('call-again-later'), sound('goodbye')],
    staffWillCall: [sound('staff-will-call'), sound('goodbye')],
    answers: keyMap,
    repeatKey,
    ignoredKeys: '*#',
    maxAsks: facts.maxAsks,
    keySeconds: facts.keySeconds,
  };
}

/** One recording for the usual keys; for a tenant's own keys the question is joined from its parts. */
function askSounds(keyMap: ReadonlyMap<string, Answer>): string[] {
  const keys = [...keyMap].map(([digit, answer]) => `${digit}=${answer}`);
  if (keys.sort().join(',') === usualKeys) return ['ask'];
  const parts = [...keyMap].flatMap(([digit, answer]) => [askParts[answer], `digit-${digit}`]);
  return ['ask-lead', ...parts, 'ask-repeat', `digit-${repeatKey}`];
}
