/** From the end of one talk to the end of the next: two seconds of talk, and what the queue takes in between. */
const cycleSeconds = 3;
/** So many people too much in the queue are worth one counsellor more. */
const peoplePerCounsellor = 5;

/**
 * How many counsellors should be there so that the queue keeps its length: as many as serve what arrives, more
 * when it has grown, fewer when it has shrunk. At least one, so that nobody is stranded.
 */
export function counsellorsWanted(
  waiting: number,
  { target, callsPerSecond, phones }: { target: number; callsPerSecond: number; phones: number },
): number {
  const wanted = Math.round(callsPerSecond * cycleSeconds + (waiting - target) / peoplePerCounsellor);
  return Math.min(phones, Math.max(1, wanted));
}
