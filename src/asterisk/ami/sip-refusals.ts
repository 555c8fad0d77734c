import type { AmiEvent, AmiLink } from './ami-link.js';

/** The exchange's security events that are refusals, in our words. Its challenges and its successes are none. */
const reasons: Readonly<Record<string, string>> = {
  invalidaccountid: 'unknownAccount',
  invalidpassword: 'wrongPassword',
  challengeresponsefailed: 'wrongPassword',
  failedacl: 'address',
  unexpectedaddress: 'address',
  requestbadformat: 'malformed',
  requestnotsupported: 'notAllowed',
  requestnotallowed: 'notAllowed',
  authmethodnotallowed: 'notAllowed',
  invalidtransport: 'notAllowed',
};

/** Why a telephone or a stranger was refused; undefined for any other event, and for those of other services. */
export function sipRefusalOf(event: AmiEvent): string | undefined {
  if (event.service !== 'PJSIP') return undefined;
  return reasons[String(event.event ?? '').toLowerCase()];
}

/** Tells of each request of SIP that the exchange refused, over a link of its own: a thousand a second may come. */
export class SipRefusalWatch {
  readonly #link: AmiLink;

  /** @param link hears events of the class `security` */
  constructor(link: AmiLink, onRefused: (reason: string) => void) {
    this.#link = link;
    link.on('event', (event) => {
      const reason = sipRefusalOf(event);
      if (reason !== undefined) onRefused(reason);
    });
  }

  start(): void {
    this.#link.start();
  }

  stop(): void {
    this.#link.stop();
  }
}
