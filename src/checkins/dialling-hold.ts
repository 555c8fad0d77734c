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
  /** The reasons that the operator was told of last. */
  #told: string | undefined;
  #isUnread = false;
  #looking: Promise<void> | undefined;

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

  /** Reads the holds, once at a time; while the database does not answer, what was known last stays. */
  look(): Promise<void> {
    this.#looking ??= this.#lookOnce().finally(() => (this.#looking = undefined));
    return this.#looking;
  }

  async #lookOnce(): Promise<void> {
    try {
      const open = await this.#store.findOpen();
      // It counts at once, and is told until that has been written down.
      this.#open = open;
      this.#isUnread = false;
      const reasons = open.map(({ reason }) => reason).join(', ');
      if (reasons === this.#told) return;
      await this.#tell(reasons);
      this.#told = reasons;
    } catch (error) {
      if (this.#isUnread) return;
      this.#isUnread = true;
      this.#log.warn(
        { event: 'dialling.hold_unknown', err: error },
        'the holds could not be read, or the operator not be told of them',
      );
    }
  }

  /** @param reasons of all open holds; empty: none is */
  async #tell(reasons: string): Promise<void> {
    if (reasons === '') {
      await this.#alerts.endOperatorAlert('diallingHeld', 'all', this.#clock());
      if (this.#told !== undefined)
        this.#log.info({ event: 'dialling.released' }, 'check-in calls start again');
      return;
    }
    await this.#alerts.tellOperator('diallingHeld', 'all', reasons, this.#clock());
    this.#log.warn({ event: 'dialling.held', reasons }, 'no check-in call starts until the operator says so');
  }

  /** @returns false when a hold of this reason is open already */
  async hold(reason: HoldReason, detail: string): Promise<boolean> {
    const opened = await this.#store.open({ reason, detail }, this.#clock());
    // A look that is under way may have read before.
    await this.#looking;
    await this.look();
    return opened;
  }
}
