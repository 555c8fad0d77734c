import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import type { AlertMailStore } from './alert-mail-store.js';

const tickMs = 2000;

/**
 * The loop that writes the mails about alerts. It goes by what the alerts themselves say is still to be told,
 * so that a death at any moment loses none and tells none twice.
 */
export class AlertTeller {
  readonly #parts: { mails: Pick<AlertMailStore, 'tellDue'>; clock: Clock; log: Logger };
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();

  constructor(parts: { mails: Pick<AlertMailStore, 'tellDue'>; clock: Clock; log: Logger }) {
    this.#parts = parts;
  }

  start(): void {
    const tick = (): void => {
      this.#running = this.#tellDue().finally(() => {
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

  async #tellDue(): Promise<void> {
    const { mails, clock, log } = this.#parts;
    try {
      const told = await mails.tellDue(clock());
      if (told > 0) log.info({ event: 'alertMail.written', alerts: told }, 'alerts were told by mail');
    } catch (error) {
      log.error({ event: 'alertMail.failed', err: error }, 'alerts could not be told by mail');
    }
  }
}
