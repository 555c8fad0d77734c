import { localDate } from '../checkins/local-day.js';
import type { RecordChangeStore } from '../subscribers/record-change-store.js';
import type { Author } from '../users/change-log.js';
import { eraseOn, type ErasureReason, type ErasureState } from './erasure-request.js';
import type { RequestStore } from './request-store.js';

export interface PersonToErase {
  subscriberId: number;
  organizationId: number;
  timeZone: string;
}

export type Marked =
  | { kind: 'marked'; state: ErasureState }
  | { kind: 'wrongMemberNumber' }
  | { kind: 'changedMeanwhile' }
  | { kind: 'notFound' };

/** The erasure of one person who asked for it: withdrawn at once, erased after a week, and until then taken back at will. */
export class PersonErasure {
  readonly #requests: RequestStore;
  readonly #changes: Pick<RecordChangeStore, 'present' | 'change'>;

  constructor(parts: { requests: RequestStore; changes: Pick<RecordChangeStore, 'present' | 'change'> }) {
    this.#requests = parts.requests;
    this.#changes = parts.changes;
  }

  stateOf(subscriberId: number): Promise<ErasureState> {
    return this.#requests.stateOf(subscriberId);
  }

  /** @param memberNumber typed by who asks, so that nobody else's record is meant */
  async mark(
    { subscriberId, organizationId, timeZone }: PersonToErase,
    { memberNumber, reason }: { memberNumber: string; reason: ErasureReason },
    by: Author,
  ): Promise<Marked> {
    const present = await this.#changes.present(subscriberId);
    if (!present) return { kind: 'notFound' };
    if (present.person.memberNumber !== memberNumber.trim()) return { kind: 'wrongMemberNumber' };
    const today = localDate(by.at, timeZone);
    const { withdrawnOn } = present.person;
    const withdrew = withdrawnOn === undefined || withdrawnOn > today;
    if (withdrew) {
      // First: nobody is called who is to be forgotten, whatever breaks off here.
      const patch = { withdrawnOn: today };
      const changing = { userId: by.userId, now: by.at };
      const done = await this.#changes.change(
        subscriberId,
        present.version,
        { patch, kind: 'withdrawn' },
        changing,
      );
      if (done.kind === 'notFound') return { kind: 'notFound' };
      if (done.kind !== 'changed') return { kind: 'changedMeanwhile' };
    }
    const before = withdrew ? withdrawnOn : undefined;
    await this.#requests.mark(
      {
        ...{ organizationId, subscriberId, reason, withdrew, withdrawnBefore: before },
        eraseOn: eraseOn(today),
      },
      by,
    );
    return { kind: 'marked', state: await this.stateOf(subscriberId) };
  }

  /** @returns false when there is nothing to take back any more */
  async takeBack(subscriberId: number, by: Author): Promise<boolean> {
    const before = await this.#requests.takeBack(subscriberId, by);
    if (!before) return false;
    const present = await this.#changes.present(subscriberId);
    if (before.withdrew && present)
      await this.#changes.change(
        subscriberId,
        present.version,
        { patch: { withdrawnOn: before.withdrawnBefore }, kind: 'returned' },
        { userId: by.userId, now: by.at },
      );
    return true;
  }
}
