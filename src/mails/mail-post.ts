import type { Mail } from './mail-store.js';

/** How a mail server took it. */
export type PostAnswer =
  | { kind: 'sent' }
  /** It will never take this mail: no such address, for one. */
  | { kind: 'refused'; fault: string }
  /** Another time, perhaps. */
  | { kind: 'later'; fault: string }
  /** The server cannot be reached, or lets us not in: no other mail will fare better now. */
  | { kind: 'down'; fault: string };

/** What we need of a mail server. */
export interface MailPost {
  send(mail: Pick<Mail, 'recipient' | 'subject' | 'body'>): Promise<PostAnswer>;
  close(): void;
}

/** @returns when to try again after so many tries: from a minute to an hour */
export function nextTryAt(tries: number, now: Date): Date {
  const minutes = Math.min(60, 2 ** tries);
  return new Date(now.getTime() + minutes * 60_000);
}
