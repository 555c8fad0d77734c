import { setTimeout as delay } from 'node:timers/promises';
import { BenchError } from './bench-error.js';

/** Told how many calls are over. */
export type Progress = (done: number) => void;

const everyMs = 500;
/** A call takes a few seconds, so a pause as long as this is a standstill. */
const standstillMs = 60_000;

/**
 * Asks again and again how many are done, until all are.
 *
 * @throws BenchError when nothing has moved for a minute
 */
export async function watchProgress(
  all: number,
  tell: Progress,
  countDone: () => number | Promise<number>,
): Promise<void> {
  let before = -1;
  let movedAt = performance.now();
  for (;;) {
    const done = await countDone();
    tell(done);
    if (done >= all) return;
    if (done !== before) movedAt = performance.now();
    before = done;
    if (performance.now() - movedAt > standstillMs) {
      throw new BenchError(`nothing moved for ${standstillMs / 1000} s: ${done} of ${all} calls are over`);
    }
    await delay(everyMs);
  }
}

/** A line on stderr that says how far a run is: rewritten on a terminal, now and then elsewhere. */
export function progressLine(
  what: string,
  all: number,
  stream: NodeJS.WriteStream = process.stderr,
): Progress {
  let toldAt = Number.NEGATIVE_INFINITY;
  return (done) => {
    const now = performance.now();
    const finished = done >= all;
    if (!stream.isTTY && !finished && now - toldAt < 5000) return;
    toldAt = now;
    const text = `${what}: ${done}/${all}`;
    stream.write(stream.isTTY ? `\r${text} ${finished ? '\n' : ''}` : `${text}\n`);
  };
}
