import { useEffect, useRef, useState } from 'react';
import type { WallboardView } from '../../../src/wallboard/wallboard-view';
import { playChime } from './chime';

const everyMs = 4000;

export interface Alarm {
  isArmed: boolean;
  /** Something is red that nobody has acknowledged. */
  sounds: boolean;
  /** One click lets the page make sounds, and keeps the screen awake. */
  arm: () => void;
  disarm: () => void;
  acknowledge: () => void;
}

/** Sounds while something is red, until somebody says that they have seen it; what turns red later sounds anew. */
export function useAlarm(view: WallboardView | undefined): Alarm {
  const [audio, setAudio] = useState<AudioContext>();
  const [seen, setSeen] = useState<readonly string[]>([]);
  const red = view ? view.tiles.filter((name) => view.lights[name] === 'red') : [];
  const redKey = red.join(' ');
  // Who is not red any more sounds again at the next time.
  const [lastRed, setLastRed] = useState(redKey);
  if (lastRed !== redKey) {
    setLastRed(redKey);
    setSeen(seen.filter((name) => redKey.split(' ').includes(name)));
  }
  const sounds = red.some((name) => !seen.includes(name));
  useEffect(() => {
    if (!audio || !sounds) return undefined;
    playChime(audio);
    const timer = setInterval(() => playChime(audio), everyMs);
    return () => clearInterval(timer);
  }, [audio, sounds]);
  useWakeLock(audio !== undefined);
  return {
    isArmed: audio !== undefined,
    sounds,
    arm: () => {
      const context = new AudioContext();
      void context.resume();
      setAudio(context);
    },
    disarm: () => {
      void audio?.close();
      setAudio(undefined);
    },
    acknowledge: () => setSeen(red),
  };
}

/** Browsers give the lock back whenever the page is hidden: it is asked for again when it is seen again. */
function useWakeLock(isWanted: boolean): void {
  const lock = useRef<WakeLockSentinel | undefined>(undefined);
  useEffect(() => {
    if (!isWanted || !('wakeLock' in navigator)) return undefined;
    const ask = (): void => {
      if (document.visibilityState !== 'visible') return;
      navigator.wakeLock.request('screen').then(
        (given) => (lock.current = given),
        // Refused on a low battery, for example: the board goes on without.
        () => undefined,
      );
    };
    ask();
    document.addEventListener('visibilitychange', ask);
    return () => {
      document.removeEventListener('visibilitychange', ask);
      void lock.current?.release();
      lock.current = undefined;
    };
  }, [isWanted]);
}
