import { AmiLink } from '../../src/asterisk/ami/ami-link.js';
import type { AriPhone } from '../../src/asterisk/ari/ari-phone.js';
import { readConfig } from '../../src/config.js';
import { createDeskApp } from '../../src/desk-app.js';
import type { Route } from '../../src/http/route.js';
import { createLog } from '../../src/log.js';
import { codec, type Logins } from './logins.js';
import { deadLine } from './people-server.js';
import { testKeyText } from './test-codec.js';

/** The stations' routes over a database, with no exchange behind them. */
export function deskOver({ database, users, clock }: Logins): readonly Route[] {
  const secrets = { LOOKUP_KEY: 'a-key-for-these-tests', PERSONAL_DATA_KEY: testKeyText };
  return createDeskApp({
    config: readConfig({ ...secrets, ARI_PASSWORD: 'x', AMI_PASSWORD: 'x', CALLER_NUMBER: '0473900000' }),
    ...{ database, codec, users, clock: clock.read, log: createLog('silent') },
    ami: new AmiLink({ host: '127.0.0.1', port: 0, user: '', password: '', log: createLog('silent') }),
    phone: { isUp: false, client: undefined } as unknown as AriPhone,
    testLine: deadLine(),
    organizations: () => new Map(),
    health: () => Promise.reject(new Error('not asked here')),
  }).routes;
}

/** An alert and a call by click of a station; gives their ids by the parameters of addresses. */
export async function seedDeskWork(
  { database }: Logins,
  about: { organizationId: number; stationId: number; subscriberId: number },
  checkinId: number,
): Promise<Record<string, string | number>> {
  const rows = {
    ...{ organization_id: about.organizationId, station_id: about.stationId },
    ...{ subscriber_id: about.subscriberId, check_in_id: checkinId },
  };
  const alert = { ...rows, reason: 'noResponse', open_key: 'checkin:walked', opened_at: 1 };
  const [alertId = 0]: number[] = await database('alerts').insert(alert);
  const call = '1b4e28ba-2fa1-41d2-883f-0016d3cca427';
  await database('station_calls').insert({
    ...{ ...rows, id: call, alert_id: alertId, pbx_id: 'pbx1', state: 'ended', placed_at: 1 },
  });
  const [contact = 0]: number[] = await database('station_contacts').insert({
    ...{ station_id: about.stationId, name: codec.encode('秘密 民生'), mail: codec.encode('himitsu@c.jp') },
    ...{ mail_lookup: 'x', created_at: 1 },
  });
  return {
    'alerts/:id': alertId,
    'station-calls/:call': call,
    'contacts/:contact': contact,
    'subscribers/:id': about.subscriberId,
  };
}
