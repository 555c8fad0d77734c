import type { PresenceChange } from './call-log.js';

/** One change of one counsellor on one line, as it was stored. */
export interface PresenceFact {
  extension: string;
  what: PresenceChange;
  at: Date;
}

interface Span {
  from: number;
  until: number;
}

/**
 * How long counsellors were ready to take calls, or took them, between two moments: all of them together, in ms.
 *
 * @param facts of one line, from well before `from`: who is there at its beginning came earlier
 */
export function readyMs(facts: readonly PresenceFact[], from: Date, until: Date): number {
  const window: Span = { from: from.getTime(), until: until.getTime() };
  const inOrder = facts.filter(({ at }) => at < until).sort((one, other) => +one.at - +other.at);
  const people = new Set(inOrder.map(({ extension }) => extension));
  return [...people].reduce((sum, extension) => {
    const own = inOrder.filter((fact) => fact.extension === extension);
    return sum + readyMsOfOne(own, window);
  }, 0);
}

function readyMsOfOne(facts: readonly PresenceFact[], window: Span): number {
  let sum = 0;
  let isIn = false;
  let isPaused = false;
  let since = 0;
  const close = (until: number): void => {
    if (isIn && !isPaused) sum += overlap({ from: since, until }, window);
    since = until;
  };
  for (const { what, at } of facts) {
    close(at.getTime());
    if (what === 'in') isIn = true;
    if (what === 'out') [isIn, isPaused] = [false, false];
    if (what === 'paused') isPaused = true;
    if (what === 'resumed') isPaused = false;
  }
  close(window.until);
  return sum;
}

/** How much of a span lies within another one, in ms. */
export function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.until, other.until) - Math.max(one.from, other.from));
}
