import type { Logger } from '../log.js';
import type { Applied, HotlineCallStore } from './hotline-call-store.js';

type Batch = Parameters<HotlineCallStore['apply']>[0];

/**
 * Takes in a batch line by line, because as a whole it is refused again and again: one line must not keep the
 * calls of the day from being known. A line that is refused although the database works is left out.
 *
 * @returns as `apply`; after a death in between, the lines before are told again, which does no harm
 * @throws when the database is away
 */
export async function applyOneByOne(
  store: Pick<HotlineCallStore, 'apply'>,
  batch: Batch,
  now: Date,
  log: Logger,
): Promise<Applied | undefined> {
  const from = batch.from ?? { fileId: '', position: 0 };
  const sum: Applied = { calls: 0, tasks: 0, voiceFiles: 0, presences: 0, withoutLine: 0 };
  for (const line of batch.lines) {
    let applied: Applied | undefined;
    try {
      applied = await store.apply({ ...batch, lines: [line], to: from }, now);
    } catch (error) {
      applied = await store.apply({ ...batch, lines: [], to: from }, now);
      const callId = 'callId' in line ? line.callId : undefined;
      log.error(
        { event: 'call_log.line_left_out', kind: line.kind, callId, err: error },
        'a line of the log cannot be taken in',
      );
    }
    if (!applied) return undefined;
    for (const key of Object.keys(sum) as (keyof Applied)[]) sum[key] += applied[key];
  }
  const moved = await store.apply({ ...batch, lines: [] }, now);
  return moved && sum;
}
