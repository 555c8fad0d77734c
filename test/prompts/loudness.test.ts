import assert from 'node:assert/strict';
import {
  levelWindow,
  measureLevel,
  normaliseLevel,
  removeRumble,
  trimSilence,
} from '../../src/prompts/loudness.js';
import { betweenSilences, tone } from '../support/tone.js';

const rate = 8000;
const quiet = tone({ hz: 500, seconds: 1, sampleRate: rate, peak: 0.01 });

describe('the loudness of recordings', () => {
  it('is measured without the pauses', () => {
    const level = measureLevel(betweenSilences(quiet, 3, rate), rate);
    assert.ok(Math.abs(level.peakDbfs + 40) < 0.1);
    assert.ok(Math.abs(level.activeRmsDbfs + 43) < 0.1);
  });

  it('is brought to the common level, whether the voice was weak or strong', () => {
    for (const peak of [0.01, 0.9]) {
      const { activeRmsDbfs } = measureLevel(
        normaliseLevel(tone({ hz: 500, seconds: 1, sampleRate: rate, peak }), rate),
        rate,
      );
      assert.ok(Math.abs(activeRmsDbfs + 18) < 0.1);
    }
  });

  it('stays lower rather than clip a single strong peak', () => {
    const spiky = quiet.slice();
    spiky[4000] = 0.9;
    const { peakDbfs } = measureLevel(normaliseLevel(spiky, rate), rate);
    assert.ok(Math.abs(peakDbfs - levelWindow.maxPeakDbfs) < 0.01);
  });

  it('of silence is left alone', () => {
    assert.deepEqual(normaliseLevel(new Float64Array(80), rate), new Float64Array(80));
  });

  it('is not spent on an offset below the voice', () => {
    const offset = quiet.map((sample) => sample + 0.2);
    const { peakDbfs } = measureLevel(removeRumble(offset).subarray(rate / 2), rate);
    assert.ok(Math.abs(peakDbfs + 40) < 0.3);
  });
});

describe('trimming silence', () => {
  const around = (silenceSeconds: number) => betweenSilences(quiet, silenceSeconds, rate);

  for (const silenceSeconds of [0.5, 0.02]) {
    it(`leaves a tenth of a second at both ends of ${silenceSeconds} s of silence`, () => {
      const trimmed = trimSilence(around(silenceSeconds), rate, 0.1);
      assert.equal(trimmed.length / rate, 1.2);
      assert.deepEqual(trimmed.subarray(800, -800), quiet);
    });
  }

  it('keeps the weak breath before the first vowel', () => {
    const sound = around(0.5);
    sound[3960] = 0.000_02;
    assert.equal(trimSilence(sound, rate, 0.1)[760], 0.000_02);
  });

  it('leaves nothing of pure silence', () => {
    assert.equal(trimSilence(new Float64Array(rate), rate, 0.1).length, 0);
  });
});
