/**
 * The name that takes the fewest typed changes (insert, delete, replace) to reach from `text`;
 * undefined when more than half of its letters would have to change, as a far-fetched hint misleads.
 */
export function nearestName(text: string, names: readonly string[]): string | undefined {
  let nearest: string | undefined;
  let fewest = Infinity;
  for (const name of names) {
    const most = Math.max(text.length, name.length) / 2;
    // The lengths alone rule out most names, and a cell of megabytes before any work is done on it.
    if (Math.abs(text.length - name.length) > most) continue;
    const changes = countChanges(text, name);
    if (changes < fewest && changes <= most) {
      fewest = changes;
      nearest = name;
    }
  }
  return nearest;
}

/** Levenshtein distance, row by row. */
function countChanges(from: string, to: string): number {
  let previous = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let row = 1; row <= from.length; row++) {
    const current = [row];
    for (let column = 1; column <= to.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (from[row - 1] === to[column - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[to.length] ?? 0;
}
