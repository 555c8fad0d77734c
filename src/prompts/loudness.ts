/** Levels in dB below full scale. `activeRmsDbfs` leaves the pauses out, so a slow text is not "quieter". */
export interface Level {
  peakDbfs: number;
  activeRmsDbfs: number;
}

/**
 * What every prompt must sound like. The RMS is what the ear compares when prompts are joined in one
 * call; the peak keeps clear of clipping after the A-law or µ-law of the line. -18 dBFS is a firm
 * speaking voice on a telephone: hearing loss asks for slower and lower, not for louder.
 */
export const levelWindow = { maxPeakDbfs: -3, minActiveRmsDbfs: -21, maxActiveRmsDbfs: -15 } as const;

const TARGET_RMS_DBFS = -18;
/** Below this a file counts as silent, whatever it was meant to be. */
export const SILENT_PEAK_DBFS = -40;

const FRAME_SECONDS = 0.01;
/** Frames this far under the peak are pauses between words. */
const PAUSE_BELOW_PEAK_DB = 34;
/** A voiceless "su" at the end is far weaker than the vowels; what lies below this is truly over. */
const SILENCE_BELOW_PEAK_DB = 48;

/** Measures mono samples on the scale -1..1; silence measures -Infinity. */
export function measureLevel(samples: Float64Array, sampleRate: number): Level {
  const peak = peakOf(samples);
  const frames = frameRms(samples, sampleRate).filter((rms) => rms > peak * fromDb(-PAUSE_BELOW_PEAK_DB));
  const power = frames.reduce((sum, rms) => sum + rms ** 2, 0) / Math.max(frames.length, 1);
  return { peakDbfs: toDb(peak), activeRmsDbfs: toDb(Math.sqrt(power)) };
}

/**
 * Brings speech to the common loudness, or as near to it as the highest allowed peak lets it.
 * A peak is never cut off: that would be heard as crackling.
 */
export function normaliseLevel(samples: Float64Array, sampleRate: number): Float64Array {
  const { peakDbfs, activeRmsDbfs } = measureLevel(samples, sampleRate);
  if (peakDbfs === -Infinity) return samples.slice();
  const gainDb = Math.min(TARGET_RMS_DBFS - activeRmsDbfs, levelWindow.maxPeakDbfs - peakDbfs);
  return samples.map((sample) => sample * fromDb(gainDb));
}

/** Takes away what lies below the voice: a standing offset and rumble, which only use up level. */
export function removeRumble(samples: Float64Array): Float64Array {
  const keep = 0.95; // about 65 Hz at 8 kHz
  let before = 0;
  let held = 0;
  return samples.map((sample) => {
    held = sample - before + keep * held;
    before = sample;
    return held;
  });
}

/** Cuts or pads the silence at both ends to `marginSeconds`; all-silent sound is returned empty. */
export function trimSilence(samples: Float64Array, sampleRate: number, marginSeconds: number): Float64Array {
  const threshold = peakOf(samples) * fromDb(-SILENCE_BELOW_PEAK_DB);
  const frames = frameRms(samples, sampleRate);
  const first = frames.findIndex((rms) => rms > threshold);
  if (first === -1) return new Float64Array();
  const last = frames.findLastIndex((rms) => rms > threshold);

  const frameLength = Math.round(FRAME_SECONDS * sampleRate);
  const margin = Math.round(marginSeconds * sampleRate);
  const speech = samples.subarray(first * frameLength, (last + 1) * frameLength);
  const trimmed = new Float64Array(speech.length + 2 * margin);
  trimmed.set(speech, margin);
  // The weak onset of an s or h may reach into the margin: keep what is really there.
  const lead = Math.min(margin, first * frameLength);
  trimmed.set(samples.subarray(first * frameLength - lead, first * frameLength), margin - lead);
  trimmed.set(samples.subarray((last + 1) * frameLength).subarray(0, margin), margin + speech.length);
  return trimmed;
}

function frameRms(samples: Float64Array, sampleRate: number): number[] {
  const length = Math.round(FRAME_SECONDS * sampleRate);
  return Array.from({ length: Math.ceil(samples.length / length) }, (_, i) => {
    const frame = samples.subarray(i * length, (i + 1) * length);
    return Math.sqrt(frame.reduce((sum, sample) => sum + sample ** 2, 0) / frame.length);
  });
}

function peakOf(samples: Float64Array): number {
  return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
}

function toDb(ratio: number): number {
  return 20 * Math.log10(ratio);
}

function fromDb(db: number): number {
  return 10 ** (db / 20);
}
