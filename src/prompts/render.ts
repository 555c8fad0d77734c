import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { OpenJtalkParts } from './open-jtalk.js';
import { plainSoundNames, plainSounds } from './plain-sounds.js';
import { plainSoundFile, soundFile, soundFolder, type SoundName, type SpeechRate } from './sound-files.js';
import { speak } from './speech.js';
import { encodeWav, type Wav } from './wav.js';

/** Sound name to the text that is spoken in it. */
export type SoundTexts = Partial<Record<SoundName, string>>;

/** Beside the recordings of one rate: the text that each was made from. */
export const TEXTS_FILE = 'texts.json';

export interface RenderJob {
  root: string;
  rates: readonly SpeechRate[];
  texts: SoundTexts;
  openJtalk?: OpenJtalkParts;
  /** Told after each recording, for a progress line. */
  onWritten?: (file: string, sound: Wav) => void;
}

/**
 * Speaks all texts at each rate into `<root>/ja/…`, and makes the beep and the silence.
 *
 * The list of texts is written last: if rendering breaks off, the old list no longer fits the
 * catalogue and the check asks for it to be done again.
 *
 * @throws {SpeechError} when Open JTalk or a part of it is missing
 */
export async function renderSounds({ root, rates, texts, openJtalk, onWritten }: RenderJob): Promise<void> {
  const write = async (file: string, sound: Wav): Promise<void> => {
    await writeSound(file, sound);
    onWritten?.(file, sound);
  };

  for (const rate of rates) {
    const variant = { language: 'ja', rate } as const;
    for (const [name, text] of Object.entries(texts) as [SoundName, string][]) {
      const sound = await speak(text, { rate, ...(openJtalk && { openJtalk }) });
      await write(`${soundFile(root, variant, name)}.wav`, sound);
    }
    await writeFile(join(soundFolder(root, variant), TEXTS_FILE), `${JSON.stringify(texts, null, 2)}\n`);
  }
  for (const name of plainSoundNames) await write(`${plainSoundFile(root, name)}.wav`, plainSounds[name]());
}

/** Writes one recording, making its folder if need be. */
export async function writeSound(file: string, sound: Wav): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, encodeWav(sound));
}
