import type { SippInstall } from './find-sipp.js';
import { freeUdpPort } from './free-ports.js';
import { callsOf, type SippCall } from './sipp-log.js';
import { startSipp, type SipTarget } from './sipp-process.js';
import { phoneScenario, registerScenario } from './sipp-scenario.js';
import { TestbedError } from './testbed-error.js';

export interface CounsellorsRequest {
  sipp: SippInstall;
  /** The exchange at which they register, and which rings them. */
  registrar: SipTarget;
  /** Not the carrier's address; default 127.0.0.4. */
  localHost?: string;
  phones: readonly { user: string; password: string }[];
  /** From ringing to being picked up; without it nobody picks up. */
  ringSeconds?: number;
  /** Each call takes one of these at random and then hangs up; default: the other side has to. */
  talkSeconds?: readonly number[];
}

export interface Counsellors {
  /** The calls so far; `who` is the phone's user. */
  calls(): SippCall[];
  /** Tells the exchange that these phones are gone, and ends SIPp. */
  signOff(): Promise<SippCall[]>;
  /** Ends SIPp at once, like a power cut: the exchange is told nothing. */
  stop(): Promise<SippCall[]>;
}

const registrationSeconds = 7200;

/**
 * Registers phones, and lets them answer from then on: all of them in one SIPp. Resolves when the
 * phones can be rung.
 *
 * @throws TestbedError `didNotStart` when one of them was not let in
 */
export async function runCounsellors(request: CounsellorsRequest): Promise<Counsellors> {
  const localHost = request.localHost ?? '127.0.0.4';
  const localPort = await freeUdpPort(localHost);
  await register({ ...request, localHost }, localPort, registrationSeconds);
  const process = await startSipp({
    sipp: request.sipp,
    target: request.registrar,
    localHost,
    localPort,
    scenario: phoneScenario({ ringSeconds: request.ringSeconds, talkSeconds: request.talkSeconds ?? [] }),
  });
  const calls = (): SippCall[] => {
    const users = new Map(
      process.logLines().map((line): [string, string] => {
        const [callId = '', user = ''] = line.split(' ').slice(-2);
        return [callId, user];
      }),
    );
    return callsOf(process.messages(), (callId) => users.get(callId) ?? '');
  };
  const stop = async (): Promise<SippCall[]> => {
    await process.stop();
    return calls();
  };
  return {
    calls,
    stop,
    signOff: async () => {
      const all = await stop();
      await register({ ...request, localHost }, localPort, 0);
      return all;
    },
  };
}

async function register(
  { sipp, registrar, localHost, phones }: CounsellorsRequest & { localHost: string },
  localPort: number,
  expiresSeconds: number,
): Promise<void> {
  const process = await startSipp({
    sipp,
    target: registrar,
    localHost,
    localPort,
    scenario: registerScenario(expiresSeconds),
    injected: phones.map(({ user, password }) => [
      user,
      `[authentication username=${user} password=${password}]`,
    ]),
    options: ['-r', '20', '-m', String(phones.length), '-l', '20', '-recv_timeout', '10000'],
  });
  await process.over;
  const accepted = new Set(
    process.messages().flatMap((m) => (!m.sent && m.status === 200 ? [m.callId] : [])),
  );
  if (accepted.size === phones.length) return;
  const answers = process.messages().flatMap((m) => (m.sent ? [] : [m.status]));
  throw new TestbedError(
    'didNotStart',
    `電話機を登録できません。 / Only ${accepted.size} of ${phones.length} phones registered;` +
      ` the answers were ${answers.join(' ')}`,
  );
}
