import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';

export interface KnownMember {
  subscriberId: number;
  name: string;
}

/** The ties between consultations and the check-in service. */
export class EnrolmentStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** Who has this member number at a station of the organization. */
  async member(
    organizationId: number,
    stationId: number,
    memberNumber: string,
  ): Promise<KnownMember | undefined> {
    const row = await this.#database('subscribers')
      .where({
        station_id: stationId,
        member_number_lookup: this.#codec.lookup('memberNumber', memberNumber),
        organization_id: organizationId,
      })
      .first<{ id: number; name: string } | undefined>('id', 'name');
    return row && { subscriberId: row.id, name: this.#codec.decode(row.name) };
  }

  /** Whether the subscriber is one of the organization's who is still called. */
  async isActive(organizationId: number, subscriberId: number): Promise<boolean> {
    const row = await this.#database('subscribers')
      .where({ id: subscriberId, organization_id: organizationId })
      .whereNull('withdrawn_on')
      .first<{ id: number } | undefined>('id');
    return row !== undefined;
  }

  /** Ties the card, and its person if it has one, to the subscriber. */
  async tie(organizationId: number, cardId: number, subscriberId: number): Promise<void> {
    await againAfterDeadlock(this.#database, async (trx) => {
      await trx('consultation_cards')
        .where({ id: cardId, organization_id: organizationId })
        .update({ subscriber_id: subscriberId });
      await trx('consultation_persons')
        .where({ organization_id: organizationId })
        .whereIn(
          'id',
          trx('consultation_cards').where({ id: cardId }).whereNotNull('person_id').select('person_id'),
        )
        .update({ subscriber_id: subscriberId });
    });
  }

  /** Cards of a subscriber, for the way back from the check-in service. */
  async cardsOf(organizationId: number, subscriberId: number): Promise<number[]> {
    const rows = await this.#database('consultation_cards')
      .where({ subscriber_id: subscriberId, organization_id: organizationId })
      .orderBy('id')
      .select<{ id: number }[]>('id');
    return rows.map(({ id }) => id);
  }
}
