import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';

/** One call as the carrier saw it: the proof that does not depend on our own database. */
export interface CarrierCall {
  id: string;
  /** Who was called. */
  number: string;
  /** The number that was shown. */
  from: string;
  startedAt: Date;
  ringingAt: Date | undefined;
  answeredAt: Date | undefined;
  /** Keys that the person sent. */
  keys: { digit: string; at: Date }[];
  /** Headers that named the customer's number, as they came. */
  identities?: string[];
  endedAt: Date | undefined;
}

/** Reads the carrier's channel events: EventType, userdeftype, EventTime, UniqueID, Exten, Num, EventExtra. */
export function readCarrierRecord(file: string): CarrierCall[] {
  const text = readIfThere(file);
  const rows: string[][] = parse(text.slice(0, text.lastIndexOf('\n') + 1), {
    relax_quotes: true,
    relax_column_count: true,
  });
  const calls = new Map<string, CarrierCall>();
  for (const [type, userType, time, id, exten, from, extra] of rows) {
    if (!id || id === '') continue;
    const at = new Date(Number(time) * 1000);
    if (type === 'CHAN_START') {
      const unset = { ringingAt: undefined, answeredAt: undefined, endedAt: undefined };
      calls.set(id, { id, number: exten ?? '', from: from ?? '', startedAt: at, ...unset, keys: [] });
      continue;
    }
    const call = calls.get(id);
    if (!call) continue;
    if (type === 'ANSWER') call.answeredAt ??= at;
    else if (type === 'HANGUP') call.endedAt ??= at;
    else if (userType === 'RINGING') call.ringingAt ??= at;
    else if (userType === 'KEY') call.keys.push({ digit: extraIn(extra), at });
    else if (userType === 'IDENTITY') (call.identities ??= []).push(extraIn(extra));
  }
  return [...calls.values()];
}

function extraIn(extra: string | undefined): string {
  const found = /"extra"\s*:\s*"([^"]*)"/.exec(extra ?? '');
  return found?.[1] ?? '';
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}
