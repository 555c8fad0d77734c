import type { Clock } from './clock.js';
import type { Config } from './config.js';
import type { Logger } from './log.js';
import type { Database } from './storage/database.js';
import { KeyCheckStore } from './storage/key-check-store.js';
import { openKeyFile } from './storage/key-file.js';
import { guardKeys } from './storage/key-guard.js';
import { createPersonalDataCodec, type PersonalDataCodec } from './storage/personal-data.js';
import { fixedKeys, readPersonalDataKeys, type PersonalDataKeys } from './storage/personal-data-keys.js';
import { PersonalValuesStore } from './storage/personal-values-store.js';
import { renewValues } from './storage/renew-values.js';

export interface PersonalData {
  keys: PersonalDataKeys;
  codec: PersonalDataCodec;
}

/** The keys and the codec that the settings name. */
export function openPersonalData(
  config: Pick<Config, 'LOOKUP_KEY' | 'PERSONAL_DATA_KEY' | 'PERSONAL_DATA_KEY_FILE'>,
): PersonalData {
  const keys = openKeys(config.PERSONAL_DATA_KEY, config.PERSONAL_DATA_KEY_FILE);
  return { keys, codec: createPersonalDataCodec({ lookupKey: config.LOOKUP_KEY, keys }) };
}

function openKeys(text: string, file: string | undefined): PersonalDataKeys {
  if (file !== undefined) return openKeyFile(file);
  const reading = readPersonalDataKeys(text);
  if (!reading.ok) throw new Error(reading.problem);
  return fixedKeys(reading.keys);
}

/** @throws PersonalDataKeyError when the keys are not the database's; before that nothing must be read or written */
export async function guardPersonalData(
  database: Database,
  keys: PersonalDataKeys,
  now: Date,
): Promise<void> {
  const [checks, values] = [new KeyCheckStore(database), new PersonalValuesStore(database)];
  await guardKeys({ checks, values, keys, now });
}

/** Personal data of the running service. */
export interface PersonalDataApp extends PersonalData {
  /** Before anything else is read or written. @throws PersonalDataKeyError when the keys are not the database's */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** @param options.log is told of the plain values of before, which are encrypted once, beside the work */
export function createPersonalDataApp({
  config,
  database,
  clock,
  log,
}: {
  config: Config;
  database: Database;
  clock: Clock;
  log: Logger;
}): PersonalDataApp {
  const { keys, codec } = openPersonalData(config);
  const checks = new KeyCheckStore(database);
  const ending = new AbortController();
  let work: Promise<void> = Promise.resolve();

  const encryptPlain = async (): Promise<void> => {
    if (await checks.plainIsEncrypted()) return;
    const { renewed } = await renewValues({
      store: new PersonalValuesStore(database),
      codec,
      wants: (keyId) => keyId === undefined,
      signal: ending.signal,
    });
    if (ending.signal.aborted) return;
    await checks.notePlainIsEncrypted(clock());
    log.info({ event: 'personalData.encrypted', values: renewed }, 'plain personal data was encrypted');
  };

  return {
    keys,
    codec,
    async start() {
      await guardPersonalData(database, keys, clock());
      work = encryptPlain().catch((error: unknown) => {
        log.error(
          { event: 'personalData.encrypt_failed', err: error },
          'plain personal data is left; the next start goes on with it',
        );
      });
    },
    async stop() {
      ending.abort();
      await work;
    },
  };
}
