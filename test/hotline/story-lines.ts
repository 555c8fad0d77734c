import { ownLine, queueLine } from '../support/queue-log-text.js';

/** One caller's channel, and one counsellor's. */
export const caller = '1795482000.11';
export const [line, nobody] = ['line-1', 'NONE'];
export const number = '0473661111';
export const messageFile = `/var/spool/asterisk/messages/${caller}.wav`;
export const recordingFile = `/var/spool/asterisk/recordings/${caller}.wav`;

export const own = (time: string, event: string, ...data: string[]): string =>
  ownLine(time, caller, line, nobody, event, ...data);
export const queue = (time: string, agent: string, event: string, ...data: string[]): string =>
  queueLine(time, caller, line, agent, event, ...data);
export const answered = (time: string, agent = '201'): string =>
  ownLine(time, caller, line, agent, 'ANSWERED');
export const arrived = (given = number): string => own('10:00:00.450', 'ARRIVED', given, '0120000000');
export const joined = [
  own('10:00:20.300', 'JOINING'),
  queue('10:00:20', nobody, 'ENTERQUEUE', '', number, '1'),
];
export const talk = [answered('10:00:30.700'), queue('10:00:30', '201', 'CONNECT', '10', `${caller}9`, '9')];

/** What a story must come to; instants as `HH:MM:SS.mmm`. */
export interface Expected {
  direction?: string;
  stage: string;
  result: string | undefined;
  waited?: [from: string, until: string];
  answered?: [at: string, by: string];
  ended: string | undefined;
  tasks?: [kind: string, number: string, placeAt: string][];
  voices?: [kind: string, file: string][];
  others?: Record<string, unknown>;
}

export const waited10: [string, string] = ['10:00:20.300', '10:00:30.700'];
