/** Further apart than this, nobody can say when a call was due, or what came first. */
export const mostSkewMs = 2 * 60_000;

export interface ClockSkew {
  /** How far the two that differ most are apart. */
  worstMs: number;
  /** The two, by name; undefined when fewer than two clocks are known. */
  between: readonly [string, string] | undefined;
  /** The one that the others disagree with; undefined when there are only two, or all agree. */
  off: string | undefined;
}

/**
 * Compares clocks that were read at one moment.
 *
 * @param clocks ms since 1970 by name; undefined: not known, or there is none (SQLite has no clock of its own)
 */
export function clockSkew(clocks: Readonly<Record<string, number | undefined>>): ClockSkew {
  const known = Object.entries(clocks)
    .flatMap(([name, at]) => (at === undefined || !Number.isFinite(at) ? [] : [{ name, at }]))
    .sort((one, other) => one.at - other.at);
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last || known.length < 2) return { worstMs: 0, between: undefined, off: undefined };
  const worstMs = last.at - first.at;
  return { worstMs, between: [first.name, last.name], off: worstMs > mostSkewMs ? oddOne(known) : undefined };
}

/** The clock at an end whose neighbour is far, while the others stand together. */
function oddOne(sorted: readonly { name: string; at: number }[]): string | undefined {
  const [first, second] = sorted;
  const [beforeLast, last] = [sorted.at(-2), sorted.at(-1)];
  if (sorted.length < 3 || !first || !second || !beforeLast || !last) return undefined;
  const [low, high] = [second.at - first.at, last.at - beforeLast.at];
  if (high > low) return low <= mostSkewMs ? last.name : undefined;
  if (low > high) return high <= mostSkewMs ? first.name : undefined;
  return undefined;
}
