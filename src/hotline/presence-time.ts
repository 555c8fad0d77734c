import type { PresenceChange } from './call-log.js';

/** The counsellor's word for the pause after a talk: it is work, not absence. */
export const wrapUpReason = 'wrapUp';

/** One change of one counsellor on one line, as it was stored. */
export interface PresenceFact {
  extension: string;
  what: PresenceChange;
  reason: string;
  at: Date;
}

interface Span {
  from: number;
  until: number;
}

/** How counsellors spent a stretch of time, in ms. */
export interface PresenceTime {
  /** Ready to take calls or taking them, or writing up a talk. */
  readyMs: number;
  /** The write-ups that ended in it: how many, and how long they were. */
  wrapUps: number;
  wrapUpMs: number;
  /** The part of all write-ups that lies in it. */
  wrapUpWithinMs: number;
}

/**
 * Adds up how counsellors were there between two moments; one who is there twice counts once.
 *
 * @param facts of one line, from well before `from`: who is there at its beginning came earlier
 */
export function presenceTime(facts: readonly PresenceFact[], from: Date, until: Date): PresenceTime {
  const window: Span = { from: from.getTime(), until: until.getTime() };
  const sum: PresenceTime = { readyMs: 0, wrapUps: 0, wrapUpMs: 0, wrapUpWithinMs: 0 };
  const inOrder = facts.filter(({ at }) => at < until).sort((one, other) => +one.at - +other.at);
  const people = new Set(inOrder.map(({ extension }) => extension));
  for (const extension of people) {
    addOne(
      sum,
      inOrder.filter((fact) => fact.extension === extension),
      window,
    );
  }
  return sum;
}

function addOne(sum: PresenceTime, facts: readonly PresenceFact[], window: Span): void {
  let isIn = false;
  let pause: string | undefined;
  let since = 0;
  const close = (until: number, isOver: boolean): void => {
    if (!isIn) return;
    const span = overlap({ from: since, until }, window);
    if (pause === undefined) sum.readyMs += span;
    if (pause !== wrapUpReason) return;
    sum.readyMs += span;
    sum.wrapUpWithinMs += span;
    if (!isOver || until < window.from) return;
    sum.wrapUps += 1;
    sum.wrapUpMs += until - since;
  };
  for (const { what, reason, at } of facts) {
    const now = at.getTime();
    // A pause that is told again, such as by a second line, does not begin anew.
    if (what === 'paused' && pause === reason) continue;
    close(now, true);
    since = now;
    if (what === 'in') isIn = true;
    if (what === 'out') [isIn, pause] = [false, undefined];
    if (what === 'paused') pause = reason;
    if (what === 'resumed') pause = undefined;
  }
  close(window.until, false);
}

/** How much of a span lies within another one, in ms. */
export function overlap(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.until, other.until) - Math.max(one.from, other.from));
}
