/**
 * Splits a list for statements of bounded size: SQLite takes 500 rows in one as knex writes them, and
 * 32,766 values; MariaDB 65,535 values.
 */
export function inChunks<Item>(items: readonly Item[], size = 400): Item[][] {
  const chunks: Item[][] = [];
  for (let from = 0; from < items.length; from += size) chunks.push(items.slice(from, from + size));
  return chunks;
}

/** The items of each key, in their order. */
export function groupBy<Key, Item>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}
