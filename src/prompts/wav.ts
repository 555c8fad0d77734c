/** Sound in memory: interleaved signed 16-bit samples, `sampleRate` in Hz. */
export interface Wav {
  sampleRate: number;
  channels: number;
  samples: Int16Array;
}

export type WavErrorCode = 'notRiffWave' | 'notPcm16' | 'truncated';

/** The bytes are no WAV file that we can play; `code` says in what way. */
export class WavError extends Error {
  constructor(
    readonly code: WavErrorCode,
    message: string,
  ) {
    super(message);
    this.name = 'WavError';
  }
}

const HEADER_BYTES = 44;
const PCM_FORMAT = 1;

/** The bytes of a RIFF/WAVE file with the plain 44-byte header, PCM 16-bit little-endian. */
export function encodeWav({ sampleRate, channels, samples }: Wav): Buffer {
  const dataBytes = samples.length * 2;
  const bytes = Buffer.alloc(HEADER_BYTES + dataBytes);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(HEADER_BYTES - 8 + dataBytes, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(PCM_FORMAT, 20);
  bytes.writeUInt16LE(channels, 22);
  bytes.writeUInt32LE(sampleRate, 24);
  bytes.writeUInt32LE(sampleRate * channels * 2, 28);
  bytes.writeUInt16LE(channels * 2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(dataBytes, 40);
  samples.forEach((sample, index) => bytes.writeInt16LE(sample, HEADER_BYTES + index * 2));
  return bytes;
}

/**
 * Reads a PCM 16-bit WAV file of any sample rate and number of channels.
 *
 * @throws {WavError} when the bytes are something else, or end too early
 */
export function decodeWav(bytes: Buffer): Wav {
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new WavError('notRiffWave', 'not a RIFF/WAVE file');
  }
  const format = chunk(bytes, 'fmt ');
  if (format.length < 16) throw new WavError('truncated', 'the "fmt " chunk is too short');
  if (format.readUInt16LE(0) !== PCM_FORMAT || format.readUInt16LE(14) !== 16) {
    throw new WavError('notPcm16', 'not uncompressed 16-bit sound');
  }
  const data = chunk(bytes, 'data');
  const samples = Int16Array.from({ length: Math.floor(data.length / 2) }, (_, i) => data.readInt16LE(i * 2));
  return { sampleRate: format.readUInt32LE(4), channels: format.readUInt16LE(2), samples };
}

/** How long the sound plays, in seconds. */
export function durationSeconds({ sampleRate, channels, samples }: Wav): number {
  return samples.length / channels / sampleRate;
}

/** Recording programs put chunks of their own before the sound, so the header is walked, not assumed. */
function chunk(bytes: Buffer, id: string): Buffer {
  let at = 12;
  while (at + 8 <= bytes.length) {
    const length = bytes.readUInt32LE(at + 4);
    const end = at + 8 + length;
    if (bytes.toString('latin1', at, at + 4) === id) {
      if (end > bytes.length) throw new WavError('truncated', `the "${id}" chunk is cut off`);
      return bytes.subarray(at + 8, end);
    }
    at = end + (length % 2);
  }
  throw new WavError('truncated', `the "${id}" chunk is missing`);
}

/** 16-bit samples on the scale -1..1. */
export function toUnitScale(samples: Int16Array): Float64Array {
  return Float64Array.from(samples, (sample) => sample / 32768);
}

/** Samples on the scale -1..1 as 16-bit; what lies outside is held at the edge. */
export function fromUnitScale(samples: Float64Array): Int16Array {
  return Int16Array.from(samples, (sample) => Math.max(-32768, Math.min(32767, Math.round(sample * 32768))));
}
