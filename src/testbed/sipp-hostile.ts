import type { SippInstall } from './find-sipp.js';
import { startSipp, type SipTarget } from './sipp-process.js';
import { strangerScenario, wrongPasswordScenario } from './sipp-scenario.js';

export interface StrangersRequest {
  sipp: SippInstall;
  target: SipTarget;
  /** Nobody's address; default 127.0.0.66. */
  localHost?: string;
  /** `phoning` people whom nobody knows; `guessing` passwords of an account. */
  what: 'phoning' | 'guessing';
  /** Numbers they dial, or the account they try. */
  user: string;
  perSecond: number;
  attempts: number;
}

export interface StrangersResult {
  /** How many began. */
  attempts: number;
  /** How often each status was the answer. */
  answers: Map<number, number>;
}

/** Lets strangers try, all from one address, and tells what they were answered. */
export async function runStrangers(request: StrangersRequest): Promise<StrangersResult> {
  const { user, perSecond, attempts } = request;
  const process = await startSipp({
    ...request,
    localHost: request.localHost ?? '127.0.0.66',
    scenario: request.what === 'phoning' ? strangerScenario() : wrongPasswordScenario(),
    injected: [[user, `[authentication username=${user} password=guessed]`]],
    options: [
      ...['-s', user, '-r', String(perSecond), '-m', String(attempts), '-l', String(perSecond * 5)],
      // An exchange that does not answer strangers at all is right, too: they go away, without a goodbye.
      ...['-recv_timeout', '4000', '-nd'],
    ],
  });
  await process.over;
  const messages = process.messages();
  const answers = new Map<number, number>();
  for (const { sent, status } of messages) {
    if (!sent && status > 0) answers.set(status, (answers.get(status) ?? 0) + 1);
  }
  return { attempts: new Set(messages.map(({ callId }) => callId)).size, answers };
}
