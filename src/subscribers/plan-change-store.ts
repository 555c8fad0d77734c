import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import { inChunks } from '../storage/chunks.js';
import { nextTurn } from '../storage/next-turn.js';
import type { ImportedSubscriber } from './import/subscriber-row.js';
import { leavesTodayAlone, startOfPlan } from './plan-start.js';
import { planRow } from './subscriber-columns.js';

/** A person whose weekly or daily plan is written, for the first time or in place of another. */
export interface PlannedPerson {
  subscriberId: number;
  person: ImportedSubscriber;
}

/** Results of a cancelled check-in that do not stand in the way of a call on the same day. */
const settledWithoutCall = ['replanned', 'closedDay', 'withdrawn'];

interface Moment {
  organizationId: number;
  zone: string;
  now: Date;
}

/** Gives people who have no plan yet theirs; the planner starts with today. */
export async function addPlans(
  trx: Knex,
  people: readonly PlannedPerson[],
  moment: Moment,
  plannedUntil: ReadonlyMap<number, string> = new Map(),
): Promise<void> {
  const { organizationId, zone, now } = moment;
  const today = dateOf(now, zone);
  for (const chunk of inChunks(people)) {
    await trx('check_in_plans').insert(
      chunk.map(({ subscriberId, person }) => ({
        ...planRow(person),
        organization_id: organizationId,
        subscriber_id: subscriberId,
        starts_at: startOfPlan(person.enrolledOn, now, zone).getTime(),
        planned_until: plannedUntil.get(subscriberId) ?? today,
      })),
    );
    await nextTurn();
  }
}

/**
 * Puts a new plan in place of the present one. Check-ins from today on that nobody was called for are
 * cancelled; the new plan names its own. Where one of today stays, because its call was made or its
 * time has come, the new plan begins on the day after it: nobody is called twice over a change.
 */
export async function replacePlans(
  trx: Knex,
  people: readonly PlannedPerson[],
  moment: Moment,
): Promise<void> {
  const { zone, now } = moment;
  const today = dateOf(now, zone);
  const ids = people.map(({ subscriberId }) => subscriberId);
  // First the plans: the planner locks them too, and what it has written by then is found below.
  for (const chunk of inChunks(ids)) {
    await regularPlans(trx, chunk).update({ ended_on: today });
    await nextTurn();
  }
  const [patient, prompt] = split(people, ({ person }) => leavesTodayAlone(person, now, zone));
  const [withdrawn, replanned] = split(
    prompt,
    ({ person: { withdrawnOn } }) => withdrawnOn !== undefined && withdrawnOn <= today,
  );
  const tomorrow = dayAfter(today);
  await cancelUncalled(trx, withdrawn, { from: today, result: 'withdrawn', now });
  await cancelUncalled(trx, replanned, { from: today, result: 'replanned', now });
  await cancelUncalled(trx, patient, { from: tomorrow, result: 'replanned', now });
  await addPlans(trx, people, moment, await daysAfterKeptCheckins(trx, ids, today));
}

/**
 * Writes a person's plan anew from tomorrow on, as after a change of what days their calls fall on; today stays as
 * it is, also a check-in that the planner has yet to write.
 */
export async function keepTodayAndReplan(trx: Knex, person: PlannedPerson, moment: Moment): Promise<void> {
  const { zone, now } = moment;
  const today = dateOf(now, zone);
  const [plan] = await regularPlans(trx, [person.subscriberId])
    .forUpdate()
    .select<{ id: number; planned_until: string }[]>('id', 'planned_until');
  if (!plan) return;
  const tomorrow = dayAfter(today);
  // What is not written up to today keeps its plan: the planner goes on from there, for the new station.
  if (plan.planned_until <= tomorrow) return;
  await trx('check_in_plans').where({ id: plan.id }).update({ ended_on: tomorrow });
  await cancelUncalled(trx, [person], { from: tomorrow, result: 'replanned', now });
  const kept = await daysAfterKeptCheckins(trx, [person.subscriberId], today);
  const from = [tomorrow, kept.get(person.subscriberId) ?? ''].sort().at(-1) ?? tomorrow;
  await addPlans(trx, [person], moment, new Map([[person.subscriberId, from]]));
}

function regularPlans(trx: Knex, subscriberIds: readonly number[]): Knex.QueryBuilder {
  return trx('check_in_plans')
    .whereIn('subscriber_id', subscriberIds)
    .whereIn('kind', ['weekly', 'daily'])
    .whereNull('ended_on');
}

/** A check-in that was moved to today or later off a closed day stays: the new plan does not name its day again. */
async function cancelUncalled(
  trx: Knex,
  people: readonly PlannedPerson[],
  { from, result, now }: { from: string; result: 'replanned' | 'withdrawn'; now: Date },
): Promise<void> {
  for (const chunk of inChunks(people)) {
    const cancelled = trx('check_ins')
      .whereIn('subscriber_id', idsOf(chunk))
      .where({ state: 'due', attempts: 0 })
      .whereIn('plan_id', trx('check_in_plans').select('id').whereIn('kind', ['weekly', 'daily']));
    // Withdrawn people are not called at all any more, on whatever day the plan named.
    await cancelled
      .where(result === 'withdrawn' ? 'due_on' : 'planned_on', '>=', from)
      .where('due_on', '>=', from)
      .update({ state: 'cancelled', result, settled_at: now.getTime() });
  }
}

/** For those with a check-in of today or later that stays: the day after the last of these. */
async function daysAfterKeptCheckins(
  trx: Knex,
  subscriberIds: readonly number[],
  today: string,
): Promise<Map<number, string>> {
  const days = new Map<number, string>();
  for (const chunk of inChunks(subscriberIds)) {
    // Locking, so that MariaDB reads what is committed now and not this transaction's older picture.
    const kept = await trx('check_ins')
      .whereIn('subscriber_id', chunk)
      .where('due_on', '>=', today)
      .where((still) => void still.whereNull('result').orWhereNotIn('result', settledWithoutCall))
      .forUpdate()
      .select<{ subscriber_id: number; due_on: string }[]>('subscriber_id', 'due_on');
    for (const { subscriber_id: id, due_on: dueOn } of kept) {
      const day = dayAfter(dueOn);
      if (day > (days.get(id) ?? '')) days.set(id, day);
    }
  }
  return days;
}

function idsOf(people: readonly PlannedPerson[]): number[] {
  return people.map(({ subscriberId }) => subscriberId);
}

function split<Item>(items: readonly Item[], isFirst: (item: Item) => boolean): [Item[], Item[]] {
  return [items.filter(isFirst), items.filter((item) => !isFirst(item))];
}

function dateOf(at: Date, zone: string): string {
  return DateTime.fromJSDate(at, { zone }).toISODate() ?? '';
}

function dayAfter(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).plus({ days: 1 }).toISODate() ?? '';
}
