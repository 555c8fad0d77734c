import type { CallEnd, Heard, Listening, PhoneCall } from '../../checkins/phone.js';
import { hangupReason } from '../hangup-cause.js';
import type { AriEvent } from './ari-event.js';

/** The same key again within this time is one press: events and audio can both carry it. */
const debounceMs = 300;
/** A sound of which Asterisk never reports the end must not hold the call. */
const longestSoundMs = 90_000;
/** A conversation plays fewer sounds than this. */
const mostSounds = 20;

/** What a call may ask of Asterisk. Failures are the channel's own affair: its end is told by an event. */
export interface ChannelOrders {
  play(channelId: string, playbackId: string, sounds: readonly string[]): Promise<void>;
  stopPlaying(playbackId: string): Promise<void>;
  hangUp(channelId: string): Promise<void>;
}

type Told = AriEvent | { type: 'linkLost' };

/** One channel of ours: its events in, what was heard out. Every wait ends on a key, a hang-up, a lost link and a time. */
export class AriCall implements PhoneCall {
  readonly answered: Promise<'answered' | 'over'>;
  readonly ended: Promise<CallEnd>;
  ringingAt: Date | undefined;
  answeredAt: Date | undefined;

  readonly #orders: ChannelOrders;
  readonly #keys: { digit: string; at: Date }[] = [];
  #lastKey: { digit: string; at: Date } | undefined;
  #over: 'hungUp' | 'linkLost' | undefined;
  #listener: ((told: Told) => void) | undefined;
  #hungUpByUs = false;
  #soundCount = 0;
  #longestTalkSeconds = 0;
  #settleAnswered!: (how: 'answered' | 'over') => void;
  #settleEnded!: (end: CallEnd) => void;

  constructor(
    readonly attemptId: string,
    readonly channelId: string,
    orders: ChannelOrders,
  ) {
    this.#orders = orders;
    this.answered = new Promise((resolve) => (this.#settleAnswered = resolve));
    this.ended = new Promise((resolve) => (this.#settleEnded = resolve));
  }

  /** Takes in one event of this channel. */
  tell(told: Told): void {
    switch (told.type) {
      case 'ringing':
        this.ringingAt ??= told.at;
        break;
      case 'answered':
        this.answeredAt ??= told.at;
        this.#settleAnswered('answered');
        break;
      case 'key':
        if (!this.#takeKey(told)) return;
        break;
      case 'talking':
        this.#longestTalkSeconds = Math.max(this.#longestTalkSeconds, told.seconds);
        break;
      case 'ended':
        this.#end(true, told.cause, told.sipStatus, told.at);
        break;
      case 'linkLost':
        this.#over ??= 'linkLost';
        this.#settleAnswered('over');
        this.#settleEnded({ kind: 'unknown' });
        break;
      case 'played':
      case 'hangupAsked':
      case 'replaced':
        break;
    }
    this.#listener?.(told);
  }

  /** The exchange refused to start the call. */
  refuse(at: Date): void {
    this.#end(false, 0, undefined, at);
  }

  #takeKey(key: { digit: string; at: Date }): boolean {
    const last = this.#lastKey;
    this.#lastKey = key;
    if (last?.digit === key.digit && key.at.getTime() - last.at.getTime() < debounceMs) return false;
    this.#keys.push({ digit: key.digit, at: key.at });
    return true;
  }

  #end(started: boolean, cause: number, sipStatus: number | undefined, at: Date): void {
    this.#over = 'hungUp';
    this.#settleAnswered('over');
    const hungUpBy = this.#hungUpByUs ? 'us' : this.answeredAt ? 'them' : 'network';
    const rang = this.ringingAt !== undefined;
    const reason = this.answeredAt
      ? 'normal'
      : started
        ? hangupReason({ cause, sipStatus, rang })
        : 'networkFault';
    const longestTalkSeconds = this.#longestTalkSeconds;
    this.#settleEnded({ kind: 'ended', started, reason, cause, sipStatus, hungUpBy, at, longestTalkSeconds });
  }

  async ask(sounds: readonly string[], { withinSeconds, ignoring = '' }: Listening): Promise<Heard> {
    const early = this.#nextKey(ignoring) ?? this.#overHeard();
    if (early) return early;
    const playbackId = sounds.length > 0 ? this.#soundId(++this.#soundCount) : undefined;
    const heard = await this.#listen(playbackId, sounds, withinSeconds, ignoring);
    if (playbackId && heard.kind === 'key') void this.#orders.stopPlaying(playbackId);
    return heard;
  }

  #listen(
    playbackId: string | undefined,
    sounds: readonly string[],
    withinSeconds: number,
    ignoring: string,
  ): Promise<Heard> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined;
      const done = (heard: Heard): void => {
        clearTimeout(timer);
        this.#listener = undefined;
        resolve(heard);
      };
      const waitAfterSound = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => done({ kind: 'silence' }), withinSeconds * 1000);
      };
      this.#listener = (told) => {
        const heard = this.#nextKey(ignoring) ?? this.#overHeard();
        if (heard) done(heard);
        else if (told.type === 'played' && told.playbackId === playbackId) waitAfterSound();
      };
      if (!playbackId) {
        waitAfterSound();
        return;
      }
      timer = setTimeout(waitAfterSound, longestSoundMs);
      // A refused sound is either a call that is just ending, which its event tells, or our fault: go on listening.
      this.#orders.play(this.channelId, playbackId, sounds).catch(waitAfterSound);
    });
  }

  /**
   * Cuts off what an earlier process or link left playing: a new sound would wait behind it.
   * Sounds are numbered, so that they can be named without having seen them start.
   */
  silence(): void {
    // Numbered from elsewhere: after a second take-up, an id that is still in use would be refused.
    this.#soundCount = 1000 + Math.floor(Math.random() * 1e6);
    for (let sound = 1; sound <= mostSounds; sound++) void this.#orders.stopPlaying(this.#soundId(sound));
  }

  #soundId(count: number): string {
    return `${this.channelId}-${count}`;
  }

  #nextKey(ignoring: string): Heard | undefined {
    for (let key = this.#keys.shift(); key; key = this.#keys.shift()) {
      if (!ignoring.includes(key.digit)) return { kind: 'key', ...key };
    }
    return undefined;
  }

  #overHeard(): Heard | undefined {
    return this.#over && { kind: this.#over };
  }

  /** Whether it was hung up by us, or is over, whatever the exchange still does. */
  get isGivenUp(): boolean {
    return this.#hungUpByUs || this.#over !== undefined;
  }

  async hangUp(): Promise<void> {
    if (this.#over) return;
    this.#hungUpByUs = true;
    await this.#orders.hangUp(this.channelId);
  }
}
