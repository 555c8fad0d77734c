import type { Knex } from 'knex';
import type { MailStore } from '../mails/mail-store.js';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import { toInstant } from '../storage/instants.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { closedLetter, openedLetter, type AlertLetterFacts } from './alert-letters.js';
import type { CloseReason } from './alert-work.js';

interface DueRow {
  id: number;
  mail_due: 'opened' | 'closed';
  station_id: number | null;
  reason: string;
  opened_at: number;
  closed_at: number | null;
  close_reason: CloseReason | null;
  member_number: string;
  kana: string;
  station_name: string;
  mail_reasons: string | null;
  time_zone: string;
}

export interface Recipient {
  name: string;
  mail: string;
}

/** A mail about an alert that has not arrived. */
export interface UndeliveredMail {
  id: number;
  alertId: number;
  organizationId: number;
  station: { id: number; name: string };
  kind: 'opened' | 'closed';
  /** `nobody`: there is nobody to be told. */
  state: 'waiting' | 'refused' | 'expired' | 'nobody';
  name: string;
  mail: string;
  /** A word of the mail server or of ours; '' when it has not been tried yet. */
  fault: string;
  tries: number;
  since: Date;
}

/** A click may be taken back for this long: the good news waits so long. */
const undoMs = 30_000;
const mailLastsMs = 2 * 86_400_000;
const patienceMs = 2 * 60_000;
const shownMs = 7 * 86_400_000;
const atOnce = 50;

/** Writes the mails about alerts: in one transaction with the word that they are written. */
export class AlertMailStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #mails: Pick<MailStore, 'write'>;
  readonly #baseUrl: () => string;

  constructor(parts: {
    database: Database;
    codec: PersonalDataCodec;
    mails: Pick<MailStore, 'write'>;
    baseUrl: () => string;
  }) {
    this.#database = parts.database;
    this.#codec = parts.codec;
    this.#mails = parts.mails;
    this.#baseUrl = parts.baseUrl;
  }

  /** Tells of what is due. @returns how many alerts it told of */
  async tellDue(now: Date): Promise<number> {
    const rows = await this.#database('alerts as a')
      .leftJoin('subscribers as s', 's.id', 'a.subscriber_id')
      .leftJoin('stations as t', 't.id', 'a.station_id')
      .leftJoin('organizations as o', 'o.id', 'a.organization_id')
      .whereIn('a.mail_due', ['opened', 'closed'])
      .where((query) => {
        void query.where('a.mail_due', 'opened').orWhere('a.closed_at', '<=', now.getTime() - undoMs);
      })
      .orderBy('a.id')
      .limit(atOnce)
      .select<DueRow[]>(
        ...['a.id', 'a.mail_due', 'a.station_id', 'a.reason', 'a.opened_at', 'a.closed_at', 'a.close_reason'],
        ...['s.member_number', 's.kana', 't.name as station_name', 't.mail_reasons', 'o.time_zone'],
      );
    for (const row of rows) await againAfterDeadlock(this.#database, (trx) => this.#tell(trx, row, now));
    return rows.length;
  }

  async #tell(trx: Knex.Transaction, row: DueRow, now: Date): Promise<void> {
    const won = await trx('alerts').where({ id: row.id, mail_due: row.mail_due }).update({ mail_due: null });
    // An alert of the service is about nobody; the operator's own monitoring tells of it.
    if (won !== 1 || row.station_id === null) return;
    const opened = row.mail_due === 'opened';
    if (opened && !isWanted(row)) return;
    const facts = this.#facts(row);
    const letter = opened ? openedLetter(facts) : closedLetter(facts);
    const recipients = opened
      ? await this.#recipients(trx, row.station_id)
      : await this.#whoWasTold(trx, row.id);
    const note = { alert_id: row.id, kind: row.mail_due, created_at: now.getTime() };
    const expiresAt = new Date(now.getTime() + mailLastsMs);
    for (const { name, mail } of recipients) {
      const mailId = await this.#mails.write(trx, { recipient: mail, ...letter, expiresAt }, now);
      await trx('alert_mails').insert({ ...note, mail_id: mailId, name: this.#codec.encode(name) });
    }
    if (opened && recipients.length === 0)
      await trx('alert_mails').insert({ ...note, mail_id: null, name: this.#codec.encode('') });
  }

  /** What was not delivered of the last days, or waits longer than it should; the newest first. */
  async undelivered(now: Date): Promise<UndeliveredMail[]> {
    const rows = await this.#database('alert_mails as n')
      .join('alerts as a', 'a.id', 'n.alert_id')
      .join('stations as t', 't.id', 'a.station_id')
      .leftJoin('mails as m', 'm.id', 'n.mail_id')
      .where('n.created_at', '>=', now.getTime() - shownMs)
      .where((query) => {
        void query
          .whereIn('m.state', ['refused', 'expired'])
          .orWhereRaw("(n.mail_id is null and a.state = 'open')")
          .orWhereRaw("(m.state = 'waiting' and (m.tries > 0 or m.created_at < ?))", [
            now.getTime() - patienceMs,
          ]);
      })
      .orderBy('n.id', 'desc')
      .limit(200)
      .select<UndeliveredRow[]>(
        ...['n.id', 'n.alert_id', 'n.kind', 'n.name', 'n.created_at', 'a.organization_id', 'a.station_id'],
        ...['t.name as station_name', 'm.state', 'm.recipient', 'm.last_fault', 'm.tries'],
      );
    return rows.map((row) => ({
      id: row.id,
      alertId: row.alert_id,
      organizationId: row.organization_id,
      station: { id: row.station_id, name: row.station_name },
      kind: row.kind,
      state: row.state ?? 'nobody',
      name: this.#codec.decode(row.name),
      mail: row.recipient === null ? '' : this.#codec.decode(row.recipient),
      fault: row.last_fault ?? '',
      tries: row.tries ?? 0,
      since: new Date(row.created_at),
    }));
  }

  #facts(row: DueRow): AlertLetterFacts {
    return {
      alertId: row.id,
      reason: row.reason,
      memberNumber: this.#codec.decode(row.member_number),
      kana: this.#codec.decode(row.kana),
      stationName: row.station_name,
      timeZone: row.time_zone,
      openedAt: new Date(row.opened_at),
      closedAt: toInstant(row.closed_at),
      closeReason: row.close_reason ?? undefined,
      baseUrl: this.#baseUrl(),
    };
  }

  /** The station's users and the contacts beside them, each address once. */
  async #recipients(trx: Knex, stationId: number): Promise<Recipient[]> {
    const users = await trx('users as u')
      .join('user_stations as w', 'w.user_id', 'u.id')
      .leftJoin('alert_mail_refusals as r', (on) =>
        on.on('r.user_id', 'u.id').andOn('r.station_id', 'w.station_id'),
      )
      .where({ 'w.station_id': stationId, 'u.role': 'station', 'u.state': 'active' })
      .whereNull('r.user_id')
      .select<Recipient[]>('u.name', 'u.mail');
    const contacts = await trx('station_contacts')
      .where({ station_id: stationId, is_on: true })
      .select<Recipient[]>('name', 'mail');
    return this.#eachOnce([...users, ...contacts]);
  }

  async #whoWasTold(trx: Knex, alertId: number): Promise<Recipient[]> {
    const told = await trx('alert_mails as n')
      .join('mails as m', 'm.id', 'n.mail_id')
      .where({ 'n.alert_id': alertId, 'n.kind': 'opened' })
      .select<Recipient[]>('n.name', 'm.recipient as mail');
    return this.#eachOnce(told);
  }

  #eachOnce(stored: readonly Recipient[]): Recipient[] {
    const decoded = stored.map(({ name, mail }) => ({
      name: this.#codec.decode(name),
      mail: this.#codec.decode(mail),
    }));
    return [...new Map(decoded.map((one) => [one.mail.toLowerCase(), one])).values()];
  }
}

interface UndeliveredRow {
  id: number;
  alert_id: number;
  kind: 'opened' | 'closed';
  name: string;
  created_at: number;
  organization_id: number;
  station_id: number;
  station_name: string;
  state: 'waiting' | 'refused' | 'expired' | null;
  recipient: string | null;
  last_fault: string | null;
  tries: number | null;
}

/** A station that names reasons is told of no others. */
function isWanted({ mail_reasons: stored, reason }: DueRow): boolean {
  if (stored === null) return true;
  return (JSON.parse(stored) as string[]).includes(reason);
}
