import type { Visitor } from './live-entry.js';

type IsMeant = (visitor: Visitor) => boolean;

/**
 * Those who are on their way in: asked who they are, and not connected yet. Whoever is cut off in this time, a
 * revoked television for one, must not come in by what was true when they knocked.
 */
export class Entering {
  readonly #cuts = new Map<object, IsMeant[]>();

  /** From now on, cut-offs count for this one. */
  begin(who: object): void {
    this.#cuts.set(who, []);
  }

  cutOff(isMeant: IsMeant): void {
    for (const cuts of this.#cuts.values()) cuts.push(isMeant);
  }

  /** They are in, or went away. @returns whether they were cut off meanwhile */
  end(who: object, visitor?: Visitor): boolean {
    const cuts = this.#cuts.get(who) ?? [];
    this.#cuts.delete(who);
    return visitor !== undefined && cuts.some((isMeant) => isMeant(visitor));
  }

  get size(): number {
    return this.#cuts.size;
  }
}
