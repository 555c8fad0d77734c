export interface Tone {
  hz: number;
  seconds: number;
  sampleRate: number;
  peak?: number;
}

/** A steady sine on the scale -1..1. */
export function tone({ hz, seconds, sampleRate, peak = 0.5 }: Tone): Float64Array {
  const length = Math.round(seconds * sampleRate);
  return Float64Array.from({ length }, (_, i) => peak * Math.sin((2 * Math.PI * hz * i) / sampleRate));
}

/** `seconds` of silence, the sound, and as much silence again. */
export function betweenSilences(sound: Float64Array, seconds: number, sampleRate: number): Float64Array {
  const silence = Math.round(seconds * sampleRate);
  const all = new Float64Array(sound.length + 2 * silence);
  all.set(sound, silence);
  return all;
}
