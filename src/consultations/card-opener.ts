import type { CardStore } from './card-store.js';
import { contentToStart, onlySubscriber, type CardView } from './card-view.js';
import type { NumberFactsStore } from './number-facts-store.js';

export interface AnsweredCall {
  pbxId: string;
  callId: string;
  lineId: number;
  /** Domestic digits; empty when the caller hides it. */
  number: string;
  /** Of the counsellor who answered; empty when nobody has. */
  extension: string;
  at: Date;
}

/** There is no such line, or its card belongs to somebody else. */
export class CardOpenerError extends Error {
  override readonly name = 'CardOpenerError';
}

/** Opens the card of a call while the counsellor picks up. */
export class CardOpener {
  readonly #cards: CardStore;
  readonly #facts: NumberFactsStore;

  constructor({ cards, facts }: { cards: CardStore; facts: NumberFactsStore }) {
    this.#cards = cards;
    this.#facts = facts;
  }

  /**
   * The card of a call, with what its number tells. The first time it is opened as a draft that says what is
   * known; asked again for the same call, it is the same card, with all that was written on it since.
   *
   * @throws CardOpenerError when there is no such line
   */
  async open(call: AnsweredCall): Promise<CardView> {
    const place = await this.#facts.placeOf(call.lineId, call.extension);
    if (!place) throw new CardOpenerError(`there is no line ${call.lineId}`);
    const { organizationId, counsellorId } = place;
    const known = await this.#facts.of(organizationId, call.number);
    const cardId = await this.#cards.openForCall(organizationId, call, {
      channel: 'phone',
      receivedAt: call.at,
      receivedBy: counsellorId,
      subscriberId: onlySubscriber(known),
      content: contentToStart(call.number, known),
      now: call.at,
    });
    const card = await this.#cards.find(organizationId, cardId);
    if (!card) throw new CardOpenerError(`card ${cardId} is gone`);
    return {
      card,
      known: { ...known, earlierCards: known.earlierCards.filter(({ id }) => id !== cardId) },
    };
  }
}
