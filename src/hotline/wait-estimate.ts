/** What is known of a line at this moment. */
export interface WaitFacts {
  waiting: number;
  /** People who keep their place and are to be phoned: they come first, too. */
  callBacksDue: number;
  /** Counsellors who take calls: free, talking or writing up, but not paused. */
  counsellorsPresent: number;
  counsellorsFree: number;
  /** How long the latest talks with their write-ups took. */
  recentTalkSeconds: readonly number[];
}

/** One talk may be anything; three tell something. */
const fewestTalks = 3;
/** Somebody rings, picks up and greets: no talk is shorter for the one who waits behind it. */
const shortestTalkSeconds = 30;
/** What is told of more than a day is an error. */
const longestTalkSeconds = 86_400;

/**
 * How long who joins the line now will probably wait, in whole minutes, rounded up.
 *
 * Those before us are served by all who are present, each talk taking as long as the latest did on average;
 * when as many counsellors are free as people are before us and one more, nobody waits.
 *
 * @returns undefined when nobody is there, or too little is known of the talks
 */
export function estimateWaitMinutes(facts: WaitFacts): number | undefined {
  const present = Math.max(facts.counsellorsPresent, facts.counsellorsFree);
  if (!(present > 0)) return undefined;
  const free = Math.max(0, facts.counsellorsFree);
  const ahead = Math.max(0, facts.waiting) + Math.max(0, facts.callBacksDue);
  if (ahead < free) return 0;
  const talks = facts.recentTalkSeconds.filter((talk) => talk >= 0 && talk <= longestTalkSeconds);
  if (talks.length < fewestTalks) return undefined;
  const sum = talks.reduce((all, talk) => all + Math.max(talk, shortestTalkSeconds), 0);
  const endsNeeded = ahead - free + 1;
  return Math.ceil((endsNeeded * (sum / talks.length)) / present / 60);
}
