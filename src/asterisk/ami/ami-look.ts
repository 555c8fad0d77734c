import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '../../log.js';
import { trunkEndpoint } from '../names.js';
import { AmiError, AmiLink, type AmiEvent } from './ami-link.js';

/** A carrier answers a REGISTER sooner than this. */
const registerMs = 1500;

/** The manager did not let us in. */
export class AmiLookError extends Error {
  override readonly name = 'AmiLookError';
  constructor(readonly code: 'refused' | 'unreachable') {
    super(code);
  }
}

/** What Asterisk tells of the carrier's line. */
export interface TrunkLook {
  /** State of each contact; undefined when there is no trunk. */
  contacts: string[] | undefined;
  registrations: string[];
}

/**
 * Logs in to the manager once and leaves again.
 *
 * @throws AmiLookError when that does not come about within the time
 */
export async function withAmi<Result>(
  login: { host: string; port: number; user: string; password: string },
  timeoutMs: number,
  work: (link: AmiLink) => Promise<Result>,
): Promise<Result> {
  let refused = false;
  // The link tells a refusal to its log alone, as it goes on trying.
  const log = createLog('warn', { write: (line) => (refused ||= line.includes('ami.login_refused')) });
  const link = new AmiLink({ ...login, log, timeoutMs, eventMask: 'system' });
  let timer: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const giveUp = (): void => reject(new AmiLookError(refused ? 'refused' : 'unreachable'));
      timer = setTimeout(giveUp, timeoutMs);
      link.once('up', resolve);
      link.start();
    });
    return await work(link);
  } finally {
    clearTimeout(timer);
    link.stop();
  }
}

/** Reads the state of the trunk's contacts and registrations. */
export async function lookAtTrunk(link: AmiLink): Promise<TrunkLook> {
  const registrations = await link.action({ action: 'PJSIPShowRegistrationsOutbound' }, { list: true });
  return {
    contacts: await contactsOfTrunk(link),
    registrations: registrations
      .filter(isA('OutboundRegistrationDetail'))
      .map(({ status }) => String(status)),
  };
}

/**
 * Lets the trunk register once more. Asterisk says "Rejected" of a carrier that refuses and of one that is silent;
 * but only an answer is an event, and one comes within moments.
 *
 * @param link hears events of the class `system`
 * @returns the registration's state after the answer; undefined when there was none
 */
export async function registerAgain(link: AmiLink): Promise<string | undefined> {
  let tell: (status: string) => void = () => undefined;
  const answered = new Promise<string>((resolve) => (tell = resolve));
  const listen = (event: AmiEvent): void => {
    if (isA('Registry')(event) && event.channeltype === 'PJSIP') tell(String(event.status));
  };
  link.on('event', listen);
  const giveUp = new AbortController();
  try {
    await link.action({ action: 'PJSIPRegister', registration: trunkEndpoint });
    return await Promise.race([answered, delay(registerMs, undefined, giveUp)]);
  } finally {
    giveUp.abort();
    link.off('event', listen);
  }
}

async function contactsOfTrunk(link: AmiLink): Promise<string[] | undefined> {
  try {
    const events = await link.action(
      { action: 'PJSIPShowEndpoint', endpoint: trunkEndpoint },
      { list: true },
    );
    return events.filter(isA('ContactStatusDetail')).map(({ status }) => String(status));
  } catch (error) {
    // Asterisk says no: there is no endpoint of this name.
    if (error instanceof AmiError && error.code === 'EAMI') return undefined;
    throw error;
  }
}

function isA(name: string): (event: AmiEvent) => boolean {
  return (event) => event.event === name;
}
