import type { QueueFeed, QueueListener } from '../../hotline/queue-feed.js';
import type { Logger } from '../../log.js';
import type { AmiEvent, AmiLink } from './ami-link.js';
import { readQueueEvent, readQueueStatus } from './read-queue-event.js';

const snapshotEveryMs = 45_000;
/** An event that fits nothing must not make us ask in a circle. */
const restBetweenSnapshotsMs = 300;

/** The queues over a manager link of their own, whose events are those of queues alone. */
export class AmiQueueFeed implements QueueFeed {
  readonly #link: AmiLink;
  readonly #log: Logger;
  readonly #everyMs: number;
  #listener: QueueListener | undefined;
  #timer: NodeJS.Timeout | undefined;
  #rest: NodeJS.Timeout | undefined;
  #asking = false;
  #wanted = false;

  constructor({ link, log, everyMs = snapshotEveryMs }: { link: AmiLink; log: Logger; everyMs?: number }) {
    this.#link = link;
    this.#log = log;
    this.#everyMs = everyMs;
  }

  get isUp(): boolean {
    return this.#link.isUp;
  }

  start(listener: QueueListener): void {
    this.#listener = listener;
    this.#link.on('up', this.askAgain);
    this.#link.on('down', this.#goDown);
    this.#link.on('event', this.#take);
    this.#timer = setInterval(this.askAgain, this.#everyMs);
    this.#link.start();
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#rest);
    this.#link.stop();
    this.#listener = undefined;
  }

  askAgain = (): void => {
    this.#wanted = true;
    if (!this.#asking && this.#rest === undefined) void this.#ask();
  };

  #goDown = (): void => this.#listener?.down();

  #take = (raw: AmiEvent): void => {
    const event = readQueueEvent(raw);
    if (!event) return;
    // Told while a snapshot is on its way: which of the two is newer can't be known.
    if (this.#asking && (event.kind === 'callerJoined' || event.kind === 'callerLeft')) this.#wanted = true;
    this.#listener?.event(event);
  };

  async #ask(): Promise<void> {
    if (!this.#link.isUp) return;
    this.#asking = true;
    this.#wanted = false;
    try {
      const events = await this.#link.action({ action: 'QueueStatus' }, { list: true });
      this.#listener?.snapshot(readQueueStatus(events));
    } catch (error) {
      this.#log.warn({ event: 'queue.snapshot_failed', err: error }, 'the queues could not be read');
      this.#wanted = true;
    } finally {
      this.#asking = false;
    }
    this.#rest = setTimeout(() => {
      this.#rest = undefined;
      if (this.#wanted) void this.#ask();
    }, restBetweenSnapshotsMs);
  }
}
