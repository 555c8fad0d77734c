/** A slow source is read more seldom, but no more seldom than this: its board would call it old for nothing. */
const mostRestMs = 10_000;

/** One source that is read again and again; what was read last stays when a reading fails. */
export class Reading<Value> {
  readonly #read: () => Promise<Value>;
  readonly #onFailed: (error: unknown) => void;
  #value: Value | undefined;
  #busy: Promise<void> | undefined;
  #beganAt = -Infinity;
  #tookMs = 0;

  constructor(read: () => Promise<Value>, onFailed: (error: unknown) => void) {
    this.#read = read;
    this.#onFailed = onFailed;
  }

  get value(): Value | undefined {
    return this.#value;
  }

  /**
   * Reads when the last reading began so long ago; never twice at once, and a slow source more seldom: a board
   * must not take the database from the calls.
   *
   * @returns settles when it is read; undefined when it is not read now
   */
  refresh(everyMs: number, mostMs = mostRestMs): Promise<void> | undefined {
    const rest = Math.max(everyMs, Math.min(this.#tookMs * 10, mostMs));
    if (this.#busy || performance.now() - this.#beganAt < rest) return undefined;
    this.#beganAt = performance.now();
    this.#busy = this.#read()
      .then((value) => void (this.#value = value))
      .catch(this.#onFailed)
      .finally(() => {
        this.#tookMs = performance.now() - this.#beganAt;
        this.#busy = undefined;
      });
    return this.#busy;
  }

  /** The next refresh reads, however fresh the value is. */
  expire(): void {
    this.#beganAt = -Infinity;
    this.#tookMs = 0;
  }
}
