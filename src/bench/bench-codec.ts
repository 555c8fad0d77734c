import { openPersonalData } from '../personal-data-app.js';
import { newKey } from '../storage/key-file.js';
import type { PersonalDataCodec } from '../storage/personal-data.js';
import { writePersonalDataKeys } from '../storage/personal-data-keys.js';

/** A codec with a key of its own, for data that nobody keeps. */
export function benchCodec(): PersonalDataCodec {
  return codecOfStage({
    LOOKUP_KEY: 'a key of the benchmark only',
    PERSONAL_DATA_KEY: writePersonalDataKeys([newKey(new Date())]),
  });
}

/** The codec of a service that runs with a stage's settings. */
export function codecOfStage({
  LOOKUP_KEY = '',
  PERSONAL_DATA_KEY = '',
}: Record<string, string>): PersonalDataCodec {
  return openPersonalData({ LOOKUP_KEY, PERSONAL_DATA_KEY }).codec;
}
