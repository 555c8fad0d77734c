import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Database } from '../storage/database.js';
import { DueRowsStore } from './due-rows-store.js';
import { both, type Eraser } from './eraser.js';

/** Erasers of consultations: cases that ended, and cards that came into no case. */
export function consultationsErasers(database: Database): Eraser[] {
  const cases = new DueRowsStore(database, {
    kind: 'consultations',
    id: 'id',
    due: (organizationId, cut) =>
      database('consultation_cases')
        .where({ organization_id: organizationId, state: 'closed' })
        .where('closed_at', '<', cut.at)
        .whereNull('erased_at'),
    erase: eraseCases,
  });
  const cards = new DueRowsStore(database, {
    kind: 'consultations',
    id: 'id',
    due: (organizationId, cut) =>
      database('consultation_cards')
        .where({ organization_id: organizationId })
        .whereNull('case_id')
        .whereNull('erased_at')
        .where('received_at', '<', cut.at),
    erase: eraseCards,
  });
  return [both(cases, cards)];
}

/** Empties cases with their cards, and the people whom nothing else is about. What the figures count stays. */
export async function eraseCases(trx: Knex, caseIds: readonly number[], now: Date): Promise<void> {
  const at = now.getTime();
  await trx('consultation_cases').whereIn('id', caseIds).update({ title: '', erased_at: at });
  await trx('support_actions').whereIn('case_id', caseIds).update({ note: '' });
  await trx('referrals').whereIn('case_id', caseIds).update({ told: '', answer: '' });
  await trx('concluded_leases').whereIn('case_id', caseIds).update({ content: '' });
  await trx('consultation_case_persons').whereIn('case_id', caseIds).update({ relationship: '' });
  const cards = await trx('consultation_cards')
    .whereIn('case_id', caseIds)
    .whereNull('erased_at')
    .select<{ id: number }[]>('id');
  await eraseCards(
    trx,
    cards.map(({ id }) => id),
    now,
  );
  const people = await trx('consultation_case_persons')
    .whereIn('case_id', caseIds)
    .select<{ person_id: number }[]>('person_id');
  await forgetPeople(
    trx,
    people.map((row) => row.person_id),
    now,
  );
}

export async function eraseCards(trx: Knex, cardIds: readonly number[], now: Date): Promise<void> {
  if (cardIds.length === 0) return;
  await trx('consultation_cards')
    .whereIn('id', cardIds)
    .update({
      ...{ content: '', subscriber_id: null, erased_at: now.getTime() },
      version: trx.raw('version + 1'),
    });
  await trx('consultation_card_revisions').whereIn('card_id', cardIds).delete();
  const cards = await trx('consultation_cards')
    .whereIn('id', cardIds)
    .select<{ organization_id: number; number_lookup: string; person_id: number | null }[]>(
      'organization_id',
      'number_lookup',
      'person_id',
    );
  for (const { organization_id: organizationId, number_lookup: lookup } of cards)
    await forgetNumber(trx, organizationId, lookup);
  const people = cards.flatMap(({ person_id: id }) => (id === null ? [] : [id]));
  await forgetPeople(trx, people, now);
}

/**
 * Cards of one number count as one person's: so the number's value gives way to a word that stands for nobody on all
 * of them at once, when the last of them is erased.
 */
async function forgetNumber(trx: Knex, organizationId: number, lookup: string): Promise<void> {
  if (lookup === '' || lookup.startsWith('erased:')) return;
  const place = { organization_id: organizationId, number_lookup: lookup };
  const kept = await trx('consultation_cards')
    .where(place)
    .whereNull('erased_at')
    .first<{ id: number } | undefined>('id');
  if (kept) return;
  await trx('consultation_cards')
    .where(place)
    .update({ number_lookup: `erased:${randomUUID()}` });
}

/** Empties those whom no case or card that is kept is about. */
async function forgetPeople(trx: Knex, personIds: readonly number[], now: Date): Promise<void> {
  const needed = new Set<number>();
  const inCases = await trx('consultation_case_persons as m')
    .join('consultation_cases as k', 'k.id', 'm.case_id')
    .whereIn('m.person_id', personIds)
    .whereNull('k.erased_at')
    .select<{ person_id: number }[]>('m.person_id');
  const onCards = await trx('consultation_cards')
    .whereIn('person_id', personIds)
    .whereNull('erased_at')
    .select<{ person_id: number }[]>('person_id');
  for (const row of [...inCases, ...onCards]) needed.add(row.person_id);
  await emptyPeople(
    trx,
    personIds.filter((id) => !needed.has(id)),
    now,
  );
}

export async function emptyPeople(trx: Knex, personIds: readonly number[], now: Date): Promise<void> {
  await trx('consultation_persons')
    .whereIn('id', personIds)
    .whereNull('erased_at')
    .update({
      ...{ content: '', subscriber_id: null, erased_at: now.getTime() },
      version: trx.raw('version + 1'),
    });
  await trx('consultation_person_phones').whereIn('person_id', personIds).delete();
}
