import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SpeechError, type SpeechErrorCode } from '../../src/prompts/open-jtalk.js';
import { speak } from '../../src/prompts/speech.js';
import { durationSeconds } from '../../src/prompts/wav.js';
import { fakeOpenJtalk, lastCall, oneSecondOfVoice } from '../support/fake-open-jtalk.js';

function refusedAs(code: SpeechErrorCode, says = /./) {
  return (error: unknown) => error instanceof SpeechError && error.code === code && says.test(error.message);
}

describe('speaking a text', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'genkidesu-test-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('gives 8 kHz mono with a tenth of a second of silence at both ends', async () => {
    const sound = await speak('失礼いたします。', { openJtalk: await fakeOpenJtalk(folder) });
    assert.deepEqual([sound.sampleRate, sound.channels], [8000, 1]);
    assert.ok(Math.abs(durationSeconds(sound) - 1.2) < 0.05, `${durationSeconds(sound)} s`);
  });

  it('leaves less silence where recordings are put together', async () => {
    const sound = await speak('いち', { marginSeconds: 0.02, openJtalk: await fakeOpenJtalk(folder) });
    assert.ok(Math.abs(durationSeconds(sound) - 1.04) < 0.05, `${durationSeconds(sound)} s`);
  });

  it('tells how the text was read', async () => {
    const { reading } = await speak('いち', { openJtalk: await fakeOpenJtalk(folder) });
    assert.equal(reading, 'イチ');
  });

  it('hands the voice one line', async () => {
    await speak('お元気ですね。\n失礼いたします。', { openJtalk: await fakeOpenJtalk(folder) });
    assert.equal((await lastCall(folder)).text, 'お元気ですね。 失礼いたします。\n');
  });

  it('makes every sound of it longer the slower the rate, and is slow unless told otherwise', async () => {
    const openJtalk = await fakeOpenJtalk(folder);
    const framePeriods = [];
    for (const options of [{ rate: 'normal' }, { rate: 'slow' }, {}, { rate: 'slower' }] as const) {
      await speak('いち', { ...options, openJtalk });
      framePeriods.push((await lastCall(folder)).framePeriod);
    }
    assert.deepEqual(framePeriods, ['267', '296', '296', '333']);
  });

  it('never lets a shell see the text', async () => {
    await speak('$(rm -rf /)"; -x', { openJtalk: await fakeOpenJtalk(folder) });
    assert.equal((await lastCall(folder)).text, '$(rm -rf /)"; -x\n');
  });

  it('names the package that is missing', async () => {
    const openJtalk = await fakeOpenJtalk(folder);
    const nowhere = join(folder, 'nowhere');
    await assert.rejects(
      speak('いち', { openJtalk: { ...openJtalk, program: nowhere } }),
      refusedAs('programMissing', /package open-jtalk$/),
    );
    await assert.rejects(
      speak('いち', { openJtalk: { ...openJtalk, dictionary: nowhere } }),
      refusedAs('dictionaryMissing', /open-jtalk-mecab-naist-jdic/),
    );
    await assert.rejects(
      speak('いち', { openJtalk: { ...openJtalk, voice: nowhere } }),
      refusedAs('voiceMissing', /hts-voice-nitech-jp-atr503-m001/),
    );
  });

  it('refuses a text that would be cut off or is not there at all', async () => {
    const openJtalk = await fakeOpenJtalk(folder);
    await assert.rejects(speak('あ'.repeat(334), { openJtalk }), refusedAs('textTooLong'));
    await assert.rejects(speak(' \n', { openJtalk }), refusedAs('textEmpty'));
  });

  it('refuses a voice that is none, said nothing, or speaks at 44.1 kHz', async () => {
    const noVoice = { ...(await fakeOpenJtalk(folder)), voice: join(folder, 'spoken.wav') };
    await assert.rejects(speak('いち', { openJtalk: noVoice }), refusedAs('voiceUnsuitable', /HTS voice/));
    const mute = await fakeOpenJtalk(folder, { ...oneSecondOfVoice, samples: new Int16Array(48_000) });
    await assert.rejects(speak('「」', { openJtalk: mute }), refusedAs('nothingSpoken'));
    const odd = await fakeOpenJtalk(folder, { ...oneSecondOfVoice, sampleRate: 44_100 });
    await assert.rejects(speak('いち', { openJtalk: odd }), refusedAs('voiceUnsuitable', /44100/));
  });

  it('says so when the program fails', async () => {
    const openJtalk = { ...(await fakeOpenJtalk(folder)), program: '/bin/false' };
    await assert.rejects(speak('いち', { openJtalk }), refusedAs('synthesisFailed', /ended with 1/));
  });
});
