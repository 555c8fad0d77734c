import { readQueueLogLine } from '../../src/asterisk/queue-log/queue-log-line.js';
import type { CallLogLine } from '../../src/hotline/call-log.js';

const day = '2026-11-24';

/** A moment of Tuesday 2026-11-24 in Japan; seconds may have a fraction. */
export const jst = (time: string): Date => new Date(`${day}T${time}+09:00`);

/** A line as the queue itself writes it. */
export function queueLine(
  time: string,
  callId: string,
  queue: string,
  agent: string,
  ...rest: string[]
): string {
  return [Math.floor(jst(time).getTime() / 1000), callId, queue, agent, ...rest].join('|');
}

/** A line as our dialplan writes it: with the moment in ms as its first field. */
export function ownLine(
  time: string,
  callId: string,
  queue: string,
  agent: string,
  event: string,
  ...rest: string[]
): string {
  return queueLine(time, callId, queue, agent, event, String(jst(time).getTime()), ...rest);
}

export function readLines(texts: readonly string[]): CallLogLine[] {
  return texts.flatMap((text) => readQueueLogLine(text) ?? []);
}
