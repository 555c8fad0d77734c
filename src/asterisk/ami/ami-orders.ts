import type { ExchangeOrders, ListeningMode, OrderAnswer } from '../../hotline/exchange-orders.js';
import { isDialable } from '../../subscribers/phone-number.js';
import { callBackContext, counsellorInterface, queueName } from '../names.js';
import { AmiError, type AmiEvent, type AmiFields, type AmiLink } from './ami-link.js';

/** q and S: no word to the counsellor about it, and an end when their call ends. */
const spyOptions: Readonly<Record<ListeningMode, string>> = { listen: 'qS', whisper: 'qwS', barge: 'qBS' };
const ringMs = '20000';

/** Orders over the manager link. What is so already is done. */
export class AmiOrders implements ExchangeOrders {
  readonly #link: Pick<AmiLink, 'action'>;

  constructor(link: Pick<AmiLink, 'action'>) {
    this.#link = link;
  }

  async logIn(extension: string, slots: readonly number[], pause?: { reason: string }): Promise<OrderAnswer> {
    return this.#inEach(slots, (slot) =>
      this.#order(
        {
          action: 'QueueAdd',
          queue: queueName(slot),
          interface: counsellorInterface(extension),
          membername: extension,
          ...(pause && { paused: 'true', reason: pause.reason }),
        },
        /already there/i,
      ),
    );
  }

  async logOut(extension: string, slots: readonly number[]): Promise<OrderAnswer> {
    return this.#inEach(slots, (slot) =>
      this.#order(
        { action: 'QueueRemove', queue: queueName(slot), interface: counsellorInterface(extension) },
        /not there/i,
      ),
    );
  }

  pause(extension: string, reason: string): Promise<OrderAnswer> {
    const phone = counsellorInterface(extension);
    return this.#order({ action: 'QueuePause', interface: phone, paused: 'true', reason });
  }

  resume(extension: string): Promise<OrderAnswer> {
    return this.#order({
      action: 'QueuePause',
      interface: counsellorInterface(extension),
      paused: 'false',
    });
  }

  pullForward(slot: number, channel: string, priority: number): Promise<OrderAnswer> {
    return this.#order({
      action: 'QueueChangePriorityCaller',
      queue: queueName(slot),
      caller: channel,
      priority: String(priority),
      immediate: 'yes',
    });
  }

  listenIn(supervisor: string, counsellor: string, mode: ListeningMode): Promise<OrderAnswer> {
    return this.#order({
      action: 'Originate',
      channel: counsellorInterface(supervisor),
      callerid: counsellor,
      application: 'ChanSpy',
      // With the hyphen it is this phone's channels, and no longer name that begins like it.
      data: `${counsellorInterface(counsellor)}-,${spyOptions[mode]}`,
      timeout: ringMs,
      async: 'true',
    });
  }

  callBack({
    extension,
    number,
    taskId,
    slot,
  }: {
    extension: string;
    number: string;
    taskId: number;
    slot: number;
  }): Promise<OrderAnswer> {
    // The last guard before a number leaves the house: never 110 or 119, nor what costs or is no person's.
    if (!isDialable(number)) return Promise.resolve('refused');
    return this.#order({
      action: 'Originate',
      channel: counsellorInterface(extension),
      callerid: number,
      context: callBackContext,
      exten: number,
      priority: '1',
      variable: `TASK=${taskId},SLOT=${slot}`,
      timeout: ringMs,
      async: 'true',
    });
  }

  async #inEach(
    slots: readonly number[],
    order: (slot: number) => Promise<OrderAnswer>,
  ): Promise<OrderAnswer> {
    if (slots.length === 0) return 'refused';
    const answers: OrderAnswer[] = [];
    for (const slot of slots) answers.push(await order(slot));
    return answers.find((answer) => answer !== 'done') ?? 'done';
  }

  /** @param soAlready how Asterisk words its no when nothing is left to do: it has no code for that */
  async #order(fields: AmiFields, soAlready?: RegExp): Promise<OrderAnswer> {
    try {
      const [answer]: (AmiEvent | undefined)[] = await this.#link.action(fields);
      return answer?.response === 'Error' ? 'refused' : 'done';
    } catch (error) {
      if (!(error instanceof AmiError)) throw error;
      if (error.code !== 'EAMI' && error.code !== 'EAMIINJ') return 'noLink';
      return soAlready?.test(error.message) ? 'done' : 'refused';
    }
  }
}
