import { localDate } from '../checkins/local-day.js';
import type { Database } from '../storage/database.js';
import type { ImportedSubscriber } from '../subscribers/import/subscriber-row.js';
import type { SubscriberStore } from '../subscribers/subscriber-store.js';
import type { CardStore } from './card-store.js';
import type { Card } from './card-view.js';
import { enrolledPerson, enrolmentLabels, type Enrolment } from './enrolment-fields.js';
import type { EnrolmentStore } from './enrolment-store.js';
import { readFields, type FieldProblem, type FieldReading } from './read-fields.js';
import { findBadReference, type BadReference, type TenantStore } from './tenant-store.js';

export type Enrolled =
  | { kind: 'enrolled'; subscriberId: number }
  /** The card's person is called already. */
  | { kind: 'already'; subscriberId: number }
  | { kind: 'incomplete'; problems: FieldProblem[] }
  | { kind: 'notFound' }
  | BadReference;

/** Makes a check-in subscriber of the person on a card, and ties the two together. */
export class EnrolFromCard {
  readonly #parts: {
    database: Database;
    cards: CardStore;
    enrolments: EnrolmentStore;
    subscribers: SubscriberStore;
    tenants: TenantStore;
  };

  constructor(parts: {
    database: Database;
    cards: CardStore;
    enrolments: EnrolmentStore;
    subscribers: SubscriberStore;
    tenants: TenantStore;
  }) {
    this.#parts = parts;
  }

  /** May be asked again after a fault: the subscriber who was made by then is tied, and not made twice. */
  async enrol(organizationId: number, cardId: number, enrolment: Enrolment, now: Date): Promise<Enrolled> {
    const { database, cards, enrolments, subscribers, tenants } = this.#parts;
    const card = await cards.find(organizationId, cardId);
    const zone = await tenants.zoneOf(organizationId);
    if (!card || zone === undefined) return { kind: 'notFound' };
    const { subscriberId } = card;
    if (subscriberId !== undefined && (await enrolments.isActive(organizationId, subscriberId)))
      return { kind: 'already', subscriberId };
    const bad = await findBadReference(database, organizationId, [
      ['stationId', 'stations', enrolment.stationId],
      ['by', 'counsellors', enrolment.by],
    ]);
    if (bad) return bad;
    const person = personOf(card, enrolment);
    if (!person.ok) return { kind: 'incomplete', problems: person.problems };

    const { stationId, memberNumber } = enrolment;
    const taken = await enrolments.member(organizationId, stationId, memberNumber);
    if (taken && taken.name !== person.value.name) return { kind: 'incomplete', problems: [memberTaken] };
    if (!taken) {
      const subscriber = toSubscriber(person.value, enrolment, localDate(now, zone));
      await subscribers.applyImport(
        stationId,
        { added: [{ ...subscriber, line: 1, blank: [] }], changed: [] },
        now,
      );
    }
    const member = taken ?? (await enrolments.member(organizationId, stationId, memberNumber));
    if (!member) throw new Error('a subscriber just written is not there');
    await enrolments.tie(organizationId, cardId, member.subscriberId);
    return { kind: 'enrolled', subscriberId: member.subscriberId };
  }
}

type EnrolledPerson = Extract<ReturnType<typeof personOf>, { ok: true }>['value'];

const memberTaken: FieldProblem = {
  field: 'memberNumber',
  label: '会員番号',
  message: 'このステーションの別の方が使っています。',
};

/** What the enrolment says of the person, and the card where it says nothing. */
function personOf(
  { content }: Card,
  enrolment: Enrolment,
): FieldReading<ReturnType<typeof enrolledPerson.parse>> {
  const principal = content.principal ?? {};
  const birthDate = enrolment.birthDate ?? principal.birthDate ?? undefined;
  const person = {
    name: enrolment.name ?? principal.name ?? '',
    kana: enrolment.kana ?? principal.kana ?? '',
    ...(birthDate !== undefined && { birthDate }),
    phones: enrolment.phones ?? (principal.phones ?? []).slice(0, 3).map((number) => ({ number })),
  };
  return readFields(enrolledPerson, person, enrolmentLabels);
}

function toSubscriber(person: EnrolledPerson, enrolment: Enrolment, today: string): ImportedSubscriber {
  const { memberNumber, plan, policyPreset, speechRate, ringSeconds, notes } = enrolment;
  return {
    ...{ memberNumber, plan, policyPreset, speechRate, ringSeconds, notes },
    name: person.name,
    ...(person.kana !== '' && { kana: person.kana }),
    ...(person.birthDate !== undefined && { birthDate: person.birthDate }),
    enrolledOn: enrolment.enrolledOn ?? today,
    promptLanguage: 'ja',
    phones: person.phones,
  };
}
