import type { AlertStore } from '../alerts/alert-store.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { DeadlineStore, Overdue } from './deadline-store.js';
import type { AlertReason } from './retry-policy.js';

/** A call lasts no longer than this past the last moment to start it. */
const longestCallMs = 10 * 60_000;
const nothingCalledMs = 10 * 60_000;
const perSweep = 500;

/** Why a check-in that ran out of time is told to the station: silence of the person, or failure of ours. */
export function reasonAtDeadline(overdue: Pick<Overdue, 'missed'>): AlertReason {
  return overdue.missed > 0 ? 'noResponse' : 'weCouldNotCall';
}

/** The dead-man's sweep: what is open past its last moment becomes an alert, whatever the phones did. */
export class Deadline {
  readonly #store: DeadlineStore;
  readonly #alerts: AlertStore;
  readonly #clock: Clock;
  readonly #log: Logger;

  /** When the last sweep came to its end; undefined before the first. */
  sweptAt: Date | undefined;

  constructor(options: { store: DeadlineStore; alerts: AlertStore; clock: Clock; log: Logger }) {
    this.#store = options.store;
    this.#alerts = options.alerts;
    this.#clock = options.clock;
    this.#log = options.log;
  }

  /** @returns how many check-ins were ended */
  async sweep(): Promise<number> {
    const now = this.#clock();
    let ended = 0;
    for (;;) {
      const overdue = await this.#store.findOverdue(now, new Date(now.getTime() - longestCallMs), perSweep);
      for (const one of overdue) {
        const won =
          one.paused && one.state === 'due'
            ? await this.#store.cancelPaused(one, now)
            : await this.#store.raise(one, reasonAtDeadline(one), now);
        if (!won) continue;
        ended++;
        this.#log.info(
          { event: 'deadline.ended', checkinId: one.id, paused: one.paused },
          'a check-in ran out of time',
        );
      }
      if (overdue.length < perSweep) {
        this.sweptAt = this.#clock();
        return ended;
      }
    }
  }

  /** Absence of work is an alarm too: due check-ins wait, and nothing was started for ten minutes. */
  async alarmIfNothingCalled(): Promise<boolean> {
    const now = this.#clock();
    const nothing = await this.#store.workWaitsAndNothingStarted(
      now,
      new Date(now.getTime() - nothingCalledMs),
    );
    if (nothing)
      return this.#alerts.tellOperator(
        'nothingCalled',
        'all',
        'check-ins are due and nobody was called for ten minutes',
        now,
      );
    await this.#alerts.endOperatorAlert('nothingCalled', 'all', now);
    return false;
  }
}
