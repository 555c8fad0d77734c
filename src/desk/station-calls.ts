import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { DeskPhone } from './desk-phone.js';
import { stationCallNext } from './station-call.js';
import type { StationCall, StationCallStore } from './station-call-store.js';

export type CallRefusal =
  | 'noSuchSubscriber'
  | 'noDeskNumber'
  | 'noNumber'
  | 'alreadyCalling' // by click; the second of two clicks hears this
  | 'beingCalled' // a check-in call to them goes on
  | 'linesBusy'
  | 'exchangeNotOurs'
  | 'exchangeRefused';

export type CallAnswer = { kind: 'placed'; call: StationCall } | { kind: 'refused'; why: CallRefusal };

const tickMs = 1000;
/** The station's line and the person's. */
const linesOfACall = 2;

interface Parts {
  pbxId: string;
  phone: DeskPhone;
  store: StationCallStore;
  channelCap: number;
  newId: () => string;
  clock: Clock;
  log: Logger;
}

/** Connects stations with people, and follows each call to its end, also through deaths and lost links. */
export class StationCalls {
  readonly #parts: Parts;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #faults = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  start(): void {
    const tick = (): void => {
      this.#running = this.lookOnce().finally(() => {
        if (this.#timer) this.#timer = setTimeout(tick, tickMs).unref();
      });
    };
    this.#timer = setTimeout(tick, 0);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
  }

  /** @param position which of the person's numbers; undefined: the first */
  async call(
    subscriberId: number,
    { userId, position }: { userId: number | undefined; position?: number | undefined },
  ): Promise<CallAnswer> {
    const { phone, store, pbxId, newId, clock } = this.#parts;
    const target = await store.target(subscriberId, position);
    if (!target) return refused('noSuchSubscriber');
    const { organizationId, stationId, deskNumber, number } = target;
    if (deskNumber === '') return refused('noDeskNumber');
    if (number === undefined) return refused('noNumber');
    if (!phone.isUp) return refused('exchangeNotOurs');
    if (await store.hasOpen(subscriberId)) return refused('alreadyCalling');
    const why = await this.#whyNot(target.isBeingCalled);
    if (why) return refused(why);
    const id = newId();
    const open = await store.begin({ id, subscriberId, organizationId, stationId, pbxId, userId }, clock());
    if (open) return refused('alreadyCalling');
    const placed = await phone.place({ callId: id, deskNumber, number });
    if (placed === 'refused') {
      const endedAt = clock();
      await store.move(id, {
        ...{ state: 'ended', outcome: 'failed', endedAt },
        ...{ deskAnsweredAt: undefined, answeredAt: undefined },
      });
      return refused('exchangeRefused');
    }
    const call = await store.find(id);
    return call ? { kind: 'placed', call } : refused('exchangeRefused');
  }

  /** Asks the exchange once what has become of the open calls. */
  async lookOnce(): Promise<void> {
    const { phone, store, pbxId, clock, log } = this.#parts;
    try {
      if (!phone.isUp) return;
      const open = await store.open(pbxId);
      if (open.length === 0) return;
      const sights = await phone.look(open.map(({ id }) => id));
      for (const { deskAnsweredAt, answeredAt, ...call } of open) {
        const sight = sights.get(call.id);
        const now = { ...call, deskAnsweredAt, answeredAt };
        const next = sight && stationCallNext(now, sight, clock());
        if (!next) continue;
        await store.move(call.id, next);
        if (next.state !== 'ended') continue;
        log.info(
          { event: 'stationCall.ended', callId: call.id, outcome: next.outcome },
          'a call by click is over',
        );
        await phone.forget(call.id);
      }
      this.#faults = 0;
    } catch (error) {
      // Every second: the first word of it is enough.
      if (this.#faults++ === 0)
        log.warn({ event: 'stationCall.lookFailed', err: error }, 'the calls by click could not be followed');
    }
  }

  async #whyNot(isBeingCalled: boolean): Promise<CallRefusal | undefined> {
    if (isBeingCalled) return 'beingCalled';
    const { phone, channelCap } = this.#parts;
    const inUse = await phone.linesInUse().catch(() => undefined);
    if (inUse === undefined) return 'exchangeNotOurs';
    return inUse + linesOfACall > channelCap ? 'linesBusy' : undefined;
  }
}

function refused(why: CallRefusal): CallAnswer {
  return { kind: 'refused', why };
}
