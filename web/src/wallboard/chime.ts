/** Falling, short and soft: nobody takes it for a telephone, which rings on one or two even tones. */
const tones = [
  { hertz: 988, atSeconds: 0 },
  { hertz: 784, atSeconds: 0.18 },
  { hertz: 587, atSeconds: 0.36 },
];

/** Plays three falling notes; made here, so that there is no file to load when the network is bad. */
export function playChime(audio: AudioContext): void {
  for (const { hertz, atSeconds } of tones) {
    const start = audio.currentTime + atSeconds;
    const tone = new OscillatorNode(audio, { type: 'triangle', frequency: hertz });
    const loudness = new GainNode(audio, { gain: 0 });
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(0.4, start + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, start + 0.5);
    tone.connect(loudness).connect(audio.destination);
    tone.start(start);
    tone.stop(start + 0.55);
  }
}
