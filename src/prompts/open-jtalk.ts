import { spawn } from 'node:child_process';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeWav, type Wav } from './wav.js';

export type SpeechErrorCode =
  | 'programMissing'
  | 'dictionaryMissing'
  | 'voiceMissing'
  | 'textEmpty'
  | 'textTooLong'
  | 'synthesisFailed'
  | 'voiceUnsuitable'
  | 'nothingSpoken';

/** Speech could not be made; the message says what to install or change. */
export class SpeechError extends Error {
  constructor(
    readonly code: SpeechErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'SpeechError';
  }
}

/** The three parts of Open JTalk. What is left out is looked for where Debian's packages put it. */
export interface OpenJtalkParts {
  program?: string;
  dictionary?: string;
  voice?: string;
}

const DEBIAN: Required<OpenJtalkParts> = {
  program: 'open_jtalk',
  dictionary: '/var/lib/mecab/dic/open-jtalk/naist-jdic',
  voice: '/usr/share/hts-voice/nitech-jp-atr503-m001/nitech_jp_atr503_m001.htsvoice',
};

/** Open JTalk reads one line into a buffer of 1024 bytes and drops the rest without a word. */
const MAX_TEXT_BYTES = 1000;

const VOICE_HEADER_BYTES = 1000;

/** In the trace, a word is a line of fields; this one is its pronunciation. */
const PRONUNCIATION_FIELD = 9;

const SYNTHESIS_LIMIT_MS = 60_000;

/**
 * Speaks one line of Japanese with Open JTalk, at the voice's own sample rate (48 kHz for Debian's voice).
 *
 * @returns the sound, and how each word was read: `ニジュー ヨッカ`
 * @param pace 1 is the voice's own pace, smaller is slower
 * @throws {SpeechError} naming the missing package, or what is wrong with the text
 */
export async function synthesise(
  text: string,
  pace: number,
  parts: OpenJtalkParts = {},
): Promise<Wav & { reading: string }> {
  const { program, dictionary, voice } = { ...DEBIAN, ...parts };
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') throw new SpeechError('textEmpty', 'there is no text to speak');
  if (Buffer.byteLength(line) > MAX_TEXT_BYTES) {
    throw new SpeechError('textTooLong', `a text may have ${MAX_TEXT_BYTES} bytes (about 330 characters)`);
  }
  await mustExist(dictionary, 'dictionaryMissing', 'open-jtalk-mecab-naist-jdic');
  await mustExist(voice, 'voiceMissing', 'hts-voice-nitech-jp-atr503-m001 (in Debian\'s "contrib")');

  const folder = await mkdtemp(join(tmpdir(), 'genkidesu-speech-'));
  try {
    const [input, output] = [join(folder, 'text.txt'), join(folder, 'speech.wav')];
    const trace = join(folder, 'trace.txt');
    await writeFile(input, `${line}\n`);
    // Not by Open JTalk's own "-r": that stretches the pauses and leaves short words as fast as they were.
    const framePeriod = Math.round((await framePeriodOf(voice)) / pace);
    await run(program, [
      '-x',
      dictionary,
      '-m',
      voice,
      '-p',
      String(framePeriod),
      '-ow',
      output,
      '-ot',
      trace,
      input,
    ]);
    return { ...decodeWav(await readFile(output)), reading: readingIn(await readFile(trace, 'utf8')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Words apart, as they were taken apart: a place where that went wrong is seen at once. */
function readingIn(trace: string): string {
  const [words = ''] = trace.split('[Output label]');
  const pronunciations = words.split('\n').map((line) => line.split(',')[PRONUNCIATION_FIELD] ?? '');
  return pronunciations.filter((word) => word !== '').join(' ');
}

async function mustExist(path: string, code: SpeechErrorCode, debianPackage: string): Promise<void> {
  try {
    await access(path);
  } catch {
    throw new SpeechError(code, `${path} is not there; install the package ${debianPackage}`);
  }
}

/** How many samples the voice lets pass from one state of the mouth to the next; its file says so at the top. */
async function framePeriodOf(voice: string): Promise<number> {
  const header = (await readFile(voice)).toString('latin1', 0, VOICE_HEADER_BYTES);
  const period = /^FRAME_PERIOD:(\d+)$/m.exec(header)?.[1];
  if (period === undefined) throw new SpeechError('voiceUnsuitable', `${voice} is not an HTS voice`);
  return Number(period);
}

/** Arguments go to the program as they are: no shell ever sees a station's text. */
function run(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: SYNTHESIS_LIMIT_MS });
    let complaint = '';
    child.stderr.on('data', (part: Buffer) => (complaint += part.toString()));
    child.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        error.code === 'ENOENT'
          ? new SpeechError('programMissing', `${program} was not found; install the package open-jtalk`)
          : new SpeechError('synthesisFailed', error.message),
      );
    });
    child.once('close', (exitCode, signal) => {
      if (exitCode === 0) resolve();
      else
        reject(
          new SpeechError(
            'synthesisFailed',
            `${program} ended with ${exitCode ?? signal ?? 'nothing'}: ${complaint}`,
          ),
        );
    });
  });
}
