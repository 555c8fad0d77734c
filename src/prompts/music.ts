/** One note of a melody, or a rest. */
export interface Note {
  /** Semitones above a1 (440 Hz); undefined is a rest. */
  pitch: number | undefined;
  beats: number;
}

export interface Performance {
  beatSeconds: number;
  sampleRate: number;
  /** RMS of the whole piece, rests included. */
  rmsDbfs: number;
}

const CONCERT_PITCH_HZ = 440;
/** A plucked string heard through a wall: hardly any overtones, which a telephone would make shrill. */
const OVERTONES = [1, 0.28, 0.1, 0.03];
const ATTACK_SECONDS = 0.025;
/** In this time a string falls to a third. */
const DECAY_SECONDS = 0.55;
/** What is still heard of a string after this is taken away softly. */
const RING_SECONDS = 2.6;
const RELEASE_SECONDS = 0.4;

/**
 * Plays voices that sound together as one softly plucked instrument.
 *
 * The sound starts from silence. A string that still rings when the last rest is over rings on at the beginning, so
 * that the piece can be played in a ring without anybody hearing where it starts.
 *
 * @param voices each with its strength (1 is the leading one); the longest gives the length
 * @returns mono samples on the scale -1..1
 */
export function play(
  voices: readonly { notes: readonly Note[]; strength: number }[],
  { beatSeconds, sampleRate, rmsDbfs }: Performance,
): Float64Array {
  const beats = Math.max(0, ...voices.map(({ notes }) => beatsOf(notes)));
  const piece = new Float64Array(Math.round(beats * beatSeconds * sampleRate));
  for (const { notes, strength } of voices) {
    let beat = 0;
    for (const { pitch, beats: length } of notes) {
      if (pitch !== undefined)
        pluck(piece, Math.round(beat * beatSeconds * sampleRate), pitch, strength, sampleRate);
      beat += length;
    }
  }
  return atRms(piece, rmsDbfs);
}

/** How long a melody is. */
export function beatsOf(notes: readonly Note[]): number {
  return notes.reduce((sum, { beats }) => sum + beats, 0);
}

/** Adds one note to the piece, round its end. */
function pluck(
  piece: Float64Array,
  start: number,
  pitch: number,
  strength: number,
  sampleRate: number,
): void {
  const hz = CONCERT_PITCH_HZ * 2 ** (pitch / 12);
  const heard = OVERTONES.map((part, i) => ({ part, hz: hz * (i + 1) })).filter(
    (tone) => tone.hz < sampleRate / 2,
  );
  for (let i = 0; i < RING_SECONDS * sampleRate; i++) {
    const second = i / sampleRate;
    // Overtones die sooner than the string itself: that is what makes it soft.
    const value = heard.reduce(
      (sum, tone, n) =>
        sum +
        tone.part * Math.exp((-second * (1 + n)) / DECAY_SECONDS) * Math.sin(2 * Math.PI * tone.hz * second),
      0,
    );
    const at = (start + i) % piece.length;
    piece[at] = (piece[at] ?? 0) + strength * value * fade(second);
  }
}

/** Without both ends of it, each note starts and ends with a click. */
function fade(second: number): number {
  return Math.min(1, second / ATTACK_SECONDS, (RING_SECONDS - second) / RELEASE_SECONDS);
}

function atRms(samples: Float64Array, rmsDbfs: number): Float64Array {
  const rms = Math.sqrt(samples.reduce((sum, sample) => sum + sample ** 2, 0) / samples.length);
  return rms === 0 ? samples : samples.map((sample) => (sample / rms) * 10 ** (rmsDbfs / 20));
}
