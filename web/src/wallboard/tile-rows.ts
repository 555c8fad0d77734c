import type { TileName } from '../../../src/wallboard/wallboard-settings';

/** How wide each tile likes to be, of twelve parts. */
const widths: Readonly<Record<TileName, number>> = {
  unknown: 5,
  results: 4,
  alerts: 3,
  calls: 5,
  hotline: 4,
  counsellors: 3,
  links: 12,
};

export interface TileRow {
  tiles: { name: TileName; width: number }[];
  /** As high as its content rather than a share of the screen. */
  isLow: boolean;
}

/** Fills rows of twelve parts in the order given; what is left over in a row is shared out. */
export function rowsOf(names: readonly TileName[]): TileRow[] {
  const rows: TileName[][] = [];
  let room = 0;
  for (const name of names) {
    const last = rows.at(-1);
    if (last && widths[name] <= room) last.push(name);
    else {
      rows.push([name]);
      room = 12;
    }
    room -= widths[name];
  }
  return rows.map((row) => ({
    tiles: row.map((name) => ({ name, width: widths[name] })),
    isLow: row.every((name) => name === 'links'),
  }));
}
