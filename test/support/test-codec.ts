import { openPersonalData } from '../../src/personal-data-app.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';

/** A setting PERSONAL_DATA_KEY; of no use to anybody. */
export const testKeyText = `tests ${Buffer.alloc(32, 'genkidesu tests ').toString('base64')}`;

export const testLookupKey = 'a key for these tests';

/** A codec that encrypts as the service's does. */
export function testCodec(lookupKey = testLookupKey): PersonalDataCodec {
  return openPersonalData({ LOOKUP_KEY: lookupKey, PERSONAL_DATA_KEY: testKeyText }).codec;
}

/** The codec of a service that runs with these settings. */
export function codecOf(environment: Record<string, string | undefined>): PersonalDataCodec {
  const { LOOKUP_KEY = '', PERSONAL_DATA_KEY = '' } = environment;
  return openPersonalData({ LOOKUP_KEY, PERSONAL_DATA_KEY }).codec;
}
