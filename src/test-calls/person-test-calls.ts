import { randomUUID } from 'node:crypto';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { outcomeWord, type Answer } from '../checkins/attempt-outcome.js';
import type { CallScript } from '../checkins/call-script.js';
import { conductTestCall, type TestLine } from './test-call.js';

/** What happened in a test call, in its order. */
export interface TestCallEvent {
  at: Date;
  what: 'dialling' | 'ringing' | 'answered' | 'key' | 'ended' | 'failed';
  digit?: string;
  answer?: Answer;
  /** How it ended, in the words of check-ins. */
  outcome?: string;
}

export interface TestCallView {
  id: string;
  subscriberId: number;
  /** Which of the person's numbers. */
  phonePosition: number;
  isOver: boolean;
  events: TestCallEvent[];
}

export interface TestCallOrder {
  subscriberId: number;
  phonePosition: number;
  number: string;
  ringSeconds: number;
  script: CallScript;
  /** Who wants it. */
  userId: number | undefined;
}

export interface PersonTestCallsOptions {
  line: TestLine;
  /** Before the call, and after it with what came of it: check-ins keep their distance from it. */
  note: (order: TestCallOrder, outcome: string | undefined) => Promise<void>;
  clock: Clock;
  log: Logger;
}

const mostKept = 100;
const doubleClickMs = 2000;

const isOf = (call: TestCallView, { subscriberId, phonePosition }: TestCallOrder): boolean =>
  call.subscriberId === subscriberId && call.phonePosition === phonePosition;

/** Calls a person to try their telephone, as a check-in would; nothing of it counts as one. */
export class PersonTestCalls {
  readonly #options: PersonTestCallsOptions;
  readonly #calls = new Map<string, TestCallView>();
  readonly #begun = new Map<number, Promise<TestCallView | 'noLine'>>();

  constructor(options: PersonTestCallsOptions) {
    this.#options = options;
  }

  /** Calls once: asked again while the call to this person goes on, it is the same call. */
  begin(order: TestCallOrder): Promise<TestCallView | 'noLine'> {
    const going = this.#begun.get(order.subscriberId);
    if (going) return going;
    const last = [...this.#calls.values()].findLast((call) => isOf(call, order));
    const endedAt = last?.events.at(-1)?.at.getTime() ?? 0;
    // A second click that came a moment after a short call was meant for that one.
    if (last && this.#options.clock().getTime() - endedAt < doubleClickMs) return Promise.resolve(last);
    const begun = this.#begin(order);
    this.#begun.set(order.subscriberId, begun);
    return begun;
  }

  find(subscriberId: number, id: string): TestCallView | undefined {
    const call = this.#calls.get(id);
    return call?.subscriberId === subscriberId ? call : undefined;
  }

  async #begin(order: TestCallOrder): Promise<TestCallView | 'noLine'> {
    const { subscriberId, phonePosition } = order;
    const { line, note } = this.#options;
    try {
      if (!(await line.open())) {
        this.#begun.delete(subscriberId);
        return 'noLine';
      }
      await note(order, undefined);
    } catch (error) {
      this.#begun.delete(subscriberId);
      throw error;
    }
    const view: TestCallView = { id: randomUUID(), subscriberId, phonePosition, isOver: false, events: [] };
    this.#keep(view);
    void this.#conduct(order, view).finally(() => {
      view.isOver = true;
      this.#begun.delete(subscriberId);
    });
    return view;
  }

  async #conduct(order: TestCallOrder, view: TestCallView): Promise<void> {
    const { line, clock, log, note } = this.#options;
    const tell = ({ at = clock(), ...event }: Omit<TestCallEvent, 'at'> & { at?: Date }): unknown =>
      view.events.push({ at, ...event });
    try {
      const { number, ringSeconds, script } = order;
      const wanted = { attemptId: view.id, number, ringSeconds, script };
      const course = await conductTestCall(line.phone, wanted, tell);
      if (course.kind === 'linkLost') {
        tell({ what: 'failed' });
        await note(order, 'trunkError');
        return;
      }
      const outcome = outcomeWord(course.outcome);
      tell({ what: 'ended', outcome });
      await note(order, outcome);
    } catch (error) {
      log.error(
        { event: 'testcall.failed', subscriberId: order.subscriberId, err: error },
        'a test call broke off',
      );
      tell({ what: 'failed' });
    }
  }

  #keep(view: TestCallView): void {
    this.#calls.set(view.id, view);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > mostKept && oldest !== undefined) this.#calls.delete(oldest);
  }
}
