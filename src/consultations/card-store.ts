import type { Knex } from 'knex';
import { isDeepStrictEqual } from 'node:util';
import { againAfterDeadlock } from '../storage/again-after-deadlock.js';
import type { Database } from '../storage/database.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { mergeContent, missingForFinish, type CardContent, type CardDraft } from './card-fields.js';
import { decodeContent, encodeContent, lookupOfCard, toCard, toCardLine, type CardRow } from './card-row.js';
import type { CallOfCard, Card, CardChannel, CardLine, CardState, Counsellor } from './card-view.js';
import type { FieldProblem } from './read-fields.js';
import { findBadReference, isOwn, type BadReference } from './tenant-store.js';

/** How a save ended. `conflict`: somebody saved meanwhile; the card as it is now says who. */
export type CardSave =
  | { kind: 'saved'; version: number; savedAt: Date }
  | { kind: 'conflict'; card: Card }
  | { kind: 'wrongState'; card: Card }
  | { kind: 'incomplete'; problems: FieldProblem[] }
  | { kind: 'notFound' }
  | BadReference;

export interface NewCard {
  channel: CardChannel;
  receivedAt: Date;
  receivedBy: number | undefined;
  subscriberId?: number | undefined;
  content: CardContent;
  now: Date;
}

interface Save {
  version: number;
  by: number;
  now: Date;
}

/** Consultation cards. Every method asks for the organization, and knows no card of another one. */
export class CardStore {
  readonly #database: Database;
  readonly #codec: PersonalDataCodec;

  constructor({ database, codec }: { database: Database; codec: PersonalDataCodec }) {
    this.#database = database;
    this.#codec = codec;
  }

  async find(organizationId: number, cardId: number): Promise<Card | undefined> {
    const row = await cardRows(this.#database)
      .where({ 'c.id': cardId, 'c.organization_id': organizationId })
      .first();
    if (!row) return undefined;
    const calls = await this.#database('consultation_card_calls')
      .where({ card_id: cardId })
      .select<{ pbx_id: string; call_id: string }[]>('pbx_id', 'call_id');
    return toCard(
      row,
      calls.map((call) => ({ pbxId: call.pbx_id, callId: call.call_id })),
      this.#codec,
    );
  }

  /** The newest first, at most `limit`, before a moment for going on. */
  async list(
    organizationId: number,
    wanted: {
      state?: CardState | undefined;
      caseId?: number | undefined;
      before?: Date | undefined;
      limit: number;
    },
  ): Promise<CardLine[]> {
    const query = cardRows(this.#database).where('c.organization_id', organizationId);
    if (wanted.state) void query.where('c.state', wanted.state);
    if (wanted.caseId !== undefined) void query.where('c.case_id', wanted.caseId);
    if (wanted.before) void query.where('c.received_at', '<', wanted.before.getTime());
    const rows = await query.orderBy('c.received_at', 'desc').orderBy('c.id', 'desc').limit(wanted.limit);
    return rows.map((row) => toCardLine(row, this.#codec));
  }

  /** Opens the card of a call. Asked again for the same call it gives the same card, as it is by then. */
  async openForCall(organizationId: number, call: CallOfCard, card: NewCard): Promise<number> {
    const openingCall = `${call.pbxId}/${call.callId}`;
    // Cards of calls that are answered at one moment lie side by side in an index.
    return againAfterDeadlock(this.#database, async (trx) => {
      await trx('consultation_cards')
        .insert({ ...this.#newRow(organizationId, card), opening_call: openingCall })
        .onConflict('opening_call')
        .merge(['opening_call']);
      const row = await trx('consultation_cards')
        .where({ opening_call: openingCall, organization_id: organizationId })
        .first<{ id: number } | undefined>('id');
      if (!row) throw new Error('the call has a card of another organization');
      await linkCall(trx, row.id, call);
      return row.id;
    });
  }

  /** Opens a card without a call: somebody came, or wrote. */
  async add(organizationId: number, card: NewCard): Promise<{ kind: 'added'; id: number } | BadReference> {
    const bad = await findBadReference(this.#database, organizationId, [
      ['receivedBy', 'counsellors', card.receivedBy],
    ]);
    if (bad) return bad;
    const [id = 0]: number[] = await this.#database('consultation_cards').insert(
      this.#newRow(organizationId, card),
    );
    return { kind: 'added', id };
  }

  /** Ties a further call to a card; a call that is tied to another card stays where it is. */
  async addCall(organizationId: number, cardId: number, call: CallOfCard): Promise<boolean> {
    return againAfterDeadlock(this.#database, async (trx) => {
      if (!(await isOwn(trx, 'consultation_cards', organizationId, cardId))) return false;
      return (await linkCall(trx, cardId, call)) === cardId;
    });
  }

  /**
   * Saves a draft: what it names takes the place of what was there, the rest stays. A save that was done
   * already, and is sent again because its answer was lost, is saved and not a conflict.
   */
  async saveDraft(organizationId: number, cardId: number, draft: CardDraft, save: Save): Promise<CardSave> {
    const row = await this.#row(organizationId, cardId);
    if (!row) return { kind: 'notFound' };
    const bad = await findBadReference(this.#database, organizationId, [
      ['savedBy', 'counsellors', save.by],
      ['receivedBy', 'counsellors', draft.receivedBy],
    ]);
    if (bad) return bad;
    if (row.state !== 'draft') return this.#refused('wrongState', organizationId, cardId);
    const before = decodeContent(row.content, this.#codec);
    const content = mergeContent(before, draft);
    const columns = {
      ...(draft.receivedAt && { received_at: draft.receivedAt.getTime() }),
      ...(draft.receivedBy !== undefined && { received_by: draft.receivedBy }),
      ...(draft.channel && { channel: draft.channel }),
      ...(draft.triage !== undefined && { triage: draft.triage }),
    };
    if (row.version !== save.version) {
      const changesNothing =
        isDeepStrictEqual(before, JSON.parse(JSON.stringify(content))) &&
        Object.entries(columns).every(([name, value]) => row[name as keyof CardRow] === value);
      if (changesNothing && row.saved_by === save.by)
        return { kind: 'saved', version: row.version, savedAt: new Date(row.saved_at) };
      return this.#refused('conflict', organizationId, cardId);
    }
    const updated = await this.#database('consultation_cards')
      .where({ id: cardId, organization_id: organizationId, version: save.version, state: 'draft' })
      .update({
        ...columns,
        content: encodeContent(content, this.#codec),
        number_lookup: lookupOfCard(content, this.#codec),
        version: save.version + 1,
        saved_by: save.by,
        saved_at: save.now.getTime(),
      });
    if (updated === 0) return this.#refused('conflict', organizationId, cardId);
    return { kind: 'saved', version: save.version + 1, savedAt: save.now };
  }

  /** draft → finished, when nothing that a card needs is missing; its text of this moment is kept for good. */
  async finish(organizationId: number, cardId: number, save: Save): Promise<CardSave> {
    const card = await this.find(organizationId, cardId);
    if (!card) return { kind: 'notFound' };
    const problems = missingForFinish({ ...card, receivedBy: card.receivedBy?.id });
    if (card.state === 'draft' && card.version === save.version && problems.length > 0)
      return { kind: 'incomplete', problems };
    return this.#move(card, 'finished', save);
  }

  /** finished → draft: it can be written on again, and what it said stays on record. */
  async reopen(organizationId: number, cardId: number, save: Save): Promise<CardSave> {
    const card = await this.find(organizationId, cardId);
    return card ? this.#move(card, 'draft', save) : { kind: 'notFound' };
  }

  /** What the card said each time that it was finished or reopened, the newest first. */
  async revisions(
    organizationId: number,
    cardId: number,
  ): Promise<
    {
      version: number;
      what: string;
      content: CardContent;
      savedBy: Counsellor['id'] | undefined;
      savedAt: Date;
    }[]
  > {
    const rows = await this.#database('consultation_card_revisions as r')
      .join('consultation_cards as c', 'c.id', 'r.card_id')
      .where({ 'c.id': cardId, 'c.organization_id': organizationId })
      .orderBy('r.version', 'desc')
      .select<
        { version: number; what: string; content: string; saved_by: number | null; saved_at: number }[]
      >('r.version', 'r.what', 'r.content', 'r.saved_by', 'r.saved_at');
    return rows.map((row) => ({
      version: row.version,
      what: row.what,
      content: decodeContent(row.content, this.#codec),
      savedBy: row.saved_by ?? undefined,
      savedAt: new Date(row.saved_at),
    }));
  }

  async #move(card: Card, to: CardState, save: Save): Promise<CardSave> {
    const { id, organizationId } = card;
    const bad = await findBadReference(this.#database, organizationId, [['savedBy', 'counsellors', save.by]]);
    if (bad) return bad;
    const from: CardState = to === 'finished' ? 'draft' : 'finished';
    if (card.state !== from) return { kind: 'wrongState', card };
    const version = save.version + 1;
    const at = save.now.getTime();
    const moved = await againAfterDeadlock(this.#database, async (trx) => {
      const updated = await trx('consultation_cards')
        .where({ id, organization_id: organizationId, version: save.version, state: from })
        .update({
          state: to,
          version,
          saved_by: save.by,
          saved_at: at,
          finished_at: to === 'finished' ? at : null,
        });
      if (updated === 0) return false;
      await trx('consultation_card_revisions').insert({
        card_id: id,
        version,
        what: to === 'finished' ? 'finished' : 'reopened',
        content: encodeContent(card.content, this.#codec),
        saved_by: save.by,
        saved_at: at,
      });
      return true;
    });
    if (!moved) return this.#refused('conflict', organizationId, id);
    return { kind: 'saved', version, savedAt: save.now };
  }

  async #refused(kind: 'conflict' | 'wrongState', organizationId: number, cardId: number): Promise<CardSave> {
    const card = await this.find(organizationId, cardId);
    return card ? { kind, card } : { kind: 'notFound' };
  }

  #row(organizationId: number, cardId: number): Promise<CardRow | undefined> {
    return this.#database('consultation_cards')
      .where({ id: cardId, organization_id: organizationId })
      .first<CardRow | undefined>('*');
  }

  #newRow(organizationId: number, card: NewCard): Record<string, string | number | null> {
    return {
      organization_id: organizationId,
      subscriber_id: card.subscriberId ?? null,
      number_lookup: lookupOfCard(card.content, this.#codec),
      channel: card.channel,
      received_at: card.receivedAt.getTime(),
      received_by: card.receivedBy ?? null,
      content: encodeContent(card.content, this.#codec),
      saved_by: card.receivedBy ?? null,
      saved_at: card.now.getTime(),
    };
  }
}

/** @returns the card that the call belongs to now */
async function linkCall(trx: Knex, cardId: number, call: CallOfCard): Promise<number> {
  const key = { pbx_id: call.pbxId, call_id: call.callId };
  await trx('consultation_card_calls')
    .insert({ ...key, card_id: cardId })
    .onConflict(['pbx_id', 'call_id'])
    .merge(['call_id']);
  const row = await trx('consultation_card_calls')
    .where(key)
    .first<{ card_id: number } | undefined>('card_id');
  return row?.card_id ?? 0;
}

/** Cards with the names of who received and who saved them. */
export function cardRows(trx: Knex) {
  return trx('consultation_cards as c')
    .leftJoin('counsellors as r', 'r.id', 'c.received_by')
    .leftJoin('counsellors as s', 's.id', 'c.saved_by')
    .select<CardRow[]>('c.*', 'r.name as receiver_name', 's.name as saver_name');
}
