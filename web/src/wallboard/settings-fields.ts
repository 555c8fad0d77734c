import type { Limits, TileName } from '../../../src/wallboard/wallboard-settings';

const tiles: Readonly<Record<TileName, true>> = {
  unknown: true,
  results: true,
  alerts: true,
  calls: true,
  hotline: true,
  counsellors: true,
  links: true,
};
export const allTiles = Object.keys(tiles) as TileName[];

/** Limits that are shares, which people think of in hundredths. */
export const percentLimits: ReadonlySet<keyof Limits> = new Set(['serviceLevel', 'channels'] as const);
