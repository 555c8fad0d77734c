import { trunkEndpoint } from '../names.js';
import { AmiError, type AmiEvent, type AmiLink } from './ami-link.js';

/** The carrier's line as the exchange has it now. Passwords are among what Asterisk tells, and are left there. */
export interface TrunkView {
  /** Undefined when the exchange knows of no line. */
  endpoint: { transport: string; keys: string; codecs: string; domain: string } | undefined;
  contacts: { address: string; status: string }[];
  /** From where the carrier calls. */
  calledFrom: string[];
  /** Empty when the line needs none. */
  registrations: { server: string; status: string }[];
  channelsInUse: number;
}

export async function viewTrunk(link: AmiLink): Promise<TrunkView> {
  const told = await endpointEvents(link);
  const registrations = await link.action({ action: 'PJSIPShowRegistrationsOutbound' }, { list: true });
  const channels = await link.action({ action: 'CoreShowChannels' }, { list: true });
  const detail = told.find(isA('EndpointDetail'));
  return {
    endpoint: detail && {
      transport: text(detail.transport),
      keys: text(detail.dtmfmode),
      codecs: text(detail.allow).replace(/[()]/g, ''),
      domain: text(detail.fromdomain),
    },
    contacts: told
      .filter(isA('ContactStatusDetail'))
      .map(({ uri, status }) => ({ address: addressOf(text(uri)), status: text(status) })),
    calledFrom: told.filter(isA('IdentifyDetail')).map(({ matches }) => text(matches)),
    registrations: registrations
      .filter(isA('OutboundRegistrationDetail'))
      .map(({ serveruri, status }) => ({ server: addressOf(text(serveruri)), status: text(status) })),
    channelsInUse: channels.filter(
      (event) => isA('CoreShowChannel')(event) && text(event.channel).startsWith(`PJSIP/${trunkEndpoint}-`),
    ).length,
  };
}

async function endpointEvents(link: AmiLink): Promise<AmiEvent[]> {
  try {
    return await link.action({ action: 'PJSIPShowEndpoint', endpoint: trunkEndpoint }, { list: true });
  } catch (error) {
    // Asterisk says no: there is no endpoint of this name.
    if (error instanceof AmiError && error.code === 'EAMI') return [];
    throw error;
  }
}

/** Host and port: a user's name may stand before them. */
function addressOf(uri: string): string {
  return uri.replace(/^sips?:/, '').replace(/^[^@]*@/, '');
}

function text(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function isA(name: string): (event: AmiEvent) => boolean {
  return (event) => event.event === name;
}
