import type { AmiEvent, AmiFields, AmiLink } from '../../src/asterisk/ami/ami-link.js';

export { managerOf } from '../../src/testbed/manager-of.js';

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
