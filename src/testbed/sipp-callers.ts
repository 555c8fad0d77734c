import type { SippInstall } from './find-sipp.js';
import { callNumberOf, callsOf, type SippCall } from './sipp-log.js';
import { startSipp, type SipTarget } from './sipp-process.js';
import { callerScenario } from './sipp-scenario.js';

export interface CallersRequest {
  sipp: SippInstall;
  /** The exchange they phone, as the carrier would. */
  target: SipTarget;
  /** The carrier's address, or the trunk does not know them. */
  localHost: string;
  /** What they dial. */
  number: string;
  /** Their own numbers, taken in turn; `anonymous` keeps it back. */
  callerNumbers: readonly string[];
  callsPerSecond: number;
  calls: number;
  /** A call more waits until one has ended. */
  mostAtOnce: number;
  /**
   * Each call takes one of these at random, from the exchange's answer on (a queue answers at once), and
   * then hangs up; default: the other side has to.
   */
  talkSeconds?: readonly number[];
  /** Who is not answered by then gives up; default 60. */
  patienceSeconds?: number;
}

export interface Callers {
  /** The calls so far. */
  calls(): SippCall[];
  /** All calls, once the last one has ended. */
  readonly over: Promise<SippCall[]>;
  /** Begins no more calls; those in progress go on, and `over` still comes. */
  beginNoMore(): void;
  /** Ends SIPp at once, like a carrier that is gone: nobody says goodbye. */
  stop(): Promise<SippCall[]>;
}

/** Lets people phone us through SIPp; their audio is silence. */
export async function runCallers(request: CallersRequest): Promise<Callers> {
  const { callerNumbers, localHost } = request;
  const process = await startSipp({
    ...request,
    scenario: callerScenario({
      talkSeconds: request.talkSeconds ?? [],
      patienceSeconds: request.patienceSeconds ?? 60,
    }),
    injected: callerNumbers.map((number) => identityOf(number, localHost)),
    options: [
      ...['-s', request.number, '-r', String(request.callsPerSecond)],
      ...['-m', String(request.calls), '-l', String(request.mostAtOnce)],
    ],
  });
  const whoOf = (callId: string): string =>
    callerNumbers[((callNumberOf(callId) ?? 1) - 1) % callerNumbers.length] ?? '';
  const calls = (): SippCall[] => callsOf(process.messages(), whoOf);
  const over = process.over.then(calls);
  over.catch(() => undefined);
  return {
    calls,
    over,
    beginNoMore: () => process.quit(),
    stop: async () => {
      await process.stop();
      return calls();
    },
  };
}

/** The value of From and one more header. */
function identityOf(number: string, host: string): [string, string] {
  if (number === 'anonymous') return ['"Anonymous" <sip:anonymous@anonymous.invalid>', 'Privacy: id'];
  return [`<sip:${number}@${host}>`, `P-Asserted-Identity: <sip:${number}@${host}>`];
}
