import { createHash, randomBytes, randomInt } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Screen, ScreenStore } from './screen-store.js';

/** Enough to walk from the television to one's desk. */
const codeMinutes = 15;
/** Screens of all tenants that wait for a code to be entered; more at one time is somebody's mischief. */
const mostWaiting = 50;

/** What a screen gets when it asks to be let in: the code is for people, the token for itself. */
export interface NewScreen {
  /** Eight digits. */
  code: string;
  token: string;
  codeUntil: Date;
}

/**
 * Television sets are let in without a password typed on a remote control: they show a code, somebody who may
 * enters it at a desk, and from then on the token that the set has had since opens one tenant's board. Nothing else.
 */
export class Screens {
  readonly #store: Pick<ScreenStore, keyof ScreenStore>;
  readonly #clock: Clock;
  readonly #onRevoked: (id: number) => void;

  constructor({
    store,
    clock,
    onRevoked,
  }: {
    store: Pick<ScreenStore, keyof ScreenStore>;
    clock: Clock;
    onRevoked: (id: number) => void;
  }) {
    this.#store = store;
    this.#clock = clock;
    this.#onRevoked = onRevoked;
  }

  /** @returns undefined when too many wait already */
  async begin(): Promise<NewScreen | undefined> {
    const now = this.#clock();
    const code = String(randomInt(100_000_000)).padStart(8, '0');
    const token = randomBytes(32).toString('base64url');
    const codeUntil = new Date(now.getTime() + codeMinutes * 60_000);
    const [codeHash, tokenHash] = [hash(code), hash(token)];
    const begun = await this.#store.begin({ codeHash, tokenHash, codeUntil, mostWaiting }, now);
    return begun ? { code, token, codeUntil } : undefined;
  }

  /** `gone`: revoked, or the code has run out. */
  async state(token: string): Promise<'waiting' | 'paired' | 'gone'> {
    const found = await this.#store.find(hash(token), this.#clock());
    if (!found) return 'gone';
    return found === 'waiting' ? 'waiting' : 'paired';
  }

  /** @returns false when no screen shows this code now */
  async pair(code: string, organizationId: number, name: string): Promise<boolean> {
    return this.#store.pair(
      hash(code.normalize('NFKC').replaceAll(/\D/g, '')),
      organizationId,
      name,
      this.#clock(),
    );
  }

  /** The paired screen with this token. */
  async enter(token: string): Promise<Screen | undefined> {
    const found = await this.#store.find(hash(token), this.#clock());
    if (!found || found === 'waiting') return undefined;
    await this.#store.noteSeen(found.id, this.#clock());
    return found;
  }

  list(organizationId: number): Promise<Screen[]> {
    return this.#store.list(organizationId);
  }

  /** From this moment the screen shows nothing any more. @returns whether the tenant had such a screen */
  async revoke(id: number, organizationId: number): Promise<boolean> {
    const revoked = await this.#store.revoke(id, organizationId, this.#clock());
    if (revoked) this.#onRevoked(id);
    return revoked;
  }
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
