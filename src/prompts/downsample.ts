/** Where the low-pass is half-way down, as a part of the new Nyquist frequency: 3.7 kHz for 8 kHz sound. */
const CUTOFF_OF_NYQUIST = 0.925;

/** Filter taps per output sample; 80 × 6 taps make the slope from 3.4 to 4.0 kHz when coming from 48 kHz. */
const TAPS_PER_FACTOR = 80;

/**
 * Lowers the sample rate by a whole factor, removing first what the new rate cannot carry:
 * without the low-pass, every s and sh above 4 kHz would come back as a whistle below it.
 *
 * @param samples mono, any scale
 * @param factor old rate divided by new rate, a whole number from 1
 * @returns `samples.length / factor` samples, in step with the input (the filter's delay is taken out)
 * @throws {RangeError} when the factor is not a whole number from 1
 */
export function downsample(samples: Float64Array, factor: number): Float64Array {
  if (!Number.isInteger(factor) || factor < 1) throw new RangeError(`cannot downsample by ${factor}`);
  if (factor === 1) return samples.slice();

  const taps = lowPass(factor);
  const centre = (taps.length - 1) / 2;
  const lowered = new Float64Array(Math.floor(samples.length / factor));
  for (let out = 0; out < lowered.length; out++) {
    const start = out * factor - centre;
    let sum = 0;
    for (let i = 0; i < taps.length; i++) sum += (taps[i] ?? 0) * (samples[start + i] ?? 0);
    lowered[out] = sum;
  }
  return lowered;
}

/** A sinc under a Blackman window, scaled so that a steady level stays what it was. */
function lowPass(factor: number): Float64Array {
  const length = TAPS_PER_FACTOR * factor + 1;
  const centre = (length - 1) / 2;
  const cutoff = CUTOFF_OF_NYQUIST / factor;
  const taps = Float64Array.from({ length }, (_, i) => {
    const turn = (2 * Math.PI * i) / (length - 1);
    const blackman = 0.42 - 0.5 * Math.cos(turn) + 0.08 * Math.cos(2 * turn);
    return blackman * sinc(cutoff * (i - centre));
  });
  const gain = taps.reduce((sum, tap) => sum + tap, 0);
  return taps.map((tap) => tap / gain);
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
}
