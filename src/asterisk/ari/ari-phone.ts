import { connect, type Client } from 'ari-client';
import type { Clock } from '../../clock.js';
import type { CallOrder, LiveCall, Phone, PhoneCall } from '../../checkins/phone.js';
import type { Logger } from '../../log.js';
import { isDialable } from '../../subscribers/phone-number.js';
import { ariApplication, checkinChannelPrefix } from '../names.js';
import { AriCall, type ChannelOrders } from './ari-call.js';
import type { AriEvent } from './ari-event.js';
import { AriSocket } from './ari-socket.js';
import { AriError, forgetPeer, registerPeer } from './harden-ari-client.js';
import { trunkAddress } from './trunk-address.js';

export interface AriPhoneOptions {
  pbxId: string;
  /** What the ids of our channels begin with: check-ins unless told otherwise. */
  channelPrefix?: string;
  baseUrl: string;
  user: string;
  password: string;
  /** The number shown to the person called: one fixed number. */
  callerNumber: string;
  clock: Clock;
  log: Logger;
  /** The events may flow again, and what happened meanwhile is unknown. */
  onUp: () => void;
  onDown: () => void;
  /** Another process took our application: this one must stop at once. */
  onReplaced: () => void;
}

/** A pause of this length ends a stretch of talk; how long it was tells a recording from a person. */
const talkPauseMs = '800';

const unusedEvents = [
  'ChannelVarset',
  'ChannelDialplan',
  'PlaybackStarted',
  'StasisEnd',
  'ChannelTalkingStarted',
];

/** Check-in calls over ARI. Events go to their call by channel id; a call is forgotten when its channel ends. */
export class AriPhone implements Phone, ChannelOrders {
  readonly #options: AriPhoneOptions;
  readonly #prefix: string;
  readonly #socket: AriSocket;
  readonly #calls = new Map<string, AriCall>();
  #client: Client | undefined;
  #connecting = false;
  #retry: NodeJS.Timeout | undefined;

  constructor(options: AriPhoneOptions) {
    this.#options = options;
    this.#prefix = options.channelPrefix ?? checkinChannelPrefix;
    const { baseUrl, user, password, log } = options;
    registerPeer(baseUrl, user, password);
    this.#socket = new AriSocket({
      baseUrl,
      user,
      password,
      log,
      application: ariApplication(options.pbxId),
    });
    this.#socket.on('up', () => void this.#becomeReady());
    this.#socket.on('down', () => this.#loseLink());
    this.#socket.on('event', (event) => this.#dispatch(event));
  }

  get isUp(): boolean {
    return this.#socket.isUp && this.#client !== undefined;
  }

  /** For what else is asked of the same exchange; undefined until it has described itself. */
  get client(): Client | undefined {
    return this.#client;
  }

  start(): void {
    this.#socket.start();
  }

  stop(): void {
    clearTimeout(this.#retry);
    this.#socket.stop();
    forgetPeer(this.#options.baseUrl);
  }

  /** The client reads Asterisk's own description of its operations, once. */
  async #becomeReady(): Promise<void> {
    if (this.#connecting) return;
    this.#connecting = true;
    try {
      const { baseUrl, user, password } = this.#options;
      this.#client ??= await connect(baseUrl, user, password);
      await this.#leaveOutUnusedEvents(this.#client);
    } catch (error) {
      this.#options.log.warn({ event: 'ari.connect_failed', err: error }, 'Asterisk did not describe itself');
      this.#socket.stop();
      this.#retry = setTimeout(() => this.#socket.start(), 1000);
      return;
    } finally {
      this.#connecting = false;
    }
    if (this.#socket.isUp) this.#options.onUp();
  }

  /** Half of what Asterisk tells of a call is of no use to us, and a slow reader is cut off. Asterisk keeps the filter only as long as the application. */
  async #leaveOutUnusedEvents(client: Client): Promise<void> {
    await client.applications.filter({
      applicationName: ariApplication(this.#options.pbxId),
      filter: { disallowed: unusedEvents.map((type) => ({ type })) },
    });
  }

  #loseLink(): void {
    for (const call of this.#calls.values()) call.tell({ type: 'linkLost' });
    this.#calls.clear();
    this.#options.onDown();
  }

  #dispatch(event: AriEvent): void {
    if (event.type === 'replaced') {
      this.#options.onReplaced();
      return;
    }
    const call = this.#calls.get(event.channelId);
    if (!call) return;
    if (event.type === 'ended') this.#calls.delete(event.channelId);
    if (event.type === 'played' && event.failed) {
      this.#options.log.error(
        { event: 'ari.sound_failed', attemptId: call.attemptId },
        'a sound could not be played',
      );
    }
    call.tell(event);
  }

  place(order: CallOrder): PhoneCall {
    const call = this.#newCall(order.attemptId);
    const { clock, log } = this.#options;
    const refuse = (error: unknown): void => {
      log.warn(
        { event: 'ari.originate_failed', attemptId: order.attemptId, err: error },
        'a call was not started',
      );
      // No answer, or an id that lives already: the phone may ring. Only Asterisk can tell, so it is asked later.
      const mayRing = error instanceof AriError && (error.status === 0 || error.status === 409);
      this.#calls.delete(call.channelId);
      if (mayRing) call.tell({ type: 'linkLost' });
      else call.refuse(clock());
    };
    if (!this.isUp || !this.#client) {
      refuse(new Error('no link to Asterisk'));
      return call;
    }
    // The last guard before a number leaves the house: never 110 or 119, nor what costs or is no person's.
    if (!isDialable(order.number)) {
      refuse(new Error('not a number that may be dialled'));
      return call;
    }
    this.#originate(this.#client, call, order).catch(refuse);
    return call;
  }

  async #originate(client: Client, call: AriCall, order: CallOrder): Promise<void> {
    const endpoint = await trunkAddress(client, order.number);
    // Given up while the exchange was asked: there was no channel yet to hang up.
    if (call.isGivenUp) throw new Error('given up before it was started');
    await client.channels.originate({
      endpoint,
      app: ariApplication(this.#options.pbxId),
      channelId: call.channelId,
      callerId: this.#options.callerNumber,
      timeout: order.ringSeconds,
      variables: {
        'TIMEOUT(absolute)': String(order.maxSeconds),
        'TALK_DETECT(set)': talkPauseMs,
        ...(order.mark !== undefined && { 'CHANNEL(userfield)': order.mark }),
      },
    });
  }

  takeUp(live: LiveCall): PhoneCall {
    const call = this.#newCall(live.attemptId);
    if (live.answered) call.silence();
    if (live.answered) call.tell({ type: 'answered', channelId: call.channelId, at: this.#options.clock() });
    return call;
  }

  #newCall(attemptId: string): AriCall {
    const call = new AriCall(attemptId, this.#prefix + attemptId, this);
    this.#calls.set(call.channelId, call);
    return call;
  }

  async liveCalls(): Promise<LiveCall[]> {
    const channels = await this.#ready().channels.list();
    return channels
      .filter((channel) => channel.id.startsWith(this.#prefix))
      .map(({ id, state }) => ({
        attemptId: id.slice(this.#prefix.length),
        answered: state === 'Up',
      }));
  }

  async play(channelId: string, playbackId: string, sounds: readonly string[]): Promise<void> {
    const media = sounds.map((sound) => `sound:${sound}`).join(',');
    await this.#ready().channels.playWithId({ channelId, playbackId, media });
  }

  async stopPlaying(playbackId: string): Promise<void> {
    await this.#ready()
      .playbacks.stop({ playbackId })
      .catch((error: unknown) => {
        // The sound was over by itself, or the call is; the next sound is queued behind it either way.
        this.#options.log.debug({ event: 'ari.stop_sound_failed', err: error }, 'a sound had ended already');
      });
  }

  async hangUp(channelId: string): Promise<void> {
    const id = channelId.startsWith(this.#prefix) ? channelId : this.#prefix + channelId;
    await ignoreGone(this.#ready().channels.hangup({ channelId: id }));
  }

  #ready(): Client {
    if (!this.#client) throw new AriError('no link to Asterisk', 'EARIDOWN', 0);
    return this.#client;
  }
}

/** "Already gone" is how calls end; a lost link is told by the socket. */
async function ignoreGone(order: Promise<unknown>): Promise<void> {
  try {
    await order;
  } catch (error) {
    if (!(error instanceof AriError) || (error.status !== 404 && error.status !== 0)) throw error;
  }
}
