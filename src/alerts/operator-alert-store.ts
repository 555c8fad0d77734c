import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { Author, NoteChange } from '../users/change-log.js';

/** Something that the operator must mend; it closes when its cause has gone, and not by being seen. */
export interface OperatorAlert {
  id: number;
  reason: string;
  detail: string;
  openedAt: Date;
  /** Who has taken it on. */
  acknowledged: { by: string; at: Date } | undefined;
}

interface Row {
  id: number;
  reason: string;
  detail: string;
  opened_at: number;
  acknowledged_at: number | null;
  user_name: string | null;
}

/** Alerts about the service itself. */
export class OperatorAlertStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;
  readonly #note: NoteChange;

  constructor({ database, codec, note }: { database: Database; codec: PersonalDataCodec; note: NoteChange }) {
    this.#database = database;
    this.#codec = codec;
    this.#note = note;
  }

  async open(): Promise<OperatorAlert[]> {
    const rows = await this.#database('alerts as a')
      .leftJoin('operator_alert_acknowledgements as k', 'k.alert_id', 'a.id')
      .leftJoin('users as u', 'u.id', 'k.user_id')
      .whereNull('a.organization_id')
      .whereNot('a.state', 'closed')
      .orderBy('a.opened_at')
      .select<Row[]>(
        'a.id',
        'a.reason',
        'a.detail',
        'a.opened_at',
        'k.at as acknowledged_at',
        'u.name as user_name',
      );
    return rows.map((row) => ({
      id: row.id,
      reason: row.reason,
      detail: row.detail,
      openedAt: new Date(row.opened_at),
      acknowledged:
        row.acknowledged_at === null
          ? undefined
          : { by: this.#codec.decode(row.user_name ?? ''), at: new Date(row.acknowledged_at) },
    }));
  }

  /** Says that somebody has taken it on; the first one stays. @returns false when there is no such open alert */
  async acknowledge(id: number, by: Author & { userId: number }): Promise<boolean> {
    const alert = await this.#database('alerts')
      .where({ id })
      .whereNull('organization_id')
      .whereNot('state', 'closed')
      .first<{ reason: string } | undefined>('reason');
    if (!alert) return false;
    await againAfterDeadlock(this.#database, async (trx) => {
      await trx('operator_alert_acknowledgements')
        .insert({ alert_id: id, user_id: by.userId, at: by.at.getTime() })
        .onConflict('alert_id')
        .merge(['alert_id']);
      const row = await trx('operator_alert_acknowledgements')
        .where({ alert_id: id })
        .first<{ user_id: number; at: number } | undefined>('user_id', 'at');
      if (row?.user_id !== by.userId || row.at !== by.at.getTime()) return;
      const fields = [{ field: 'reason', to: alert.reason }];
      const what = { subject: 'operatorAlert', subjectId: id, detail: 'operatorAlert.acknowledge' } as const;
      await this.#note(trx, { by, organizationId: undefined, ...what, fields });
    });
    return true;
  }
}
