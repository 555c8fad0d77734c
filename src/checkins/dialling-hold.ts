import type { AlertStore } from '../alerts/alert-store.js';
import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { Hold, HoldReason, HoldStore } from './hold-store.js';

const lookEveryMs = 1000;

/** What the clockwork knows of the holds. The claim of a check-in asks the database itself once more. */
export class DiallingHold {
  readonly #store: HoldStore;
  readonly #alerts: AlertStore;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  /** Undefined until the database was asked: who does not know yet calls nobody. */
  #open: readonly Hold[] | undefined;

  constructor(parts: { store: HoldStore; alerts: AlertStore; clock: Clock; log: Logger }) {
    this.#store = parts.store;
    this.#alerts = parts.alerts;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  /** No check-in call may start. Alerts, the deadline, the hotline and calls that live go on. */
  isHeld = (): boolean => this.#open === undefined || this.#open.length > 0;

  /** The open holds as they were a second ago. */
  get holds(): readonly Hold[] {
    return this.#open ?? [];
  }

  async start(): Promise<void> {
    await this.look();
    this.#timer = setInterval(() => void this.look(), lookEveryMs);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Reads the holds; while the database does not answer, what was known last stays. */
  async look(): Promise<void> {
    try {
      const before = this.#open;
      const open = await this.#store.findOpen();
      this.#open = open;
      if (before?.length === open.length) return;
      if (open.length === 0) {
        await this.#alerts.endOperatorAlert('diallingHeld', 'all', this.#clock());
        if (before) this.#log.info({ event: 'dialling.released' }, 'check-in calls start again');
        return;
      }
      const reasons = open.map(({ reason }) => reason);
      this.#log.warn(
        { event: 'dialling.held', reasons },
        'no check-in call starts until the operator says so',
      );
      await this.#alerts.tellOperator('diallingHeld', 'all', reasons.join(', '), this.#clock());
    } catch (error) {
      this.#log.warn({ event: 'dialling.hold_unknown', err: error }, 'the holds could not be read');
    }
  }

  /** @returns false when a hold of this reason is open already */
  async hold(reason: HoldReason, detail: string): Promise<boolean> {
    const opened = await this.#store.open({ reason, detail }, this.#clock());
    await this.look();
    return opened;
  }
}
