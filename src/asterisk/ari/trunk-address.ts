import type { Client } from 'ari-client';
import { inFormat, numberFormatOf } from '../../trunk/number-format.js';
import { numberFormatVariable, trunkEndpoint } from '../names.js';
import { AriError } from './harden-ari-client.js';

/**
 * Where a call to a domestic number goes. The exchange is asked for its carrier's form of numbers before each call,
 * so that a trunk that was changed meanwhile is dialled in its own.
 *
 * @throws AriError when the exchange does not answer
 */
export async function trunkAddress(client: Pick<Client, 'asterisk'>, number: string): Promise<string> {
  const told = await client.asterisk
    .getGlobalVar({ variable: numberFormatVariable })
    .catch((error: unknown) => {
      // A configuration of before there were formats.
      if (error instanceof AriError && error.status === 404) return { value: '' };
      throw error;
    });
  return `PJSIP/${inFormat(number, numberFormatOf(told.value))}@${trunkEndpoint}`;
}
