import { Command, InvalidArgumentError } from 'commander';
import { checkSounds, type SoundProblem } from '../prompts/check.js';
import { measureLevel } from '../prompts/loudness.js';
import { SpeechError } from '../prompts/open-jtalk.js';
import { renderSounds, writeSound } from '../prompts/render.js';
import {
  defaultSpeechRate,
  installedSoundsRoot,
  isSpeechRate,
  type SpeechRate,
} from '../prompts/sound-files.js';
import { soundSets, soundSetsOfDemo } from '../prompts/sound-sets.js';
import { speak } from '../prompts/speech.js';
import { durationSeconds, toUnitScale, type Wav } from '../prompts/wav.js';

/** `genkidesu prompts`: makes the recordings that calls play, and looks whether they are all there. */
export function promptsCommand(print: (line: string) => void = console.log): Command {
  const command = new Command('prompts').description('make and check the recordings that calls play');

  command
    .command('render')
    .description('speak all prompts and the sample names with Open JTalk, and play the music')
    .option('--out <dir>', 'folder of the sounds', installedSoundsRoot())
    .option('--rate <rate>', 'only this speech rate: normal, slow or slower', parseRate)
    .action(({ out, rate }: { out: string; rate?: SpeechRate }) =>
      withoutStackTrace(command, () =>
        renderSounds({
          root: out,
          sets: soundSetsOfDemo.filter((set) => rate === undefined || set.rate === rate),
          onWritten: (file, sound) => print(describeSound(file, sound)),
        }),
      ),
    );

  command
    .command('check')
    .description('compare the recordings with the texts they should speak; exit 1 if a call would suffer')
    .option('--in <dir>', 'folder of the sounds', installedSoundsRoot())
    .option('--json', 'print the problems as JSON')
    .action(async (options: { in: string; json?: true }) => {
      const problems = await checkSounds(options.in, soundSets);
      print(options.json ? JSON.stringify({ problems }, null, 2) : describeProblems(problems));
      if (problems.length > 0) process.exitCode = 1;
    });

  command
    .command('say')
    .description('speak one text into a WAV file, such as the name of a station')
    .argument('<text>', 'Japanese text; write a place name in kana if it is read wrongly')
    .argument('<file>', 'WAV file to write')
    .option('--rate <rate>', 'speech rate: normal, slow or slower', parseRate, defaultSpeechRate)
    .action((text: string, file: string, { rate }: { rate: SpeechRate }) =>
      withoutStackTrace(command, async () => {
        const sound = await speak(text, { rate });
        await writeSound(file, sound);
        print(describeSound(file, sound));
      }),
    );

  return command;
}

/** A missing package or an empty text is for the operator to mend: one sentence, exit 1. */
async function withoutStackTrace(command: Command, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof SpeechError) command.error(`error: ${error.message}`);
    throw error;
  }
}

function parseRate(value: string): SpeechRate {
  if (!isSpeechRate(value)) throw new InvalidArgumentError('The rates are normal, slow and slower.');
  return value;
}

function describeSound(file: string, sound: Wav): string {
  const { peakDbfs, activeRmsDbfs } = measureLevel(toUnitScale(sound.samples), sound.sampleRate);
  const duration = durationSeconds(sound).toFixed(2);
  return `${duration} s  peak ${peakDbfs.toFixed(1)} dBFS  RMS ${activeRmsDbfs.toFixed(1)} dBFS  ${file}`;
}

function describeProblems(problems: SoundProblem[]): string {
  if (problems.length === 0) return 'All recordings are there and speak the texts of the catalogue.';
  return [
    ...problems.map(({ kind, file, detail }) => `${kind}: ${file}: ${detail}`),
    '',
    `${problems.length} recordings need mending. "genkidesu prompts render" makes them all anew with Open JTalk;`,
    'a recording of your own voice has to be saved as 8 kHz mono 16-bit WAV at the level named above.',
  ].join('\n');
}
