import assert from 'node:assert/strict';
import { downsample } from '../../src/prompts/downsample.js';
import { tone } from '../support/tone.js';

/** What is left of a tone of 0.5 after going from 48 to 8 kHz, in dB; the ends, where the filter fills, left out. */
function gainDb(hz: number): number {
  const lowered = downsample(tone({ hz, seconds: 0.5, sampleRate: 48_000 }), 6).subarray(400, -400);
  const peak = lowered.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0);
  return 20 * Math.log10(peak / 0.5);
}

describe('downsampling from 48 to 8 kHz', () => {
  for (const hz of [300, 1000, 3300]) {
    it(`keeps the level of a tone of ${hz} Hz, which a telephone carries`, () => {
      assert.ok(Math.abs(gainDb(hz)) < 0.3, `${gainDb(hz)} dB`);
    });
  }

  for (const hz of [4100, 6000, 7000, 12_000]) {
    it(`removes a tone of ${hz} Hz, which would come back as another`, () => {
      assert.ok(gainDb(hz) < -60, `${gainDb(hz)} dB`);
    });
  }

  it('leaves the sound where it was in time', () => {
    const click = new Float64Array(4800);
    click[2400] = 1;
    const lowered = downsample(click, 6);
    assert.equal(lowered.length, 800);
    assert.equal(lowered.indexOf(Math.max(...lowered)), 400);
  });

  it('refuses a factor that is not a whole number, such as 44.1 to 8 kHz', () => {
    assert.throws(() => downsample(new Float64Array(10), 44_100 / 8000), RangeError);
  });
});
