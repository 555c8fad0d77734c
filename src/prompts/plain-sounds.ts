import { sakura } from './sakura.js';
import { PHONE_SAMPLE_RATE } from './speech.js';
import { fromUnitScale, type Wav } from './wav.js';
import type { PlainSoundName } from './sound-files.js';

const BEEP_HZ = 440;
const BEEP_SECONDS = 0.3;
const BEEP_PEAK = 0.25; // -12 dBFS: a steady tone sounds louder than speech of the same peak
const FADE_SECONDS = 0.01; // without it, the tone starts and ends with a click

/** The sounds without words, made anew. */
export const plainSounds: Record<PlainSoundName, () => Wav> = {
  beep: () =>
    mono(BEEP_SECONDS, (second) => BEEP_PEAK * fade(second) * Math.sin(2 * Math.PI * BEEP_HZ * second)),
  'silence-1': () => mono(1, () => 0),
  'moh/sakura': () => phoneSound(sakura(PHONE_SAMPLE_RATE)),
};

export const plainSoundNames = Object.keys(plainSounds) as PlainSoundName[];

function mono(seconds: number, valueAt: (second: number) => number): Wav {
  const length = Math.round(seconds * PHONE_SAMPLE_RATE);
  return phoneSound(Float64Array.from({ length }, (_, i) => valueAt(i / PHONE_SAMPLE_RATE)));
}

function phoneSound(samples: Float64Array): Wav {
  return { sampleRate: PHONE_SAMPLE_RATE, channels: 1, samples: fromUnitScale(samples) };
}

function fade(second: number): number {
  return Math.min(1, second / FADE_SECONDS, (BEEP_SECONDS - second) / FADE_SECONDS);
}
