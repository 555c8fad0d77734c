import type { Clock } from '../clock.js';
import type { Counsellor } from './counsellor.js';
import type { ExchangeOrders, ListeningMode, OrderAnswer } from './exchange-orders.js';
import type { HotlineBook } from './hotline-book.js';
import type { HotlineWatch } from './hotline-watch.js';
import { isOnThePhone } from './queue-picture.js';
import type { OrderRecord, OrderStore } from './order-store.js';
import type { TaskStore } from './task-store.js';

/** Why an order was not even given to the exchange. */
export type OrderProblem =
  | 'noSuchCounsellor'
  | 'noSuchLine'
  | 'noSuchCall'
  | 'noSuchTask'
  | 'taskIsDone'
  | 'takenByAnother'
  | 'notASupervisor'
  | 'notTheirLine'
  | 'otherOrganization'
  | 'notOnAPhoneCall'
  | 'exchangeNotOurs';

/** An order that makes no sense, or is not this person's to give. */
export class OrderError extends Error {
  override readonly name = 'OrderError';
  constructor(readonly code: OrderProblem) {
    super(code);
  }
}

/** Above everybody, known callers with an open alert among them. */
const pulledPriority = 100;
/** Who clicks twice means one call. */
const twiceMs = 6000;
/** Who gives orders with the API's token, and not as a counsellor. */
export const apiItself = 'api';

/**
 * What counsellors and supervisors may order. Every order is written down with its answer; the picture changes
 * when the exchange tells so, and not when a button was pressed.
 */
export class HotlineOrders {
  readonly #exchange: ExchangeOrders;
  readonly #book: HotlineBook;
  readonly #watch: Pick<HotlineWatch, 'picture' | 'lookAgain'>;
  readonly #store: Pick<OrderStore, 'begin' | 'end'>;
  readonly #tasks: Pick<TaskStore, 'find' | 'take'>;
  readonly #mayAct: () => boolean;
  readonly #clock: Clock;
  /** The last call-back order of each task, while it may still be meant by a further click. */
  readonly #callBacks = new Map<number, { extension: string; at: Date; answer: Promise<OrderAnswer> }>();

  constructor(parts: {
    exchange: ExchangeOrders;
    book: HotlineBook;
    watch: Pick<HotlineWatch, 'picture' | 'lookAgain'>;
    store: Pick<OrderStore, 'begin' | 'end'>;
    tasks: Pick<TaskStore, 'find' | 'take'>;
    mayAct: () => boolean;
    clock: Clock;
  }) {
    this.#exchange = parts.exchange;
    this.#book = parts.book;
    this.#watch = parts.watch;
    this.#store = parts.store;
    this.#tasks = parts.tasks;
    this.#mayAct = parts.mayAct;
    this.#clock = parts.clock;
  }

  /** @param lineIds all of their lines when undefined */
  async logIn(extension: string, lineIds: readonly number[] | undefined, by: string): Promise<OrderAnswer> {
    const counsellor = this.#counsellor(extension);
    this.#mayOrder(by, counsellor);
    const wanted = lineIds ?? counsellor.lineIds;
    if (!wanted.every((id) => counsellor.lineIds.includes(id))) throw new OrderError('notTheirLine');
    const slots = this.#book.lines
      .filter(({ line }) => wanted.includes(line.id))
      .map(({ line }) => line.slot);
    return this.#give(about(counsellor, 'logIn', by), () => this.#exchange.logIn(extension, slots));
  }

  /** Out of every queue that they are in. */
  async logOut(extension: string, by: string): Promise<OrderAnswer> {
    const counsellor = this.#counsellor(extension);
    this.#mayOrder(by, counsellor);
    const slots = this.#present(extension)?.memberships.map(({ slot }) => slot) ?? [];
    return this.#give(about(counsellor, 'logOut', by), () =>
      slots.length === 0 ? Promise.resolve<OrderAnswer>('done') : this.#exchange.logOut(extension, slots),
    );
  }

  async pause(extension: string, reason: string, by: string): Promise<OrderAnswer> {
    const counsellor = this.#counsellor(extension);
    this.#mayOrder(by, counsellor);
    const order = { ...about(counsellor, 'pause', by), reason };
    return this.#give(order, () => this.#exchange.pause(extension, reason));
  }

  async resume(extension: string, by: string): Promise<OrderAnswer> {
    const counsellor = this.#counsellor(extension);
    this.#mayOrder(by, counsellor);
    return this.#give(about(counsellor, 'resume', by), () => this.#exchange.resume(extension));
  }

  /** Makes a waiting caller the next one. */
  async pullForward(callId: string, by: string): Promise<OrderAnswer> {
    const caller = this.#watch.picture.waiting.find((one) => one.callId === callId);
    const line = caller && this.#book.lineOfSlot(caller.slot);
    if (!caller || !line) throw new OrderError('noSuchCall');
    this.#mayOrder(by, line);
    const answer = await this.#give(
      { organizationId: line.organizationId, orderedBy: by, what: 'pullForward', lineId: line.id, callId },
      () => this.#exchange.pullForward(caller.slot, caller.channel, pulledPriority),
    );
    this.#watch.lookAgain();
    return answer;
  }

  /** Lets a supervisor's phone ring, to hear a counsellor's call. */
  async listenIn(supervisor: string, extension: string, mode: ListeningMode): Promise<OrderAnswer> {
    this.#counsellor(supervisor);
    const counsellor = this.#counsellor(extension);
    this.#mayOrder(supervisor, counsellor);
    if (supervisor === extension || this.#present(extension)?.state !== 'talking')
      throw new OrderError('notOnAPhoneCall');
    const callId = this.#present(extension)?.call?.callId;
    const order = { ...about(counsellor, mode, supervisor), ...(callId !== undefined && { callId }) };
    return this.#give(order, () => this.#exchange.listenIn(supervisor, extension, mode));
  }

  /**
   * Rings the counsellor, and then who asked to be called back. Ordered again at once, or while that counsellor
   * is on the phone for it, it is the same call.
   */
  async callBack(taskId: number, extension: string, by: string): Promise<OrderAnswer> {
    const last = this.#callBacks.get(taskId);
    if (last?.extension === extension && this.#isUnderway(last)) return last.answer;
    const now = this.#clock();
    for (const [id, { at }] of this.#callBacks) if (+now - +at > 3_600_000) this.#callBacks.delete(id);
    const answer = this.#callBackOnce(taskId, extension, by);
    this.#callBacks.set(taskId, { extension, at: now, answer });
    try {
      const given = await answer;
      if (given !== 'done') this.#callBacks.delete(taskId);
      return given;
    } catch (error) {
      this.#callBacks.delete(taskId);
      throw error;
    }
  }

  #isUnderway({ extension, at }: { extension: string; at: Date }): boolean {
    return +this.#clock() - +at < twiceMs || isOnThePhone(this.#present(extension)?.state);
  }

  async #callBackOnce(taskId: number, extension: string, by: string): Promise<OrderAnswer> {
    const counsellor = this.#counsellor(extension);
    const task = await this.#tasks.find(taskId);
    if (!task) throw new OrderError('noSuchTask');
    if (task.organizationId !== counsellor.organizationId) throw new OrderError('otherOrganization');
    const line = this.#book.lines.find((one) => one.line.id === task.lineId)?.line;
    if (!line) throw new OrderError('noSuchLine');
    // Two who are quick must not both call: the task is one's own before a phone rings.
    const taken = await this.#tasks.take(taskId, counsellor.id);
    if (taken.kind === 'refused')
      throw new OrderError(taken.why === 'takenByAnother' ? 'takenByAnother' : 'taskIsDone');
    const order = { ...about(counsellor, 'callBack', by), lineId: line.id, taskId };
    return this.#give(order, () =>
      this.#exchange.callBack({ extension, number: task.number, taskId, slot: line.slot }),
    );
  }

  #counsellor(extension: string): Counsellor {
    const found = this.#book.counsellor(extension);
    if (!found) throw new OrderError('noSuchCounsellor');
    return found;
  }

  #present(extension: string) {
    return this.#watch.picture.counsellors.find((one) => one.extension === extension);
  }

  /** About oneself, anybody; about another one, who supervises in the same organization; or the API itself. */
  #mayOrder(by: string, about: { organizationId: number; extension?: string }): void {
    if (by === apiItself || by === about.extension) return;
    const supervisor = this.#counsellor(by);
    if (!supervisor.supervises) throw new OrderError('notASupervisor');
    if (supervisor.organizationId !== about.organizationId) throw new OrderError('otherOrganization');
  }

  async #give(order: OrderRecord, act: () => Promise<OrderAnswer>): Promise<OrderAnswer> {
    if (!this.#mayAct()) throw new OrderError('exchangeNotOurs');
    const id = await this.#store.begin(order, this.#clock());
    const answer = await act();
    await this.#store.end(id, answer, this.#clock());
    return answer;
  }
}

function about(
  { organizationId, extension }: Counsellor,
  what: OrderRecord['what'],
  by: string,
): OrderRecord {
  return { organizationId, orderedBy: by, what, extension };
}
