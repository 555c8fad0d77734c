import { createLog } from '../../src/log.js';
import { AmiLink, type AmiEvent, type AmiFields } from '../../src/asterisk/ami/ami-link.js';
import type { AsteriskInstance } from '../../src/testbed/asterisk-instance.js';
import { until } from '../../src/testbed/until.js';

/** A manager's login to one of a stage's exchanges, for what a test wants done or told there. */
export async function managerOf(exchange: AsteriskInstance): Promise<AmiLink> {
  const link = new AmiLink({
    host: '127.0.0.1',
    port: exchange.amiPort,
    user: 'genkidesu',
    password: exchange.amiPassword,
    log: createLog('silent'),
  });
  link.start();
  await until(() => link.isUp, { what: 'the manager link is up' });
  return link;
}

/** The channels that live in an exchange now, as `core show channels` tells them. */
export async function channelsOf(link: AmiLink): Promise<AmiEvent[]> {
  return link.action({ action: 'CoreShowChannels' }, { list: true });
}

/** Lets somebody of the carrier phone our number, and hear or say what the application does. */
export async function phoneUs(
  carrier: AmiLink,
  {
    to,
    from,
    application,
    data,
  }: { to: string; from: string; application: 'Wait' | 'Playback'; data: string },
): Promise<void> {
  const order: AmiFields = {
    action: 'Originate',
    channel: `PJSIP/${to}@customer`,
    callerid: from,
    application,
    data,
    async: 'true',
  };
  await carrier.action(order);
}
