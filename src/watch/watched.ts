import type { Finding } from '../doctor/findings.js';

/** One thing that is watched all the time, as it is now, and since when it is so. */
export interface Watched extends Finding {
  code: string;
  since: Date;
}

export interface Change {
  code: string;
  /** Undefined: it is looked at for the first time. */
  from: Finding['state'] | undefined;
  to: Finding['state'];
}

/**
 * Takes what was found into what is known. Only findings with a code are watched. Of two with one code the worse
 * one stands. What is well at the first look is no change; what disappears is forgotten.
 */
export function takeFindings(
  before: ReadonlyMap<string, Watched>,
  findings: readonly Finding[],
  now: Date,
): { states: Map<string, Watched>; changes: Change[] } {
  const states = new Map<string, Watched>();
  for (const finding of findings) {
    const { code } = finding;
    if (code === undefined) continue;
    const other = states.get(code);
    if (other && weight[other.state] >= weight[finding.state]) continue;
    const known = before.get(code);
    const since = known?.state === finding.state ? known.since : now;
    states.set(code, { ...finding, code, since });
  }
  const changes = [...states.values()].flatMap(({ code, state }): Change[] => {
    const from = before.get(code)?.state;
    if (from === state || (from === undefined && state === 'good')) return [];
    return [{ code, from, to: state }];
  });
  return { states, changes };
}

const weight: Readonly<Record<Finding['state'], number>> = { good: 0, warning: 1, bad: 2 };

/** The worst first; what is alike as it came. */
export function worstFirst(watched: Iterable<Watched>): Watched[] {
  return [...watched].sort((one, other) => weight[other.state] - weight[one.state]);
}
