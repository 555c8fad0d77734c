import type { QueueEvent, QueueSnapshot } from './queue-event.js';

/** Who is told what the exchange tells of its queues. */
export interface QueueListener {
  /** Everything, as it is now: after each connecting, and every now and then. */
  snapshot(snapshot: QueueSnapshot): void;
  event(event: QueueEvent): void;
  /** Nothing is heard from now on. */
  down(): void;
}

/** The exchange's queues, live. */
export interface QueueFeed {
  readonly isUp: boolean;
  start(listener: QueueListener): void;
  stop(): void;
  /** Asks for everything anew; several wishes at once are one question. */
  askAgain(): void;
}
