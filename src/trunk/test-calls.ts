import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { parseCallTarget, type PhoneRefusal } from '../subscribers/phone-number.js';
import type { Author } from '../users/change-log.js';
import type { TestCall, TestCallStore } from './test-call-store.js';

/** How a call to try the line ended: an outcome's word, or noLink. */
export interface TestCallEnd {
  outcome: string;
  sipStatus?: number | undefined;
}

export type TestCallAnswer =
  { kind: 'begun' | 'again' | 'busy' } | { kind: 'badNumber'; reason: PhoneRefusal | 'tollFree' };

/** Places one call at a time to a number that the operator typed. */
export class TestCalls {
  readonly #store: TestCallStore;
  readonly #place: (number: string) => Promise<TestCallEnd>;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(parts: {
    store: TestCallStore;
    place: (number: string) => Promise<TestCallEnd>;
    clock: Clock;
    log: Logger;
  }) {
    this.#store = parts.store;
    this.#place = parts.place;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  async begin(
    { key, number: typed }: { key: string; number: string },
    by: Author & { userId: number },
  ): Promise<TestCallAnswer> {
    const target = parseCallTarget(typed);
    if (!target.ok) return { kind: 'badNumber', reason: target.reason };
    const begun = await this.#store.begin({ key, number: target.number }, by);
    if (begun.kind === 'begun') void this.#conduct(begun.id, target.number);
    return { kind: begun.kind };
  }

  latest(): Promise<TestCall[]> {
    return this.#store.latest(this.#clock());
  }

  async #conduct(id: number, number: string): Promise<void> {
    try {
      const end = await this.#place(number).catch((): TestCallEnd => ({ outcome: 'lost' }));
      await this.#store.end(id, end, this.#clock());
    } catch (error) {
      this.#log.error({ event: 'testCall.failed', err: error }, 'the end of a test call could not be stored');
    }
  }
}
