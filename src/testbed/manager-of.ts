import { AmiLink } from '../asterisk/ami/ami-link.js';
import { createLog } from '../log.js';
import type { AsteriskInstance } from './asterisk-instance.js';
import { until } from './until.js';

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
