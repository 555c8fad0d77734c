import { parse } from 'csv-parse/sync';
import type { CallRecord } from '../../checkins/phone.js';
import { hangupReason } from '../hangup-cause.js';
import { checkinChannelPrefix } from '../names.js';

/** Reads Asterisk's channel event lines (EventType, EventTime, UniqueID, EventExtra) into one record per attempt. */
export function readCallRecords(
  text: string,
  wanted: ReadonlySet<string>,
  prefix: string = checkinChannelPrefix,
): Map<string, CallRecord> {
  // A line that is being written now has no end yet: it is read the next time.
  const complete = text.slice(0, text.lastIndexOf('\n') + 1);
  const rows: string[][] = parse(complete, {
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  });
  const records = new Map<string, CallRecord>();
  for (const [type, time, channelId, extra] of rows) {
    if (!channelId?.startsWith(prefix)) continue;
    const attemptId = channelId.slice(prefix.length);
    const at = new Date(Number(time) * 1000);
    if (!wanted.has(attemptId) || Number.isNaN(at.getTime())) continue;
    const record = records.get(attemptId) ?? { startedAt: at, answeredAt: undefined, end: undefined };
    records.set(attemptId, record);
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
