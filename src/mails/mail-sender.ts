import type { Clock } from '../clock.js';
import type { Logger } from '../log.js';
import { nextTryAt, type MailPost, type PostAnswer } from './mail-post.js';
import type { MailStore, WaitingMail } from './mail-store.js';

const tickMs = 5000;
const mostInOneTick = 20;

/** How the mail server behaves, as far as this process knows. */
export interface MailStanding {
  /** Whether a server is set; without one mails wait. */
  configured: boolean;
  /** Since when a server has taken nothing, and what it said last; gone once it takes a mail. */
  failing?: { kind: Exclude<PostAnswer['kind'], 'sent'>; since: Date };
}

/** The loop that sends the mails that were written. */
export class MailSender {
  readonly #mails: MailStore;
  readonly #post: MailPost | undefined;
  readonly #clock: Clock;
  readonly #log: Logger;
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> = Promise.resolve();
  #downTries = 0;
  #downUntil: Date | undefined;
  #saidThatTheyWait = false;
  #failing: MailStanding['failing'];

  /** @param post undefined when no server is set: then mails wait, and the log says so */
  constructor({
    mails,
    post,
    clock,
    log,
  }: {
    mails: MailStore;
    post: MailPost | undefined;
    clock: Clock;
    log: Logger;
  }) {
    this.#mails = mails;
    this.#post = post;
    this.#clock = clock;
    this.#log = log;
  }

  start(): void {
    const tick = (): void => {
      this.#running = this.runOnce()
        .catch((error: unknown) => {
          this.#log.error({ event: 'mail.loopFailed', err: error }, 'the mails could not be looked at');
        })
        .finally(() => {
          if (this.#timer) this.#timer = setTimeout(tick, tickMs).unref();
        });
    };
    this.#timer = setTimeout(tick, 0);
  }

  async stop(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#running;
    this.#post?.close();
  }

  standing(): MailStanding {
    return { configured: this.#post !== undefined, ...(this.#failing && { failing: this.#failing }) };
  }

  /** Sends what is due; a server that is down is left alone for a while, with all mails waiting. */
  async runOnce(): Promise<void> {
    const now = this.#clock();
    await this.#mails.expire(now);
    if (!this.#post) {
      await this.#sayThatTheyWait();
      return;
    }
    if (this.#downUntil && now < this.#downUntil) return;
    const due = await this.#mails.claimDue(mostInOneTick, now);
    for (const [index, mail] of due.entries()) {
      if (await this.#send(this.#post, mail)) continue;
      for (const other of due.slice(index + 1)) await this.#mails.tryAgain(other.id, now, 'server down');
      return;
    }
  }

  /** @returns false when the server is down */
  async #send(post: MailPost, mail: WaitingMail): Promise<boolean> {
    const answer = await post.send(mail);
    const now = this.#clock();
    this.#failing =
      answer.kind === 'sent' ? undefined : { kind: answer.kind, since: this.#failing?.since ?? now };
    const ids = { mailId: mail.id, tries: mail.tries + 1 };
    if (answer.kind === 'down') {
      this.#downUntil = nextTryAt(this.#downTries++, now);
      await this.#mails.tryAgain(mail.id, this.#downUntil, answer.fault);
      this.#log.warn(
        { event: 'mail.serverDown', ...ids, fault: answer.fault, until: this.#downUntil },
        'the mail server takes nothing; mails wait',
      );
      return false;
    }
    this.#downTries = 0;
    this.#downUntil = undefined;
    if (answer.kind === 'later') {
      await this.#mails.tryAgain(mail.id, nextTryAt(mail.tries, now), answer.fault);
      return true;
    }
    const fault = answer.kind === 'refused' ? answer.fault : null;
    await this.#mails.settle(mail.id, answer.kind, fault, now);
    if (fault === null) this.#log.info({ event: 'mail.sent', ...ids }, 'a mail was sent');
    else
      this.#log.warn({ event: 'mail.refused', ...ids, fault }, 'the mail server will never take this mail');
    return true;
  }

  async #sayThatTheyWait(): Promise<void> {
    const { count } = await this.#mails.waiting();
    if (count > 0 && !this.#saidThatTheyWait) {
      this.#log.warn(
        { event: 'mail.noServer', waiting: count },
        'mails wait because no mail server is set: give SMTP_HOST and MAIL_FROM',
      );
    }
    this.#saidThatTheyWait = count > 0;
  }
}
