import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { levelWindow, measureLevel, SILENT_PEAK_DBFS } from './loudness.js';
import { plainSoundNames } from './plain-sounds.js';
import { TEXTS_FILE } from './render.js';
import { plainSoundFile, soundFile } from './sound-files.js';
import type { SoundSet } from './sound-sets.js';
import { PHONE_SAMPLE_RATE } from './speech.js';
import { decodeWav, toUnitScale, WavError, type Wav } from './wav.js';

/** What is wrong with one sound file; `detail` is a plain sentence. */
export interface SoundProblem {
  kind: 'missing' | 'unreadable' | 'wrongFormat' | 'silent' | 'levelOutside' | 'outdated';
  file: string;
  detail: string;
}

/** Half a dB either way: a recording measures a little differently after rounding to 16 bits. */
const LEVEL_TOLERANCE_DB = 0.5;

/**
 * Compares the recordings under `root` with the texts they should speak.
 *
 * @returns one problem at most for each file, none when a call can be made with these sounds
 */
export async function checkSounds(root: string, sets: readonly SoundSet[]): Promise<SoundProblem[]> {
  const problems: (SoundProblem | undefined)[] = [];
  for (const { folder, texts } of sets) {
    const recorded = await readTexts(join(root, folder));
    for (const [name, text] of Object.entries(texts)) {
      const file = `${soundFile(root, folder, name)}.wav`;
      problems.push((await faultOfFile(file, faultOfSpeech)) ?? faultOfText(file, text, recorded[name]));
    }
  }
  for (const name of plainSoundNames) {
    const expectSound = name === 'silence-1' ? () => undefined : faultOfSilence;
    problems.push(await faultOfFile(`${plainSoundFile(root, name)}.wav`, expectSound));
  }
  return problems.filter((problem) => problem !== undefined);
}

type Fault = Omit<SoundProblem, 'file'>;

async function faultOfFile(
  file: string,
  faultOfSound: (sound: Wav) => Fault | undefined,
): Promise<SoundProblem | undefined> {
  const fault = await readSound(file).then(
    (sound) => faultOfFormat(sound) ?? faultOfSound(sound),
    (error: unknown) => faultOfReading(error),
  );
  return fault && { file, ...fault };
}

async function readSound(file: string): Promise<Wav> {
  return decodeWav(await readFile(file));
}

function faultOfReading(error: unknown): Fault {
  if (error instanceof WavError) return { kind: 'unreadable', detail: error.message };
  if (error instanceof Error && 'code' in error) {
    if (error.code === 'ENOENT') return { kind: 'missing', detail: 'the file is not there' };
    return { kind: 'unreadable', detail: error.message };
  }
  throw error;
}

function faultOfFormat({ sampleRate, channels }: Wav): Fault | undefined {
  if (sampleRate === PHONE_SAMPLE_RATE && channels === 1) return undefined;
  return {
    kind: 'wrongFormat',
    detail: `${sampleRate} Hz with ${channels} channels, not ${PHONE_SAMPLE_RATE} Hz mono`,
  };
}

function faultOfSilence({ samples, sampleRate }: Wav): Fault | undefined {
  if (measureLevel(toUnitScale(samples), sampleRate).peakDbfs >= SILENT_PEAK_DBFS) return undefined;
  return { kind: 'silent', detail: 'nothing can be heard' };
}

function faultOfSpeech(sound: Wav): Fault | undefined {
  const silence = faultOfSilence(sound);
  if (silence) return silence;
  const { peakDbfs, activeRmsDbfs } = measureLevel(toUnitScale(sound.samples), sound.sampleRate);
  const { maxPeakDbfs, minActiveRmsDbfs, maxActiveRmsDbfs } = levelWindow;
  const inside =
    peakDbfs <= maxPeakDbfs + LEVEL_TOLERANCE_DB &&
    activeRmsDbfs >= minActiveRmsDbfs - LEVEL_TOLERANCE_DB &&
    activeRmsDbfs <= maxActiveRmsDbfs + LEVEL_TOLERANCE_DB;
  if (inside) return undefined;
  return {
    kind: 'levelOutside',
    detail:
      `peak ${peakDbfs.toFixed(1)} and RMS ${activeRmsDbfs.toFixed(1)} dBFS; wanted are a peak up to ` +
      `${maxPeakDbfs} and an RMS from ${minActiveRmsDbfs} to ${maxActiveRmsDbfs}`,
  };
}

function faultOfText(file: string, text: string, recorded: unknown): SoundProblem | undefined {
  if (recorded === text) return undefined;
  const said = typeof recorded === 'string' ? `says "${recorded}"` : 'has no text beside it';
  return { kind: 'outdated', file, detail: `${said}, but should say "${text}"` };
}

/** A missing list is no texts at all, so that every recording is reported by its own name. */
async function readTexts(folder: string): Promise<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(await readFile(join(folder, TEXTS_FILE), 'utf8'));
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}
