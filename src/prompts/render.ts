import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenJtalkParts } from './open-jtalk.js';
import { plainSoundNames, plainSounds } from './plain-sounds.js';
import { plainSoundFile, soundFile } from './sound-files.js';
import type { SoundSet } from './sound-sets.js';
import { speak } from './speech.js';
import { encodeWav, type Wav } from './wav.js';

/** Beside the recordings of one folder: the text that each was made from. */
export const TEXTS_FILE = 'texts.json';

/** Beside it: how Open JTalk read each text, in katakana, for eyes that look for a wrong reading. */
export const READINGS_FILE = 'readings.json';

export interface RenderJob {
  root: string;
  sets: readonly SoundSet[];
  openJtalk?: OpenJtalkParts;
  /** Told after each recording, for a progress line. */
  onWritten?: (file: string, sound: Wav) => void;
}

/**
 * Speaks all texts into the folders of their sets, and makes the sounds without words.
 *
 * The list of texts is written last: if rendering breaks off, the old list no longer fits the
 * catalogue and the check asks for it to be done again.
 *
 * @throws {SpeechError} when Open JTalk or a part of it is missing
 */
export async function renderSounds({ root, sets, openJtalk, onWritten }: RenderJob): Promise<void> {
  const write = async (file: string, sound: Wav): Promise<void> => {
    await writeSound(file, sound);
    onWritten?.(file, sound);
  };

  for (const { folder, texts, rate, marginSeconds } of sets) {
    const readings: Record<string, string> = {};
    for (const [name, text] of Object.entries(texts)) {
      const { reading, ...sound } = await speak(text, { rate, marginSeconds, openJtalk });
      await write(`${soundFile(root, folder, name)}.wav`, sound);
      readings[name] = reading;
    }
    await writeJson(join(root, folder, READINGS_FILE), readings);
    await writeJson(join(root, folder, TEXTS_FILE), texts);
  }
  for (const name of plainSoundNames) await write(`${plainSoundFile(root, name)}.wav`, plainSounds[name]());
}

async function writeJson(file: string, content: object): Promise<void> {
  await writeFile(file, `${JSON.stringify(content, null, 2)}\n`);
}

/** Writes one recording, making its folder if need be. */
export async function writeSound(file: string, sound: Wav): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, encodeWav(sound));
}
