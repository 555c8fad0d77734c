import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenJtalkParts } from '../../src/prompts/open-jtalk.js';
import { encodeWav, fromUnitScale, type Wav } from '../../src/prompts/wav.js';
import { betweenSilences, tone } from './tone.js';

/** One second of tone between silences, as a voice of 48 kHz would speak. */
export const oneSecondOfVoice: Wav = {
  sampleRate: 48_000,
  channels: 1,
  samples: fromUnitScale(
    betweenSilences(tone({ hz: 500, seconds: 1, sampleRate: 48_000, peak: 0.1 }), 0.4, 48_000),
  ),
};

/** Puts a program into `folder` that notes how it was called and "speaks" `voice`, whatever the text. */
export async function fakeOpenJtalk(
  folder: string,
  voice: Wav = oneSecondOfVoice,
): Promise<Required<OpenJtalkParts>> {
  const [program, sound] = [join(folder, 'open_jtalk'), join(folder, 'spoken.wav')];
  const voiceFile = join(folder, 'fake.htsvoice');
  const script = [
    `#!${process.execPath}`,
    "const { copyFileSync, readFileSync, writeFileSync } = require('node:fs');",
    'const args = process.argv.slice(2);',
    `const call = { framePeriod: args[args.indexOf('-p') + 1], text: readFileSync(args.at(-1), 'utf8') };`,
    `writeFileSync(${JSON.stringify(join(folder, 'call.json'))}, JSON.stringify(call));`,
    `const trace = '[Text analysis result]\\nいち,名詞,数,*,*,*,*,1,イチ,イチ,2/2,C3,-1\\n\\n[Output label]\\n';`,
    `writeFileSync(args[args.indexOf('-ot') + 1], trace);`,
    `copyFileSync(${JSON.stringify(sound)}, args[args.indexOf('-ow') + 1]);`,
  ];
  await writeFile(sound, encodeWav(voice));
  await writeFile(voiceFile, '[GLOBAL]\nSAMPLING_FREQUENCY:48000\nFRAME_PERIOD:240\n');
  await writeFile(program, script.join('\n'), { mode: 0o755 });
  return { program, dictionary: folder, voice: voiceFile };
}

/** How the fake program was called last. */
export async function lastCall(folder: string): Promise<{ framePeriod: string; text: string }> {
  return JSON.parse(await readFile(join(folder, 'call.json'), 'utf8')) as {
    framePeriod: string;
    text: string;
  };
}
