import { play, type Note } from './music.js';

/**
 * Semitones above a1, a fourth above the usual key: the lowest note, e1, is 330 Hz, and a telephone
 * carries nothing below 300.
 */
const pitches: Readonly<Record<string, number>> = { B: -5, C: -4, E: 0, F: 1, a: 5, b: 7, c: 8 };

/**
 * さくらさくら, a koto melody of the Edo period. In the names of its usual key: B, C, E and F below, a, b and c
 * above; a letter is a beat, `-` makes it longer by one, letters in brackets are half a beat each.
 */
const melody = 'aab- aab- abcb a(ba)F- ECEF E(EC)B- abcb a(ba)F- ECEF E(EC)B- aab- aab- EF(ba)F E---';

const BEAT_SECONDS = 0.7;
/** As strings answer each other: an octave higher, half a beat later, far softer. */
const ECHO = { octave: 12, beats: 0.5, strength: 0.22 };
const RMS_DBFS = -24;

/**
 * The music while people wait: the melody twice, the second time with an echo; 78 s, quiet.
 *
 * @returns mono samples on the scale -1..1, which may be played in a ring
 */
export function sakura(sampleRate: number): Float64Array {
  const once = notesOf(melody);
  const rest = { pitch: undefined, beats: once.reduce((sum, { beats }) => sum + beats, ECHO.beats) };
  const echo = once.map(({ pitch, beats }) => ({ pitch: (pitch ?? 0) + ECHO.octave, beats }));
  const last = echo.at(-1);
  // The echo ends with the melody, not half a beat after it.
  if (last) last.beats -= ECHO.beats;
  return play(
    [
      { notes: [...once, ...once], strength: 1 },
      { notes: [rest, ...echo], strength: ECHO.strength },
    ],
    { beatSeconds: BEAT_SECONDS, sampleRate, rmsDbfs: RMS_DBFS },
  );
}

function notesOf(written: string): Note[] {
  const notes: Note[] = [];
  let beats = 1;
  for (const sign of written) {
    const last = notes.at(-1);
    if (sign === '(') beats = 0.5;
    else if (sign === ')') beats = 1;
    else if (sign === '-' && last) last.beats += 1;
    else if (sign in pitches) notes.push({ pitch: pitches[sign], beats });
  }
  return notes;
}
