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

/** A day of so many lines: people come, wait, talk and go; counsellors come and pause. */
export function busyDay(lines: number): string[] {
  const text: string[] = [];
  for (let n = 0; text.length < lines; n++) {
    const uid = `${1795482000 + n}.${n}`;
    const time = (second: number): string =>
      new Date(jst('09:00:00').getTime() + (n * 7 + second) * 1000 + 9 * 3_600_000)
        .toISOString()
        .slice(11, 23);
    const own = (second: number, event: string, ...data: string[]): string =>
      ownLine(time(second), uid, 'line-1', event === 'ANSWERED' ? '201' : 'NONE', event, ...data);
    text.push(own(0, 'ARRIVED', '0473661111', ''), own(5, 'JOINING'));
    text.push(queueLine(time(20), uid, 'line-1', '202', 'RINGNOANSWER', '15000'));
    if (n % 3 === 0) text.push(own(30, 'ANSWERED'), own(90, 'LEFT', 'talk'));
    else if (n % 3 === 1) text.push(own(30, 'CALLBACK', '', '09012345678'), own(40, 'LEFT', 'callBack'));
    else text.push(own(30, 'LEFT', 'queue'));
    if (n % 10 === 0) text.push(queueLine(time(0), 'MANAGER', 'line-1', '201', n % 20 ? 'PAUSE' : 'UNPAUSE'));
  }
  return text.slice(0, lines);
}
