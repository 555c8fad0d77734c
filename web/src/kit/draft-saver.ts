import { ask } from '../api/client';

export type DraftState =
  | { kind: 'idle' }
  | { kind: 'saved'; at: Date }
  /** There is no connection, or nobody is logged in: it is tried again until it works. */
  | { kind: 'unsaved' };

const saveAfterMs = 2500;
const tryAgainMs = 4000;

/** Sends what a form holds to the server: a moment after the last key, or at once; again until it is there. */
export class DraftSaver {
  readonly #path: string;
  readonly #tell: (state: DraftState) => void;
  #latest: string | undefined;
  #saved: string | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The save under way: a deletion waits for it. */
  #saving: Promise<void> = Promise.resolve();
  #dropped = 0;

  constructor(path: string, tell: (state: DraftState) => void) {
    this.#path = path;
    this.#tell = tell;
  }

  /** @param text what is on the server already */
  know(text: string): void {
    this.#saved = text;
  }

  offer(text: string | undefined): void {
    this.#latest = text;
    if (text === undefined || text === this.#saved) return;
    this.#later(saveAfterMs);
  }

  flush = (): void => {
    clearTimeout(this.#timer);
    this.#saving = this.#saving.then(() => this.#save());
  };

  /** Nothing of it is left, on the server neither. */
  async drop(): Promise<void> {
    this.#dropped++;
    this.#latest = undefined;
    this.#saved = undefined;
    clearTimeout(this.#timer);
    await this.#saving;
    this.#tell({ kind: 'idle' });
    await ask('DELETE', this.#path).catch(() => undefined);
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.flush, ms);
  }

  async #save(): Promise<void> {
    const text = this.#latest;
    if (text === undefined || text === this.#saved) return;
    const before = this.#dropped;
    try {
      const { savedAt } = await ask<{ savedAt: string }>('PUT', this.#path, {
        body: JSON.parse(text) as unknown,
      });
      if (before !== this.#dropped) return;
      this.#saved = text;
      this.#tell({ kind: 'saved', at: new Date(savedAt) });
    } catch {
      if (before !== this.#dropped) return;
      this.#tell({ kind: 'unsaved' });
      this.#later(tryAgainMs);
    }
  }
}
