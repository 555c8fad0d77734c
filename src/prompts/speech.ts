import { downsample } from './downsample.js';
import { normaliseLevel, removeRumble, trimSilence } from './loudness.js';
import { SpeechError, synthesise, type OpenJtalkParts } from './open-jtalk.js';
import { spellForOpenJtalk } from './readings.js';
import { defaultSpeechRate, type SpeechRate } from './sound-files.js';
import { fromUnitScale, toUnitScale, type Wav } from './wav.js';

/** What the telephone line carries, and so what Asterisk plays without converting. */
export const PHONE_SAMPLE_RATE = 8000;

/**
 * What the normal rate is of the voice's own pace. By itself Debian's voice says 8 morae a second, and 9 in
 * short phrases: too fast for old ears on a telephone. So normal is 7 a second, slow 6.3 and slower 5.6.
 */
const ORDINARY_PACE = 0.9;

/** Each rate as a share of the normal one. */
const SHARE_OF_NORMAL: Record<SpeechRate, number> = { normal: 1, slow: 0.9, slower: 0.8 };

const MARGIN_SECONDS = 0.1;

/** A recording, and the katakana of what Open JTalk read. */
export interface Speech extends Wav {
  reading: string;
}

export interface SpeakOptions {
  rate?: SpeechRate | undefined;
  /** Silence at both ends; a tenth of a second unless told otherwise. */
  marginSeconds?: number | undefined;
  openJtalk?: OpenJtalkParts | undefined;
}

/**
 * Speaks a Japanese text as the telephone needs it: 8 kHz, mono, at the common loudness, with a
 * little silence at both ends so that joined recordings do not run into each other.
 *
 * @throws {SpeechError} saying which package is missing, or what is wrong with the text or the voice
 */
export async function speak(text: string, options: SpeakOptions = {}): Promise<Speech> {
  const { reading, ...spoken } = await synthesise(
    spellForOpenJtalk(text),
    SHARE_OF_NORMAL[options.rate ?? defaultSpeechRate] * ORDINARY_PACE,
    options.openJtalk,
  );
  const factor = spoken.sampleRate / PHONE_SAMPLE_RATE;
  if (spoken.channels !== 1 || !Number.isInteger(factor)) {
    throw new SpeechError(
      'voiceUnsuitable',
      `the voice speaks at ${spoken.sampleRate} Hz; a multiple of ${PHONE_SAMPLE_RATE} Hz is needed`,
    );
  }
  const lowered = removeRumble(downsample(toUnitScale(spoken.samples), factor));
  const trimmed = trimSilence(lowered, PHONE_SAMPLE_RATE, options.marginSeconds ?? MARGIN_SECONDS);
  if (trimmed.length === 0) throw new SpeechError('nothingSpoken', `no sound came of the text "${text}"`);

  const samples = fromUnitScale(normaliseLevel(trimmed, PHONE_SAMPLE_RATE));
  return { sampleRate: PHONE_SAMPLE_RATE, channels: 1, samples, reading };
}
