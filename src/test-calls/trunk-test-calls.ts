import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { outcomeWord } from '../checkins/attempt-outcome.js';
import type { CallScript } from '../checkins/call-script.js';
import { parseCallTarget, type PhoneRefusal } from '../subscribers/phone-number.js';
import type { Author } from '../users/change-log.js';
import { conductTestCall, type TestLine } from './test-call.js';
import type { TestCall, TestCallStore } from './test-call-store.js';

/** How a call to try the line ended: an outcome's word, noLink or linkLost. */
interface TestCallEnd {
  outcome: string;
  sipStatus?: number | undefined;
}

export type TestCallAnswer =
  { kind: 'begun' | 'again' | 'busy' } | { kind: 'badNumber'; reason: PhoneRefusal | 'tollFree' };

const ringSeconds = 45;

/** Places one call at a time to a number that the operator typed. */
export class TrunkTestCalls {
  readonly #store: TestCallStore;
  readonly #line: TestLine;
  readonly #script: () => CallScript;
  readonly #clock: Clock;
  readonly #log: Logger;

  constructor(parts: {
    store: TestCallStore;
    line: TestLine;
    /** What is said, at this hour. */
    script: () => CallScript;
    clock: Clock;
    log: Logger;
  }) {
    this.#store = parts.store;
    this.#line = parts.line;
    this.#script = parts.script;
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

  async #place(number: string): Promise<TestCallEnd> {
    if (!(await this.#line.open())) return { outcome: 'noLink' };
    const wanted = { attemptId: randomUUID(), number, ringSeconds, script: this.#script() };
    const course = await conductTestCall(this.#line.phone, wanted);
    if (course.kind !== 'ended') return { outcome: course.kind };
    return { outcome: outcomeWord(course.outcome), sipStatus: course.sipStatus };
  }
}
