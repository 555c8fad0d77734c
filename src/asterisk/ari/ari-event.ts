/** What we read of Asterisk's events; all else in them is left alone. */
export type AriEvent =
  | { type: 'ringing'; channelId: string; at: Date }
  | { type: 'answered'; channelId: string; at: Date }
  | { type: 'key'; channelId: string; digit: string; at: Date }
  | { type: 'played'; channelId: string; playbackId: string; failed: boolean; at: Date }
  | { type: 'hangupAsked'; channelId: string; at: Date }
  | { type: 'talking'; channelId: string; seconds: number; at: Date }
  | { type: 'ended'; channelId: string; cause: number; sipStatus: number | undefined; at: Date }
  | { type: 'replaced' };

interface RawEvent {
  type?: unknown;
  timestamp?: string;
  channel?: { id?: string; state?: string };
  peer?: { id?: string };
  dialstatus?: string;
  playback?: { id?: string; target_uri?: string; state?: string };
  digit?: string;
  cause?: number;
  tech_cause?: number;
  duration?: number;
}

/**
 * Reads one event of Asterisk, or undefined for those that we do not use.
 * An answer is taken from StasisStart: before it the channel takes no orders.
 */
export function readAriEvent(json: string): AriEvent | undefined {
  const raw = JSON.parse(json) as RawEvent;
  if (raw.type === 'ApplicationReplaced') return { type: 'replaced' };
  const at = raw.timestamp ? new Date(raw.timestamp) : undefined;
  if (!at || Number.isNaN(at.getTime())) return undefined;

  if (raw.type === 'PlaybackFinished') {
    const { id, target_uri: target, state } = raw.playback ?? {};
    if (!id || !target?.startsWith('channel:')) return undefined;
    return {
      type: 'played',
      channelId: target.slice('channel:'.length),
      playbackId: id,
      failed: state === 'failed',
      at,
    };
  }
  // A carrier that sends its ringing as early media tells PROGRESS and no ringing state.
  if (raw.type === 'Dial' && raw.peer?.id && /^(RINGING|PROGRESS)$/.test(raw.dialstatus ?? '')) {
    return { type: 'ringing', channelId: raw.peer.id, at };
  }
  const channelId = raw.channel?.id;
  if (!channelId) return undefined;
  switch (raw.type) {
    case 'ChannelStateChange':
      return raw.channel?.state === 'Ringing' ? { type: 'ringing', channelId, at } : undefined;
    case 'StasisStart':
      return { type: 'answered', channelId, at };
    case 'ChannelDtmfReceived':
      return raw.digit ? { type: 'key', channelId, digit: raw.digit, at } : undefined;
    case 'ChannelHangupRequest':
      return { type: 'hangupAsked', channelId, at };
    case 'ChannelTalkingFinished':
      return { type: 'talking', channelId, seconds: (raw.duration ?? 0) / 1000, at };
    case 'ChannelDestroyed':
      return { type: 'ended', channelId, cause: raw.cause ?? 0, sipStatus: raw.tech_cause, at };
    default:
      return undefined;
  }
}
