import type { Knex } from 'knex';
import type { AlertReason } from '../checkins/retry-policy.js';
import type { Database } from '../storage/database.js';

export type OperatorAlertReason =
  | 'dialingStopped'
  | 'nothingCalled'
  | 'diallingHeld' // until the operator confirms what was called
  | 'voiceLost' // a recording is not where the exchange left it
  | 'voiceNotTakenIn'; // recordings wait in the spool, unencrypted

export interface AlertAboutPerson {
  organizationId: number;
  subscriberId: number;
  checkinId: number;
  reason: AlertReason;
  at: Date;
}

/**
 * Writes an alert to the station that the check-in belongs to by now, beside the change that causes it: call it inside that
 * change's transaction.
 */
export async function writeAlert(trx: Knex, alert: AlertAboutPerson): Promise<void> {
  await trx('alerts')
    .insert({
      organization_id: alert.organizationId,
      station_id: trx('check_ins').where({ id: alert.checkinId }).select('station_id'),
      subscriber_id: alert.subscriberId,
      check_in_id: alert.checkinId,
      reason: alert.reason,
      open_key: `checkin:${alert.checkinId}`,
      opened_at: alert.at.getTime(),
    })
    .onConflict('open_key')
    // Not ignore(): MariaDB would then pass over every other fault of the row too, and lose the alert.
    .merge(['open_key']);
}

export interface OpenAlert {
  id: number;
  reason: string;
  stationId: number | undefined;
  subscriberId: number | undefined;
  checkinId: number | undefined;
  detail: string;
  openedAt: Date;
}

interface AlertRow {
  id: number;
  reason: string;
  station_id: number | null;
  subscriber_id: number | null;
  check_in_id: number | null;
  detail: string;
  opened_at: number;
}

export class AlertStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Tells the operator once: while an alert of this key is open, another one is not written. */
  async tellOperator(reason: OperatorAlertReason, key: string, detail: string, at: Date): Promise<boolean> {
    const openKey = `operator:${reason}:${key}`;
    const known = await this.#database('alerts')
      .where({ open_key: openKey })
      .first<{ id: number } | undefined>('id');
    if (known) return false;
    await this.#database('alerts')
      .insert({ reason, open_key: openKey, detail, opened_at: at.getTime() })
      .onConflict('open_key')
      .merge(['open_key']);
    return true;
  }

  /** Closes the operator's alert when its cause has gone. */
  async endOperatorAlert(reason: OperatorAlertReason, key: string, at: Date): Promise<void> {
    await this.#database('alerts')
      .where({ open_key: `operator:${reason}:${key}` })
      .update({ state: 'closed', open_key: null, closed_at: at.getTime() });
  }

  async findOpen(): Promise<OpenAlert[]> {
    const rows = await this.#database<AlertRow>('alerts')
      .where('state' as never, 'open')
      .orderBy('opened_at')
      .select('id', 'reason', 'station_id', 'subscriber_id', 'check_in_id', 'detail', 'opened_at');
    return rows.map((row) => ({
      id: row.id,
      reason: row.reason,
      stationId: row.station_id ?? undefined,
      subscriberId: row.subscriber_id ?? undefined,
      checkinId: row.check_in_id ?? undefined,
      detail: row.detail,
      openedAt: new Date(row.opened_at),
    }));
  }
}
