import type { Knex } from 'knex';
import { writeAlert } from '../alerts/alert-store.js';
import { inChunks } from '../storage/chunks.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import type { CalledCheckin, KnownAttempt, WaitingCheckin } from './called-since.js';

/** What stands in the story of an alert about an answer that was lost. */
const lostAnswer =
  'データを復元する前に電話しましたが、その答えは残っていません。お元気かどうか、電話などで確かめてください。';

/** The database's side of calls that it has forgotten. */
export class CalledSinceStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async attempts(ids: readonly string[]): Promise<Map<string, KnownAttempt>> {
    const known = new Map<string, KnownAttempt>();
    for (const some of inChunks(ids)) {
      const rows = await this.#database('attempts')
        .whereIn('id', some)
        .select<AttemptRow[]>('id', 'check_in_id', 'state', 'outcome', 'answered_at');
      for (const row of rows) {
        const { state, check_in_id: checkinId } = row;
        known.set(row.id, {
          checkinId,
          state,
          outcome: row.outcome ?? undefined,
          answered: row.answered_at !== null,
        });
      }
    }
    return known;
  }

  /** Due check-ins of the people who have these numbers, and due ones of these ids. */
  async waiting(marks: readonly string[], checkinIds: readonly number[]): Promise<WaitingCheckin[]> {
    const found = new Map<number, WaitingCheckin>();
    for (const some of inChunks(marks))
      for (const one of await this.#due('n.number_lookup', some)) add(found, one);
    for (const some of inChunks(checkinIds)) for (const one of await this.#due('c.id', some)) add(found, one);
    return [...found.values()];
  }

  async #due(column: string, values: readonly (string | number)[]): Promise<WaitingCheckin[]> {
    const rows = await this.#database('check_ins as c')
      .join('phone_numbers as n', 'n.subscriber_id', 'c.subscriber_id')
      .where('c.state', 'due')
      .whereIn(column, [...values])
      .select<DueRow[]>('c.id', 'c.subscriber_id', 'c.due_at', 'c.give_up_at', 'n.number_lookup');
    return rows.map((row) => ({
      checkinId: row.id,
      subscriberId: row.subscriber_id,
      dueAt: new Date(row.due_at),
      giveUpAt: new Date(row.give_up_at),
      marks: [row.number_lookup],
    }));
  }

  /** Attempts from before the hold that nobody has settled yet: their end is still to be read from the record. */
  async countUnsettled(pbxId: string, before: Date): Promise<number> {
    const rows = await this.#database('attempts')
      .where({ pbx_id: pbxId, state: 'calling' })
      .where('claimed_at', '<=', before.getTime())
      .select<{ id: string }[]>('id');
    return rows.length;
  }

  /** The person is not called again too soon, whatever the check-in. */
  async noteCalled(trx: Knex, { subscriberId, lastCalledAt }: CalledCheckin): Promise<void> {
    await trx('subscribers')
      .where({ id: subscriberId })
      .where(
        (query) =>
          void query.whereNull('last_called_at').orWhere('last_called_at', '<', lastCalledAt.getTime()),
      )
      .update({ last_called_at: lastCalledAt.getTime() });
  }

  /** due → alerted: somebody hears that this person was called and that the answer is lost. */
  async tell(trx: Knex, { checkinId }: CalledCheckin, at: Date): Promise<boolean> {
    const won = await trx('check_ins')
      .where({ id: checkinId, state: 'due' })
      .update({ state: 'alerted', settled_at: at.getTime() });
    if (won !== 1) return false;
    const row = await trx('check_ins')
      .where({ id: checkinId })
      .first<PlaceRow>('organization_id', 'subscriber_id');
    await writeAlert(trx, {
      organizationId: row.organization_id,
      subscriberId: row.subscriber_id,
      checkinId,
      reason: 'weCouldNotCall',
      at,
    });
    const alert = await trx('alerts')
      .where({ open_key: `checkin:${checkinId}` })
      .first<{ id: number } | undefined>('id');
    await trx('alert_events').insert({
      alert_id: alert?.id ?? null,
      check_in_id: checkinId,
      kind: 'noted',
      words: this.#codec.encode(lostAnswer),
      at: at.getTime(),
    });
    return true;
  }
}

interface AttemptRow {
  id: string;
  check_in_id: number;
  state: 'calling' | 'ended';
  outcome: string | null;
  answered_at: number | null;
}

interface DueRow {
  id: number;
  subscriber_id: number;
  due_at: number;
  give_up_at: number;
  number_lookup: string;
}

interface PlaceRow {
  organization_id: number;
  subscriber_id: number;
}

function add(found: Map<number, WaitingCheckin>, one: WaitingCheckin): void {
  const before = found.get(one.checkinId);
  found.set(one.checkinId, before ? { ...before, marks: [...before.marks, ...one.marks] } : one);
}
