/** A zone in which it is between ten and eleven in the morning now: a picture that shows work being done is taken then. */
export function morningZone(now: Date): string {
  const ahead = ((10 - now.getUTCHours() + 36) % 24) - 12;
  // The signs of these zones are the other way round. East of Greenwich first: that day is Japan's.
  const hours = ahead < -9 ? ahead + 24 : ahead;
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}
