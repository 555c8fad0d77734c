import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { Board, type WallboardSources } from './board.js';
import { PeopleFinder } from './people-finder.js';
import type { WallboardView } from './wallboard-view.js';

/** Who looks at a board now: a room of screens that see the same. */
export interface Watched {
  organizationId: number;
  showsNames: boolean;
}

export interface WallboardFeedOptions {
  sources: WallboardSources;
  /** The rooms that somebody is in. */
  watched: () => readonly Watched[];
  send: (to: Watched, view: WallboardView) => void;
  clock: Clock;
  log: Logger;
}

/** At most four boards a second: more is nothing that an eye sees. */
const restMs = 250;
/** So often when nothing changes: clocks go on, and a screen knows that it is not left behind. */
const beatMs = 1000;
/** A new screen waits so long for the first reading. */
const firstPatienceMs = 1500;

interface Sender {
  board: Board;
  sentAt: number;
  timer: NodeJS.Timeout | undefined;
}

/**
 * Sends whole boards to those who look: the first change at once, later ones a few times a second, and one each
 * second in any case. Nothing is read of a tenant whose board nobody looks at.
 */
export class WallboardFeed {
  readonly #options: WallboardFeedOptions;
  readonly #senders = new Map<number, Sender>();
  readonly #people: PeopleFinder;
  #beat: NodeJS.Timeout | undefined;

  constructor(options: WallboardFeedOptions) {
    this.#options = options;
    const { calls, people } = options.sources;
    this.#people = new PeopleFinder({
      unknown: () => calls.unknownCheckins(),
      read: people,
      onFound: (found) => {
        calls.learn(found);
        const tenants = new Set([...found.values()].map(({ organizationId }) => organizationId));
        for (const id of tenants) this.changed(id);
      },
      onFailed: (error) => {
        options.log.warn(
          { event: 'wallboard.read_failed', err: error },
          'a board does not know who is called',
        );
      },
    });
  }

  start(): void {
    this.#beat = setInterval(() => this.#tick(), beatMs);
  }

  stop(): void {
    clearInterval(this.#beat);
    this.#people.stop();
    for (const { timer } of this.#senders.values()) clearTimeout(timer);
    this.#senders.clear();
  }

  /** Something has changed, for one tenant or for who knows whom. */
  changed(organizationId?: number): void {
    for (const [id, sender] of this.#senders) {
      if (organizationId === undefined || organizationId === id) this.#sendSoon(id, sender);
    }
  }

  /** Something has happened in a call: the board of its tenant changes, as soon as that is known. */
  callChanged(organizationId: number | undefined): void {
    if (organizationId !== undefined) this.changed(organizationId);
    else if (this.#senders.size > 0) void this.#people.find();
  }

  settingsChanged(organizationId: number): void {
    const sender = this.#senders.get(organizationId);
    if (!sender) return;
    sender.board.expireSettings();
    this.#readThenSend(organizationId, sender, sender.board.refresh());
  }

  /** What a screen gets when it connects; undefined when there is no such tenant. */
  async first({ organizationId, showsNames }: Watched): Promise<WallboardView | undefined> {
    const sender = this.#senderOf(organizationId);
    if (!sender) return undefined;
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise((resolve) => (timer = setTimeout(resolve, firstPatienceMs)));
    await Promise.race([Promise.all([sender.board.refresh(), this.#people.find()]), patience]);
    clearTimeout(timer);
    return sender.board.view(showsNames, this.#options.clock());
  }

  #tick(): void {
    const watched = new Set(this.#options.watched().map(({ organizationId }) => organizationId));
    for (const [id, sender] of this.#senders) {
      if (watched.has(id)) continue;
      clearTimeout(sender.timer);
      this.#senders.delete(id);
    }
    if (watched.size > 0) void this.#people.find();
    for (const id of watched) {
      const sender = this.#senderOf(id);
      if (!sender) continue;
      this.#readThenSend(id, sender, sender.board.refresh());
      // A board that went out just before the beat is fresh enough.
      if (performance.now() - sender.sentAt > beatMs / 2) this.#sendSoon(id, sender);
    }
  }

  #readThenSend(id: number, sender: Sender, reading: Promise<unknown> | undefined): void {
    void reading?.then(() => {
      if (this.#senders.get(id) === sender) this.#sendSoon(id, sender);
    });
  }

  #sendSoon(id: number, sender: Sender): void {
    if (sender.timer) return;
    const wait = sender.sentAt + restMs - performance.now();
    if (wait <= 0) {
      this.#send(id, sender);
      return;
    }
    sender.timer = setTimeout(() => {
      sender.timer = undefined;
      this.#send(id, sender);
    }, wait);
  }

  #send(id: number, sender: Sender): void {
    sender.sentAt = performance.now();
    const now = this.#options.clock();
    for (const to of this.#options.watched()) {
      if (to.organizationId === id) this.#options.send(to, sender.board.view(to.showsNames, now));
    }
  }

  #senderOf(organizationId: number): Sender | undefined {
    const known = this.#senders.get(organizationId);
    if (known) return known;
    const { sources, log } = this.#options;
    const organization = sources.organization(organizationId);
    if (!organization) return undefined;
    const board = new Board(organization, sources, (error) => {
      log.warn({ event: 'wallboard.read_failed', organizationId, err: error }, 'a board shows older facts');
    });
    const sender: Sender = { board, sentAt: -Infinity, timer: undefined };
    this.#senders.set(organizationId, sender);
    return sender;
  }
}
