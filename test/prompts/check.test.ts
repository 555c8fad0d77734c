import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkSounds, type SoundProblem } from '../../src/prompts/check.js';
import { renderSounds, writeSound } from '../../src/prompts/render.js';
import type { SoundSet } from '../../src/prompts/sound-sets.js';
import { fromUnitScale } from '../../src/prompts/wav.js';
import { fakeOpenJtalk, oneSecondOfVoice } from '../support/fake-open-jtalk.js';
import { tone } from '../support/tone.js';

const texts = { goodbye: '失礼いたします。', fix: '正しい番号を押してください。' };
const set: SoundSet = { folder: 'ja/slow', rate: 'slow', texts };

describe('the check of the recordings', () => {
  let root: string;
  const file = (name: string) => join(root, 'ja/slow', `${name}.wav`);
  const problems = (wanted: Record<string, string> = texts) => checkSounds(root, [{ ...set, texts: wanted }]);
  const kinds = (found: SoundProblem[]) => found.map((problem) => [problem.kind, problem.file]);
  const record = (name: string, samples: Int16Array) =>
    writeSound(file(name), { sampleRate: 8000, channels: 1, samples });

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'genkidesu-test-'));
    await renderSounds({ root, sets: [set], openJtalk: await fakeOpenJtalk(root) });
  });
  afterEach(() => rm(root, { recursive: true }));

  it('finds nothing wrong with what was just rendered', async () => {
    assert.deepEqual(await problems(), []);
  });

  it('finds beside the recordings how each was read', async () => {
    const readings: unknown = JSON.parse(await readFile(join(root, 'ja/slow/readings.json'), 'utf8'));
    assert.deepEqual(readings, { goodbye: 'イチ', fix: 'イチ' });
  });

  it('reports a recording that is missing', async () => {
    await rm(file('goodbye'));
    assert.deepEqual(kinds(await problems()), [['missing', file('goodbye')]]);
  });

  it('reports a recording in which nothing can be heard', async () => {
    await record('goodbye', new Int16Array(8000));
    assert.deepEqual(kinds(await problems()), [['silent', file('goodbye')]]);
  });

  it('reports a recording whose text has changed since, or that has no text beside it', async () => {
    const [changed, ...others] = await problems({ ...texts, goodbye: 'では、失礼いたします。' });
    assert.deepEqual(kinds(changed ? [changed] : []), [['outdated', file('goodbye')]]);
    assert.match(changed?.detail ?? '', /says "失礼いたします。", but should say "では、失礼いたします。"/);
    assert.deepEqual(others, []);

    await rm(join(root, 'ja/slow/texts.json'));
    assert.deepEqual(
      (await problems()).map(({ kind }) => kind),
      ['outdated', 'outdated'],
    );
  });

  it('reports a recording far too loud or too weak beside the others', async () => {
    for (const peak of [0.9, 0.02]) {
      await record('fix', fromUnitScale(tone({ hz: 500, seconds: 1, sampleRate: 8000, peak })));
      assert.deepEqual(kinds(await problems()), [['levelOutside', file('fix')]]);
    }
  });

  it('reports a recording that the telephone line cannot take as it is', async () => {
    await writeSound(file('fix'), oneSecondOfVoice);
    assert.deepEqual(kinds(await problems()), [['wrongFormat', file('fix')]]);
  });

  it('reports a recording that was cut off in copying', async () => {
    await truncate(file('fix'), 500);
    assert.deepEqual(kinds(await problems()), [['unreadable', file('fix')]]);
  });

  it('wants the beep and the second of silence too', async () => {
    await rm(join(root, 'beep.wav'));
    await rm(join(root, 'silence-1.wav'));
    assert.deepEqual(kinds(await problems()), [
      ['missing', join(root, 'beep.wav')],
      ['missing', join(root, 'silence-1.wav')],
    ]);
  });
});
