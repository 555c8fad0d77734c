/** Every name that Asterisk and we share stands here, and nowhere else. */
export const checkinChannelPrefix = 'checkin-';
/** Calls that a person at the terminal tries the line with: no check-in stands behind them. */
export const testChannelPrefix = 'testcall-';
/** The station's own line of a call by click. */
export const stationChannelPrefix = 'station-';
export const trunkEndpoint = 'trunk';
/** The exchange's global variable with the form in which the carrier wants the number that is called. */
export const numberFormatVariable = 'TRUNK_NUMBER_FORMAT';
export const ariUser = 'genkidesu';
export const amiUser = 'genkidesu';
export const callInFamily = 'callin';

/** One ARI application per PBX: a second process on it silences the first. */
export function ariApplication(pbxId: string): string {
  return `genkidesu-${pbxId}`;
}

/** The thirty-two queues that stand ready in the exchange, one per line. */
export function queueName(slot: number): string {
  return `line-${slot}`;
}

/** The line of a queue, or undefined when the queue is none of ours. */
export function slotOfQueue(queue: string): number | undefined {
  const slot = Number(/^line-(\d{1,2})$/.exec(queue)?.[1]);
  return slot >= 1 && slot <= 32 ? slot : undefined;
}

/** A counsellor's phone in the exchange; the extension is its account too. */
export function counsellorInterface(extension: string): string {
  return `PJSIP/${extension}`;
}

/** What the service keeps in the exchange's AstDB for the hotline, by family. */
export const hotlineFamilies = {
  numbers: 'hotline-did',
  lines: 'hotline-line',
  salt: 'hotline-salt',
  urgent: 'hotline-urgent',
  counsellors: 'hotline-counsellor',
  spent: 'hotline-spent',
} as const;

/** Where a call that answers a task goes on, once the counsellor has picked up. */
export const callBackContext = 'hotline-callback';
/** Where a call by click goes on, once the station's telephone was picked up; what it tells stands in AstDB. */
export const stationCallContext = 'station-call';
export const stationCallFamily = 'station-call';
/** What a counsellor's phone may dial. */
export const counsellorContext = 'counsellor';
/** The transport of phones outside the office. */
export const outsideTransport = 'transport-tls';
