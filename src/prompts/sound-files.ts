import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { OpeningPromptName } from './stock-prompts.js';

/** How fast a subscriber wants to be spoken to: as stored with the subscriber, and a folder of recordings each. */
export const speechRates = ['normal', 'slow', 'slower'] as const;
export type SpeechRate = (typeof speechRates)[number];

export const defaultSpeechRate: SpeechRate = 'slow';

/** Sounds without words, the same for every language and rate. */
export type PlainSoundName = 'beep' | 'silence-1' | 'moh/sakura';

/** No dots and no second slash: a name comes from a tenant's data and must stay inside the folder. */
const SOUND_NAME = /^(names\/)?[a-z0-9]+(-[a-z0-9]+)*$/;

/** Whether a word out of the database or the command line is a rate we have recordings for. */
export function isSpeechRate(rate: string): rate is SpeechRate {
  return speechRates.some((known) => known === rate);
}

/**
 * The absolute path of a spoken recording without its ending, as the PBX wants it after `sound:`.
 *
 * @param folder below `root`: `ja/slow`, `ja/hotline`
 * @param name a prompt, or the recorded name of a tenant or a station: `names/tokiwadaira`
 * @throws {RangeError} when the name could not be the name of a recording
 */
export function soundFile(root: string, folder: string, name: string): string {
  if (!SOUND_NAME.test(name)) throw new RangeError(`"${name}" is not the name of a recording`);
  return resolve(root, folder, name);
}

/** The absolute path of a sound without words, without its ending. */
export function plainSoundFile(root: string, name: PlainSoundName): string {
  return resolve(root, name);
}

/**
 * The greeting for an hour of the day where the subscriber lives: おはようございます until 10:59,
 * こんにちは until 16:59, then こんばんは.
 *
 * @param localHour 0 to 23
 * @throws {RangeError} for any other number
 */
export function openingFor(localHour: number): OpeningPromptName {
  if (!Number.isInteger(localHour) || localHour < 0 || localHour > 23) {
    throw new RangeError(`${localHour} is not an hour of the day`);
  }
  if (localHour < 11) return 'opening-morning';
  return localHour < 17 ? 'opening-day' : 'opening-evening';
}

/**
 * The `sounds` folder of this installation, wherever it was started from and whether it runs from
 * `src` or from the compiled `dist`.
 */
export function installedSoundsRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    if (folder === dirname(folder)) throw new Error('the folder that holds package.json was not found');
    folder = dirname(folder);
  }
  return join(folder, 'sounds');
}
