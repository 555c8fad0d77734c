import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { calledSince, type CalledSince } from './called-since.js';
import type { CalledSinceStore } from './called-since-store.js';
import type { Hold, HoldStore } from './hold-store.js';
import type { AllCallRecords } from './phone.js';

/** Attempts are committed before their call: a little earlier than the data nothing is missed. */
const slackMs = 60_000;

/** What becomes of those who were called already: their station hears of them, or they are called once more. */
export const calledChoices = ['alert', 'callAgain'] as const;
export type CalledChoice = (typeof calledChoices)[number];

/** What the exchange has done since the moment from which on the database knows nothing. */
export interface HoldFacts extends CalledSince {
  /** Undefined when the database knows everything: then there is nothing to compare. */
  since: Date | undefined;
  /** False when the exchange's record cannot be read, or begins only after `since`. */
  recordIsWhole: boolean;
  /** Attempts of before whose end is still being read from the record. */
  unsettled: number;
}

export type Released =
  | { kind: 'released'; told: number; called: CalledChoice }
  | { kind: 'noSuchHold' }
  /** The end of calls of before is not known yet: the service must run, and reach the exchange. */
  | { kind: 'unsettled'; count: number };

/** Lets dialling go on, and sees to it that nobody is called twice for it. */
export class HoldRelease {
  readonly #parts: HoldReleaseParts;

  constructor(parts: HoldReleaseParts) {
    this.#parts = parts;
  }

  /** What the operator must know before saying that dialling may go on. */
  async look(hold: Pick<Hold, 'unknownSince' | 'openedAt'>): Promise<HoldFacts> {
    const { records, store, pbxId, log } = this.#parts;
    const nothing = { checkins: [], settledCalls: 0, unknownCalls: 0 };
    const since = hold.unknownSince;
    if (!since) return { ...nothing, since, recordIsWhole: true, unsettled: 0 };
    const unsettled = await store.countUnsettled(pbxId, hold.openedAt);
    const found = await records.since(new Date(since.getTime() - slackMs)).catch((error: unknown) => {
      log.warn({ event: 'dialling.record_unread', err: error }, "the exchange's record cannot be read");
      return undefined;
    });
    if (!found) return { ...nothing, since, recordIsWhole: false, unsettled };
    const known = await store.attempts(found.calls.map(({ attemptId }) => attemptId));
    const marks = new Set(found.calls.flatMap(({ mark }) => mark ?? []));
    const waiting = await store.waiting(
      [...marks],
      [...known.values()].map(({ checkinId }) => checkinId),
    );
    const recordIsWhole = found.reachesBackTo !== undefined && found.reachesBackTo <= since;
    return { ...calledSince(found.calls, known, waiting), since, recordIsWhole, unsettled };
  }

  /**
   * Releases a hold. Everybody who was called already is told to their station unless the operator wants them
   * called again; either way nobody is called before the minimum gap after that call is over.
   *
   * @param by the user; undefined at the terminal
   */
  async release(id: number, called: CalledChoice, by: number | undefined): Promise<Released> {
    const { database, holds, store, clock, log } = this.#parts;
    const hold = (await holds.findOpen()).find((one) => one.id === id);
    if (!hold) return { kind: 'noSuchHold' };
    const facts = await this.look(hold);
    if (facts.unsettled > 0) return { kind: 'unsettled', count: facts.unsettled };
    const at = clock();
    const told = await againAfterDeadlock(database, async (trx) => {
      if (!(await holds.release(trx, id, by, at))) return undefined;
      let count = 0;
      for (const one of facts.checkins) {
        await store.noteCalled(trx, one);
        if (called === 'alert' && (await store.tell(trx, one, at))) count++;
      }
      return count;
    });
    if (told === undefined) return { kind: 'noSuchHold' };
    log.info(
      {
        event: 'dialling.hold_released',
        holdId: id,
        reason: hold.reason,
        calledAlready: facts.checkins.length,
        told,
      },
      'a hold is released',
    );
    return { kind: 'released', told, called };
  }
}

export interface HoldReleaseParts {
  database: Database;
  holds: HoldStore;
  store: CalledSinceStore;
  records: AllCallRecords;
  pbxId: string;
  clock: Clock;
  log: Logger;
}
