import type { MailStanding } from '../mails/mail-sender.js';
import type { HeartbeatStanding } from '../watch/heartbeat-rule.js';

/** One link of the service, by itself: which one is down decides who has to mend it. */
export interface LinkHealth {
  ok: boolean;
  /** Since when it is as it is. */
  since?: Date;
  /** A plain word for the operator; never a name or a number of a person. */
  said?: string;
}

export interface Health {
  /** Whether this process can do its work now. */
  ready: boolean;
  links: {
    database: LinkHealth & { latencyMs?: number };
    ari: LinkHealth;
    ami: LinkHealth;
    /** The link that the live picture of the hotline's queues comes over. */
    queues: LinkHealth;
    /** Ok when this process owns the exchange. */
    lease: LinkHealth;
    trunk: LinkHealth;
    /** The registration at the carrier; left out where the line needs none, or nobody could be asked. */
    registration?: LinkHealth;
    /** Results of finished calls that the database has not taken yet. */
    results: { waiting: number };
  };
  /** Why no check-in call starts until the operator says so. No reason to be unready: all else goes on. */
  holds: { reason: string; since: Date }[];
  /** No reason to be unready: calls go on, and mails wait. The counts are missing while the database is away. */
  mail: MailStanding & { waiting?: number; oldestWaitingAt?: Date };
  /** Whether somebody elsewhere hears that we work; left out where no address is set. */
  heartbeat?: HeartbeatStanding;
}
