import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { decodeContent, toCardLine, type CardRow } from './card-row.js';
import { readSearch, saysAll } from './card-search.js';
import { cardRows } from './card-store.js';
import type { CardLine, CardState } from './card-view.js';

/** Where a page ends: the next one goes on with what lies before it. */
export interface CardPlace {
  receivedAt: Date;
  id: number;
}

export interface CardSearch {
  text: string;
  receivedBy?: number | undefined;
  state?: CardState | undefined;
  /** Only what must not wait. */
  pressing: boolean;
  after?: CardPlace | undefined;
  limit: number;
}

export interface FoundCards {
  cards: CardLine[];
  /** Where to go on; undefined when all has been looked at. */
  next: CardPlace | undefined;
}

const readAtOnce = 200;
/** What is said on cards is coded: one question reads no more of them than somebody waits for. */
const mostRead = 4000;

/** Looks for cards by who received them, by their state, and by what is said on them. */
export class CardSearchStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  /** The newest first. A page may be short, or empty, and still have a next one. */
  async find(organizationId: number, search: CardSearch): Promise<FoundCards> {
    const words = readSearch(search.text);
    const cards: CardLine[] = [];
    let place = search.after;
    for (let read = 0; read < mostRead; read += readAtOnce) {
      const rows = await this.#rows(organizationId, search, place);
      for (const row of rows) {
        place = { receivedAt: new Date(row.received_at), id: row.id };
        if (!saysAll(decodeContent(row.content, this.#codec), words)) continue;
        cards.push(toCardLine(row, this.#codec));
        if (cards.length === search.limit) return { cards, next: place };
      }
      if (rows.length < readAtOnce) return { cards, next: undefined };
    }
    return { cards, next: place };
  }

  /** The card of a call, wherever it came in; undefined when it has none. */
  async ofCall(organizationId: number, callId: string): Promise<number | undefined> {
    const row = await this.#database('consultation_card_calls as k')
      .join('consultation_cards as c', 'c.id', 'k.card_id')
      .where({ 'k.call_id': callId, 'c.organization_id': organizationId })
      .orderBy('c.id', 'desc')
      .first<{ id: number } | undefined>('c.id');
    return row?.id;
  }

  async #rows(
    organizationId: number,
    { receivedBy, state, pressing }: CardSearch,
    after: CardPlace | undefined,
  ): Promise<CardRow[]> {
    const query = cardRows(this.#database).where('c.organization_id', organizationId);
    if (state) void query.where('c.state', state);
    if (receivedBy !== undefined) void query.where('c.received_by', receivedBy);
    if (pressing) void query.whereIn('c.triage', ['immediate', 'urgent']);
    if (after) {
      const at = after.receivedAt.getTime();
      void query.where((before) => {
        void before
          .where('c.received_at', '<', at)
          .orWhere((same) => void same.where('c.received_at', at).where('c.id', '<', after.id));
      });
    }
    return query.orderBy('c.received_at', 'desc').orderBy('c.id', 'desc').limit(readAtOnce);
  }
}
