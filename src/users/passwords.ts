import { availableParallelism } from 'node:os';
import { hash, verify } from '@node-rs/argon2';
import { BoundedWork } from './bounded-work.js';
import { normalizePassword } from './password-rule.js';

/**
 * Argon2id with 19 MiB, two passes, one lane: the least that OWASP's Password Storage Cheat Sheet recommends
 * (https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html, read in 2026), some 50 ms here.
 * Two is the package's Argon2id; its enum does not exist at run time.
 */
const parameters = { algorithm: 2, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A core is left to the calls; the other ones may hash. */
const atOnce = Math.max(1, Math.min(2, availableParallelism() - 1));
/** A second's worth: who waits longer is better told to come back. */
const mostWaiting = 20;

/**
 * Whether this is the password. Without a stored one the same work is done, so that the time tells nobody which
 * addresses are known here.
 */
export type Comparing = (stored: string | undefined, given: string) => Promise<boolean>;

/** Hashes and compares passwords, never more at one time than the machine can bear. */
export class Passwords {
  readonly #work = new BoundedWork({ atOnce, mostWaiting });
  #nobodys: Promise<string> | undefined;

  /** @throws TooBusyError */
  hash(password: string): Promise<string> {
    return this.#work.run(() => hash(normalizePassword(password), parameters));
  }

  /** @throws TooBusyError */
  isRight(stored: string | undefined, given: string): Promise<boolean> {
    return this.inTurn((isRight) => isRight(stored, given));
  }

  /**
   * Does a work of which comparing is a part, so that what is written beside it is bounded too.
   *
   * @throws TooBusyError
   */
  inTurn<Value>(work: (isRight: Comparing) => Promise<Value>): Promise<Value> {
    return this.#work.run(() => work(this.#compare));
  }

  readonly #compare: Comparing = async (stored, given) => {
    this.#nobodys ??= hash('nobody has this password', parameters);
    const same = await verify(stored ?? (await this.#nobodys), normalizePassword(given));
    return same && stored !== undefined;
  };
}
