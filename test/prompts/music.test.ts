import assert from 'node:assert/strict';
import { beatsOf, play, type Note } from '../../src/prompts/music.js';
import { sakura } from '../../src/prompts/sakura.js';

const sampleRate = 8000;
const silent = { pitch: undefined, beats: 1 };
const oneNote = (beats: number): Note[] => [{ pitch: 0, beats }];
const perform = (notes: Note[], beatSeconds = 1) =>
  play([{ notes, strength: 1 }], { beatSeconds, sampleRate, rmsDbfs: -24 });

describe('the music generator', () => {
  it('makes a piece as long as its longest voice', () => {
    const voices = [
      { notes: oneNote(3), strength: 1 },
      { notes: oneNote(2), strength: 0.5 },
    ];
    const piece = play(voices, { beatSeconds: 0.5, sampleRate, rmsDbfs: -24 });
    assert.equal(piece.length / sampleRate, 1.5);
    assert.equal(beatsOf([...oneNote(3), silent]), 4);
  });

  it('plays a rest as nothing, and nothing at all as silence', () => {
    assert.deepEqual(perform([silent]), new Float64Array(sampleRate));
    const afterRest = perform([silent, ...oneNote(4)]);
    assert.ok(afterRest.subarray(0, sampleRate).every((sample) => sample === 0));
    assert.ok(peakOf(afterRest.subarray(sampleRate, 2 * sampleRate)) > 0.1);
  });

  it('plays the pitch that is written', () => {
    for (const [pitch, hz] of [
      [0, 440],
      [12, 880],
      [-5, 329.63],
    ] as const) {
      const piece = perform([{ pitch, beats: 3 }]);
      const second = piece.subarray(800, 800 + sampleRate);
      const crossings = second.filter((sample, i) => sample >= 0 && (second[i - 1] ?? 0) < 0).length;
      assert.ok(Math.abs(crossings - hz) <= 2, `${crossings} Hz`);
    }
  });

  it('lets the last string ring on at the beginning of the next round', () => {
    const short = perform([silent, ...oneNote(1)]);
    assert.ok(peakOf(short.subarray(0, 4000)) > 0.01);
  });
});

describe('the music while people wait', () => {
  const piece = sakura(sampleRate);

  it('is 60 to 90 seconds long', () => {
    const seconds = piece.length / sampleRate;
    assert.ok(seconds >= 60 && seconds <= 90, `${seconds} s`);
  });

  it('is quiet, at -24 dBFS, and far from clipping', () => {
    const rms = Math.sqrt(piece.reduce((sum, sample) => sum + sample ** 2, 0) / piece.length);
    assert.ok(Math.abs(20 * Math.log10(rms) + 24) < 0.1);
    assert.ok(peakOf(piece) < 0.5);
  });

  it('starts again without a click', () => {
    const step = (i: number) => Math.abs((piece[i % piece.length] ?? 0) - (piece[i - 1] ?? 0));
    assert.ok(step(piece.length) < 0.001);
  });

  it('rises from silence and ends in it, so that any sound may stand before and after it', () => {
    for (const end of [piece.subarray(0, 8), piece.subarray(-8)]) assert.ok(peakOf(end) < 0.02);
  });

  it('leaves nobody in silence, as a person who hears nothing hangs up', () => {
    const second = (at: number) => piece.subarray(at * sampleRate, (at + 1) * sampleRate);
    const silentSeconds = Array.from({ length: Math.floor(piece.length / sampleRate) }, (_, at) => at).filter(
      (at) => peakOf(second(at)) < 0.005,
    );
    assert.deepEqual(silentSeconds, []);
  });
});

function peakOf(samples: Float64Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}
