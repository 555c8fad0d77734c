import { existsSync } from 'node:fs';
import { databaseSettings, type Config } from '../config.js';
import { openPersonalData } from '../personal-data-app.js';
import { databaseFaultOf } from '../storage/database-faults.js';
import { openDatabase, type Database } from '../storage/database.js';
import { KeyCheckStore } from '../storage/key-check-store.js';
import { judgeKeys } from '../storage/key-guard.js';
import { PersonalDataError, type PersonalDataCodec } from '../storage/personal-data.js';
import { PersonalValuesStore } from '../storage/personal-values-store.js';
import type { Check } from './check.js';
import { warning, type Finding } from './findings.js';
import { judgePersonalData, keyMend, noTableYet, personalDataKey } from './personal-data-findings.js';

/** Whether our keys are those that the database's personal data is encrypted with. */
export function personalDataCheck(config: Config): Check {
  const settings = databaseSettings(config);
  return {
    what: personalDataKey,
    mend: keyMend,
    look: async () => {
      // Opening it would make an empty one.
      if (settings.engine === 'sqlite' && !existsSync(settings.file)) return [noTableYet()];
      const database = openDatabase(settings);
      try {
        return [await lookInside(database, config)];
      } catch (error) {
        // A key cannot mend that, and must not be made anew for it.
        if (databaseFaultOf(error) === undefined) throw error;
        const mend = '「データベース」の異常を先に直してください。';
        return [warning(personalDataKey, 'データベースが使えないので、調べられません', mend)];
      } finally {
        await database.destroy();
      }
    },
  };
}

async function lookInside(database: Database, config: Config): Promise<Finding> {
  const checks = new KeyCheckStore(database);
  if (!(await checks.isThere())) return noTableYet();
  const { keys, codec } = openPersonalData(config);
  const verdict = judgeKeys(await checks.all(), keys.all());
  const samples = await new PersonalValuesStore(database).samples();
  const unreadable = samples.filter((stored) => !opens(codec, stored)).length;
  return judgePersonalData(verdict, { samples: samples.length, unreadable, keys: keys.all().length });
}

function opens(codec: PersonalDataCodec, stored: string): boolean {
  try {
    codec.decode(stored);
    return true;
  } catch (error) {
    if (error instanceof PersonalDataError) return false;
    throw error;
  }
}
