/** How a figure stands to its limit. `none`: nothing to judge, or no limit is set. */
export type Light = 'green' | 'yellow' | 'red' | 'none';

/** Of the way to the limit, where yellow begins. */
const yellowFrom = 0.7;

/** For figures that are worse when greater: red at the limit, yellow from 70 % of it. */
export function lightUpTo(value: number | null, limit: number | null): Light {
  if (value === null || limit === null) return 'none';
  if (value >= limit) return 'red';
  // Nothing at all is never a warning, however small the limit is.
  return value > 0 && value >= limit * yellowFrom ? 'yellow' : 'green';
}

/** For shares that are worse when smaller: red below the limit, yellow in the first 30 % of the way from it to 1. */
export function lightDownTo(share: number | null, limit: number | null): Light {
  if (share === null || limit === null) return 'none';
  if (share < limit) return 'red';
  return share < limit + (1 - limit) * (1 - yellowFrom) ? 'yellow' : 'green';
}

const order: readonly Light[] = ['none', 'green', 'yellow', 'red'];

/** The light of a whole, by its worst part. */
export function worstLight(lights: readonly Light[]): Light {
  return order[Math.max(0, ...lights.map((light) => order.indexOf(light)))] ?? 'none';
}
