/** Every name that Asterisk and we share stands here, and nowhere else. */
export const checkinChannelPrefix = 'checkin-';
/** Calls that a person at the terminal tries the line with: no check-in stands behind them. */
export const testChannelPrefix = 'testcall-';
export const trunkEndpoint = 'trunk';
export const ariUser = 'genkidesu';
export const amiUser = 'genkidesu';
export const callInFamily = 'callin';

/** One ARI application per PBX: a second process on it silences the first. */
export function ariApplication(pbxId: string): string {
  return `genkidesu-${pbxId}`;
}
