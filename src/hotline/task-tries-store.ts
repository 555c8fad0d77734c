import type { Knex } from 'knex';
import type { TaskState } from './hotline-task.js';
import type { TaskTry } from './outgoing-story.js';

/** After so many calls in vain somebody has to think of another way. */
export const failuresToGiveUp = 2;

/**
 * Counts a call-back that the one who waits did not answer: the task is open for everybody again, or is left to
 * another channel after the second one. An answered call changes nothing: that it is done is the counsellor's word.
 */
export async function countTry(
  trx: Knex.Transaction,
  { taskId, missed, at }: TaskTry,
  dueAt: (lineId: number, at: Date) => Date,
): Promise<void> {
  if (!missed) return;
  const task = await trx('hotline_tasks')
    .where({ id: taskId })
    .first<{ line_id: number } | undefined>('line_id');
  // Who phones without having taken it has tried all the same.
  if (task) await countFailure(trx, { id: taskId }, ['open', 'taken'], dueAt(task.line_id, at));
}

/** One more failure of the task that fits; false when none does. */
export async function countFailure(
  trx: Knex | Knex.Transaction,
  where: Record<string, unknown>,
  from: readonly TaskState[],
  dueAt: Date,
  more: Record<string, unknown> = {},
): Promise<boolean> {
  const changed = await trx('hotline_tasks')
    .where(where)
    .whereIn('state', from)
    .update({
      ...more,
      // MariaDB sets columns from left to right: the state looks at the failures before they are raised.
      state: trx.raw('case when failures + 1 >= ? then ? else ? end', [
        failuresToGiveUp,
        'otherChannel',
        'open',
      ]),
      failures: trx.raw('failures + 1'),
      owner_id: null,
      due_at: dueAt.getTime(),
    });
  return changed === 1;
}
