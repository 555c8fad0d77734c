import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { DueRowsStore } from './due-rows-store.js';
import type { Eraser } from './eraser.js';

/** The eraser of the records of those who withdrew. */
export function peopleEraser(database: Database): Eraser {
  return new DueRowsStore(database, {
    kind: 'withdrawnPeople',
    id: 'id',
    due: (organizationId, cut) =>
      database('subscribers')
        .where({ organization_id: organizationId })
        .where('withdrawn_on', '<', cut.date)
        .whereNull('erased_at')
        .whereNotExists(openAlertsOf(database, 'subscribers.id')),
    erase: eraseRecords,
  });
}

/** Somebody must still see to a person: without a name they could not. */
export function openAlertsOf(database: Knex, subscriberId: string): Knex.QueryBuilder {
  return database('alerts')
    .select('alerts.id')
    .where('alerts.subscriber_id', database.ref(subscriberId))
    .where('alerts.state', 'open');
}

/**
 * Empties the records of subscribers, with numbers, contacts, consents and changes. When they came and went, and when
 * they were to be called, stays: the figures are made of it. Who has come back meanwhile is let alone.
 */
export async function eraseRecords(trx: Knex, ids: readonly number[], now: Date): Promise<number> {
  let erased = 0;
  for (const id of ids) {
    const won = await trx('subscribers')
      .where({ id })
      .whereNotNull('withdrawn_on')
      .whereNull('erased_at')
      .update({
        // No two people of a station have the same look-up value.
        ...{ member_number: '', member_number_lookup: `erased:${id}` },
        ...{ name: '', kana: '', birth_date: null, notes: '' },
        ...{ erased_at: now.getTime(), updated_at: now.getTime(), version: trx.raw('version + 1') },
      });
    if (won === 0) continue;
    erased++;
    await trx('pauses').where({ subscriber_id: id }).update({ reason: '' });
    for (const table of ['phone_numbers', 'subscriber_contacts', 'subscriber_consents', 'subscriber_changes'])
      await trx(table).where({ subscriber_id: id }).delete();
    await trx('call_ins').where({ subscriber_id: id }).update({ number: '', number_lookup: '' });
  }
  return erased;
}
