import type { Clock } from '../clock.js';

/** A page says every few seconds that it is open; after this it is taken to be closed. */
const seenForMs = 25_000;

/** Who has whose record open to change it: in memory, as it is true only now. */
export class Editors {
  readonly #clock: Clock;
  readonly #open = new Map<number, Map<number, { name: string; seenAt: number }>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Notes that somebody has a record open. @returns the names of the others who have */
  beat(subscriberId: number, user: { id: number; name: string }, isLeaving = false): string[] {
    const now = this.#clock().getTime();
    const here = this.#open.get(subscriberId) ?? new Map<number, { name: string; seenAt: number }>();
    for (const [id, { seenAt }] of here) if (now - seenAt > seenForMs) here.delete(id);
    if (isLeaving) here.delete(user.id);
    else here.set(user.id, { name: user.name, seenAt: now });
    if (here.size === 0) this.#open.delete(subscriberId);
    else this.#open.set(subscriberId, here);
    return [...here].filter(([id]) => id !== user.id).map(([, { name }]) => name);
  }
}
