/** Every name that Asterisk and we share stands here, and nowhere else. */
export const checkinChannelPrefix = 'checkin-';
export const trunkEndpoint = 'trunk';
export const ariUser = 'genkidesu';
export const amiUser = 'genkidesu';
export const callInFamily = 'callin';

/** One ARI application per PBX: a second process on it silences the first. */
export function ariApplication(pbxId: string): string {
  return `genkidesu-${pbxId}`;
}
