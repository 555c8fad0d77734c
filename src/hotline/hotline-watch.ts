import type { Clock } from '../clock.js';
import type { QueueEvent } from './queue-event.js';
import type { QueueFeed } from './queue-feed.js';
import { wrapUpEnd } from './picture-view.js';
import { foldEvent, fromSnapshot, nothingKnown, type QueuePicture } from './queue-picture.js';

/** A counsellor has a caller of the hotline on the phone. */
export interface AnsweredCall {
  callId: string;
  slot: number;
  extension: string;
  /** Domestic digits; '' when the caller hides it. */
  number: string;
  at: Date;
}

interface Listeners {
  picture: (picture: QueuePicture) => void;
  answered: (call: AnsweredCall) => void;
}

/** At most four pictures a second: more is nothing that an eye sees. */
const restMs = 250;

/** Keeps the picture of the queues, and announces it: the first change at once, then the newest a few times a second. */
export class HotlineWatch {
  readonly #feed: QueueFeed;
  readonly #clock: Clock;
  readonly #wrapUpSeconds: number;
  readonly #listeners: { [Kind in keyof Listeners]: Listeners[Kind][] } = { picture: [], answered: [] };
  #picture = nothingKnown;
  #rest: NodeJS.Timeout | undefined;
  #dirty = false;
  #wrapUp: NodeJS.Timeout | undefined;

  constructor({ feed, clock, wrapUpSeconds }: { feed: QueueFeed; clock: Clock; wrapUpSeconds: number }) {
    this.#feed = feed;
    this.#clock = clock;
    this.#wrapUpSeconds = wrapUpSeconds;
  }

  get picture(): QueuePicture {
    return this.#picture;
  }

  get isUp(): boolean {
    return this.#feed.isUp;
  }

  on<Kind extends keyof Listeners>(kind: Kind, listener: Listeners[Kind]): void {
    this.#listeners[kind].push(listener);
  }

  start(): void {
    this.#feed.start({
      snapshot: (snapshot) => this.#change(fromSnapshot(this.#picture, snapshot, this.#clock())),
      event: (event) => this.#take(event),
      down: () => this.#change({ ...this.#picture, heard: false }),
    });
  }

  stop(): void {
    this.#feed.stop();
    clearTimeout(this.#rest);
    clearTimeout(this.#wrapUp);
    this.#dirty = false;
  }

  /** Something else that is shown with the picture has changed, such as a line's hours. */
  announce(): void {
    this.#dirty = true;
    if (this.#rest === undefined) this.#tell();
  }

  /** The exchange does not tell every change that an order of ours makes. */
  lookAgain(): void {
    this.#feed.askAgain();
  }

  #take(event: QueueEvent): void {
    const at = this.#clock();
    const { picture, askAgain } = foldEvent(this.#picture, event, at);
    if (askAgain) this.#feed.askAgain();
    this.#change(picture);
    if (event.kind !== 'answered') return;
    const { callId, slot, extension, number } = event;
    for (const listener of this.#listeners.answered) listener({ callId, slot, extension, number, at });
  }

  #change(picture: QueuePicture): void {
    this.#picture = picture;
    this.#planEndOfWrapUp();
    this.announce();
  }

  #tell(): void {
    this.#dirty = false;
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#dirty) this.#tell();
    }, restMs);
    for (const listener of this.#listeners.picture) listener(this.#picture);
  }

  /** The end of somebody's wrap-up is a change that no event tells. */
  #planEndOfWrapUp(): void {
    clearTimeout(this.#wrapUp);
    const now = this.#clock().getTime();
    const ends = this.#picture.counsellors.flatMap((one) => {
      const end = wrapUpEnd(one, this.#wrapUpSeconds)?.getTime() ?? 0;
      return end > now ? [end] : [];
    });
    if (ends.length === 0) return;
    this.#wrapUp = setTimeout(() => this.#change(this.#picture), Math.min(...ends) - now + 1);
  }
}
