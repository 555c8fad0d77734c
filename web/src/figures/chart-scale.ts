/** The marks of an axis from 0: round numbers, at most six, whole where the values are. */
export function marksUpTo(highest: number): number[] {
  const step = Math.max(1, roundUp(highest / 5));
  const count = Math.max(1, Math.ceil(highest / step));
  return Array.from({ length: count + 1 }, (_none, index) => index * step);
}

/** 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const factor = [1, 2, 5, 10].find((one) => one * power >= value) ?? 10;
  return factor * power;
}
