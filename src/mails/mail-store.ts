import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface Mail {
  recipient: string;
  subject: string;
  body: string;
  /** After this it says nothing true any more, and is not sent. */
  expiresAt: Date;
  /** Whom it invites, when it does. */
  invitedUserId?: number;
}

export interface WaitingMail extends Mail {
  id: number;
  tries: number;
}

interface MailRow {
  id: number;
  recipient: string;
  subject: string;
  body: string;
  tries: number;
  next_try_at: number;
  expires_at: number;
}

/** A process that dies while it sends leaves the mail to the next try after this. */
const claimMs = 120_000;

/** Mails as rows: written beside what they tell of, sent by a loop. */
export class MailStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Call it inside the transaction of what the mail tells. @returns its id */
  async write(trx: Knex, mail: Mail, now: Date): Promise<number> {
    const [id = 0]: number[] = await trx('mails').insert({
      recipient: this.#codec.encode(mail.recipient),
      subject: this.#codec.encode(mail.subject),
      body: this.#codec.encode(mail.body),
      next_try_at: now.getTime(),
      expires_at: mail.expiresAt.getTime(),
      created_at: now.getTime(),
      ...(mail.invitedUserId !== undefined && { invited_user_id: mail.invitedUserId }),
    });
    return id;
  }

  /** Takes up to so many due mails for one try; nobody else is given them meanwhile. */
  async claimDue(limit: number, now: Date): Promise<WaitingMail[]> {
    const rows = await this.#database('mails')
      .where('state', 'waiting')
      .where('next_try_at', '<=', now.getTime())
      .orderBy('next_try_at')
      .limit(limit)
      .select<MailRow[]>('*');
    const won: WaitingMail[] = [];
    for (const row of rows) {
      const changed = await this.#database('mails')
        .where({ id: row.id, state: 'waiting', next_try_at: row.next_try_at })
        .update({ next_try_at: now.getTime() + claimMs });
      if (changed === 1) won.push(this.#toMail(row));
    }
    return won;
  }

  /** A mail that nobody needs any more keeps no words: there may be a link in them. */
  async settle(
    id: number,
    state: 'sent' | 'refused' | 'expired',
    fault: string | null,
    now: Date,
  ): Promise<void> {
    await this.#database('mails')
      .where({ id, state: 'waiting' })
      .update({ state, body: this.#codec.encode(''), last_fault: fault, settled_at: now.getTime() });
  }

  async tryAgain(id: number, at: Date, fault: string): Promise<void> {
    await this.#database('mails')
      .where({ id, state: 'waiting' })
      .update({ next_try_at: at.getTime(), last_fault: fault, tries: this.#database.raw('tries + 1') });
  }

  async expire(now: Date): Promise<void> {
    await this.#database('mails')
      .where('state', 'waiting')
      .where('expires_at', '<=', now.getTime())
      .update({ state: 'expired', body: this.#codec.encode(''), settled_at: now.getTime() });
  }

  /** How many wait, and since when the oldest one does. */
  async waiting(): Promise<{ count: number; oldestAt: Date | undefined }> {
    const row = await this.#database('mails')
      .where('state', 'waiting')
      .first<{ count: number | string; oldest: number | null } | undefined>(
        this.#database.raw('count(*) as count, min(created_at) as oldest'),
      );
    const oldest = row?.oldest ?? null;
    return { count: Number(row?.count ?? 0), oldestAt: oldest === null ? undefined : new Date(oldest) };
  }

  #toMail(row: MailRow): WaitingMail {
    return {
      id: row.id,
      recipient: this.#codec.decode(row.recipient),
      subject: this.#codec.decode(row.subject),
      body: this.#codec.decode(row.body),
      tries: row.tries,
      expiresAt: new Date(row.expires_at),
    };
  }
}
