import assert from 'node:assert/strict';
import { decodeWav, durationSeconds, encodeWav, WavError, type WavErrorCode } from '../../src/prompts/wav.js';

const tenMilliseconds = {
  sampleRate: 8000,
  channels: 1,
  samples: Int16Array.from({ length: 80 }, (_, i) => i * 400),
};

function refusedAs(code: WavErrorCode) {
  return (error: unknown) => error instanceof WavError && error.code === code;
}

describe('WAV files', () => {
  it('come back from writing and reading as they were', () => {
    const extremes = { sampleRate: 48000, channels: 2, samples: Int16Array.of(-32768, 32767, 0, -1) };
    assert.deepEqual(decodeWav(encodeWav(extremes)), extremes);
  });

  it('are read even when a recording program put its own chunk before the sound', () => {
    const plain = encodeWav(tenMilliseconds);
    const oddChunk = Buffer.from('LIST\x03\x00\x00\x00abc\x00', 'latin1');
    const withChunk = Buffer.concat([plain.subarray(0, 12), oddChunk, plain.subarray(12)]);
    assert.deepEqual(decodeWav(withChunk), tenMilliseconds);
  });

  it('last as long as their samples, whatever the number of channels', () => {
    assert.equal(durationSeconds(tenMilliseconds), 0.01);
    assert.equal(durationSeconds({ ...tenMilliseconds, channels: 2 }), 0.005);
  });

  it('are refused when they are no sound file, compressed, or cut off', () => {
    const bytes = encodeWav(tenMilliseconds);
    const muLaw = Buffer.from(bytes);
    muLaw.writeUInt16LE(7, 20);
    assert.throws(() => decodeWav(Buffer.from('not a sound')), refusedAs('notRiffWave'));
    assert.throws(() => decodeWav(muLaw), refusedAs('notPcm16'));
    assert.throws(() => decodeWav(bytes.subarray(0, 100)), refusedAs('truncated'));
    assert.throws(() => decodeWav(bytes.subarray(0, 12)), refusedAs('truncated'));
  });
});
