import { hotlinePrompts } from './hotline-prompts.js';
import { numberPrompts } from './number-prompts.js';
import { sampleNameTexts } from './sample-names.js';
import { defaultSpeechRate, speechRates, type SpeechRate } from './sound-files.js';
import { stockPrompts } from './stock-prompts.js';

/** One folder of recordings: which texts, how fast. */
export interface SoundSet {
  /** Below the folder of the sounds. */
  folder: `ja/${string}`;
  rate: SpeechRate;
  /** Sound name to the text that is spoken in it. */
  texts: Readonly<Record<string, string>>;
  /** Silence at both ends, if not the usual. */
  marginSeconds?: number;
}

/** Between the parts of one number there is no pause: にじゅう、よん would be heard as two numbers. */
const NUMBER_MARGIN_SECONDS = 0.02;

/**
 * Who phones the hotline is often old, worried or both, and cannot choose a rate as a subscriber can: so it is the
 * subscribers' own default. `slower` would make the greeting alone 2 s longer, and people hang up before they
 * have heard which key to press.
 */
const hotlineSets: readonly SoundSet[] = [
  { folder: 'ja/hotline', rate: defaultSpeechRate, texts: hotlinePrompts },
  {
    folder: 'ja/digits',
    rate: defaultSpeechRate,
    texts: numberPrompts,
    marginSeconds: NUMBER_MARGIN_SECONDS,
  },
];

/** What calls need, in any installation. */
export const soundSets: readonly SoundSet[] = [
  ...speechRates.map((rate): SoundSet => ({ folder: `ja/${rate}`, rate, texts: stockPrompts })),
  ...hotlineSets,
];

/** The same with the names of the demo beside the stock prompts: what this repository holds. */
export const soundSetsOfDemo: readonly SoundSet[] = soundSets.map((set) =>
  set.texts === stockPrompts ? { ...set, texts: { ...stockPrompts, ...sampleNameTexts } } : set,
);
