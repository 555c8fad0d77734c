import { parse } from 'csv-parse/sync';
import type { RecordedCall } from '../../checkins/phone.js';
import { hangupReason } from '../hangup-cause.js';
import { checkinChannelPrefix } from '../names.js';

/**
 * Reads Asterisk's channel event lines (EventType, EventTime, UniqueID, EventExtra, UserField) into one record per
 * attempt. Lines of before we marked our calls end with the fourth field.
 *
 * @param wanted ids of attempts; undefined: all
 */
export function readCallRecords(
  text: string,
  wanted: ReadonlySet<string> | undefined,
  prefix: string = checkinChannelPrefix,
): Map<string, RecordedCall> {
  // A line that is being written now has no end yet: it is read the next time.
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const rows: string[][] = parse(complete, {
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const records = new Map<string, RecordedCall>();
  for (const [type, time, channelId, extra, mark] of rows) {
    if (!channelId?.startsWith(prefix)) continue;
    const attemptId = channelId.slice(prefix.length);
    const at = new Date(Number(time) * 1000);
    if ((wanted && !wanted.has(attemptId)) || Number.isNaN(at.getTime())) continue;
    const unset = { mark: undefined, answeredAt: undefined, end: undefined };
    const record = records.get(attemptId) ?? { attemptId, startedAt: at, ...unset };
    records.set(attemptId, record);
    // The first event comes before our order's variables are set.
    if (mark !== undefined && mark !== '') record.mark ??= mark;
    if (type === 'ANSWER') record.answeredAt ??= at;
    if (type === 'HANGUP') record.end ??= { at, ...endOf(extra, record.answeredAt !== undefined) };
  }
  return records;
}

function endOf(
  extra: string | undefined,
  answered: boolean,
): { reason: ReturnType<typeof hangupReason>; cause: number } {
  const cause = hangupCause(extra);
  // The record does not tell whether it rang; a rejection is then taken for the person's, as it mostly is.
  const reason = answered
    ? 'normal'
    : cause === 21
      ? 'rejected'
      : hangupReason({ cause, sipStatus: undefined, rang: true });
  return { reason, cause };
}

function hangupCause(extra: string | undefined): number {
  try {
    const { hangupcause } = JSON.parse(extra ?? '') as { hangupcause?: unknown };
    return typeof hangupcause === 'number' ? hangupcause : 0;
  } catch {
    return 0;
  }
}
