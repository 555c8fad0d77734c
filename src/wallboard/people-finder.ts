import type { CalledPerson } from './calls-tile.js';

/** Whom check-ins are about, and whose they are, by the check-in's id. */
export type FoundPeople = ReadonlyMap<number, { organizationId: number; person: CalledPerson }>;

/** Calls start many a second, and each is of somebody new: they are looked up together, this often at most. */
const restMs = 100;

/** Looks up whom new calls are for, once for all boards: until then nobody knows which tenant's they are. */
export class PeopleFinder {
  readonly #parts: {
    unknown: () => number[];
    read: (checkinIds: readonly number[]) => Promise<FoundPeople>;
    onFound: (people: FoundPeople) => void;
    onFailed: (error: unknown) => void;
  };
  #busy: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #beganAt = -Infinity;

  constructor(parts: {
    /** Check-ins with a call whose people are not known yet. */
    unknown: () => number[];
    read: (checkinIds: readonly number[]) => Promise<FoundPeople>;
    onFound: (people: FoundPeople) => void;
    onFailed: (error: unknown) => void;
  }) {
    this.#parts = parts;
  }

  /** At once, or when the last look is done and long enough ago. @returns settles when a look that began is done */
  find(): Promise<void> | undefined {
    if (this.#busy || this.#timer) return this.#busy;
    const wait = this.#beganAt + restMs - performance.now();
    if (wait > 0) {
      this.#timer = setTimeout(() => {
        this.#timer = undefined;
        void this.find();
      }, wait);
      return undefined;
    }
    const ids = this.#parts.unknown();
    if (ids.length === 0) return undefined;
    this.#beganAt = performance.now();
    this.#busy = this.#look(ids);
    return this.#busy;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #look(ids: readonly number[]): Promise<void> {
    try {
      this.#parts.onFound(await this.#parts.read(ids));
    } catch (error) {
      this.#parts.onFailed(error);
      return;
    } finally {
      this.#busy = undefined;
    }
    // Who was called meanwhile is looked up next; whom nobody knows waits for the next beat.
    if (this.#parts.unknown().some((id) => !ids.includes(id))) void this.find();
  }
}
