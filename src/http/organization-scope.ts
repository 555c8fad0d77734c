import { z } from 'zod';
import { ApiError } from './api-error.js';
import { idParameter, readParameters } from './parameters.js';

/** Reads ids that stand in an address, the organization's among them. */
export function readIds<Name extends string = never>(
  given: unknown,
  ...names: Name[]
): Record<Name | 'organizationId', number> {
  const shape = Object.fromEntries(['organizationId', ...names].map((name) => [name, idParameter]));
  return readParameters(z.object(shape), given) as Record<Name | 'organizationId', number>;
}

export function notHere(what: string): ApiError {
  return new ApiError(404, `noSuch${what}`, `この団体に、その${words[what] ?? 'もの'}はありません。`);
}

const words: Readonly<Record<string, string>> = {
  Card: '相談票',
  Case: 'ケース',
  Person: '方',
  Referral: 'つなぎ',
  Destination: 'つなぎ先',
  Lease: '契約',
  Voice: '録音',
};

/** Pages of lists. */
export const pageLimit = z
  .string()
  .regex(/^[1-9]\d{0,2}$/, 'a whole number from 1 to 200')
  .transform(Number)
  .refine((limit) => limit <= 200, 'a whole number from 1 to 200')
  .default(50);
