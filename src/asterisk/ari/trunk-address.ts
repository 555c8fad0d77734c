import type { Client } from 'ari-client';
import { inFormat, numberFormatOf } from '../../trunk/number-format.js';
import { numberFormatVariable, trunkEndpoint } from '../names.js';
import { AriError } from './harden-ari-client.js';

/** A changed trunk counts from then on at the latest; with hundreds of calls at once each need not ask. */
const keptMs = 1000;
const kept = new WeakMap<object, { until: number; told: Promise<string> }>();

/**
 * Where a call to a domestic number goes. The exchange is asked for its carrier's form of numbers, anew each second,
 * so that a trunk that was changed meanwhile is dialled in its own.
 *
 * @throws AriError when the exchange does not answer
 */
export async function trunkAddress(client: Pick<Client, 'asterisk'>, number: string): Promise<string> {
  const known = kept.get(client);
  const now = performance.now();
  const told = known && known.until > now ? known.told : askFormat(client);
  if (told !== known?.told) {
    kept.set(client, { until: now + keptMs, told });
    told.catch(() => kept.delete(client));
  }
  return `PJSIP/${inFormat(number, numberFormatOf(await told))}@${trunkEndpoint}`;
}

async function askFormat(client: Pick<Client, 'asterisk'>): Promise<string> {
  try {
    return (await client.asterisk.getGlobalVar({ variable: numberFormatVariable })).value;
  } catch (error) {
    // A configuration of before there were formats.
    if (error instanceof AriError && error.status === 404) return '';
    throw error;
  }
}
