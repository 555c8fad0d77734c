import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { z } from 'zod';
import { LedgerStore } from '../checkins/ledger-store.js';
import { localDate } from '../checkins/local-day.js';
import type { StationLedger } from '../checkins/ledger.js';
import { systemClock, type Clock } from '../clock.js';
import { ConfigError, databaseSettings, readConfig } from '../config.js';
import { guardPersonalData, openPersonalData } from '../personal-data-app.js';
import { openDatabase } from '../storage/database.js';
import { KeyFileError } from '../storage/key-file.js';
import { PersonalDataKeyError } from '../storage/key-guard.js';
import { dayTable } from './day-table.js';

const isDate = (text: string): boolean => z.iso.date().safeParse(text).success;

/** What stops the command and is the operator's to mend: shown as one sentence. */
class DayError extends Error {
  override readonly name = 'DayError';
}

/** `genkidesu day`: the day's ledger of each station, those who are still unknown first. */
export function dayCommand({
  print = console.log,
  environment = process.env,
  clock = systemClock,
}: {
  print?: (text: string) => void;
  environment?: NodeJS.ProcessEnv;
  clock?: Clock;
} = {}): Command {
  const command = new Command('day')
    .description("show the day's ledger of each station: who is still unknown, who needs a call back")
    .argument('[date]', 'date such as 2026-11-24; default: today where the station is')
    .option('--station <name>', 'only the station of this name')
    .option('--json', 'print the ledgers as JSON')
    .action(async (date: string | undefined, options: { station?: string; json?: true }) => {
      try {
        const ledgers = await readLedgers({ environment, now: clock(), date, stationName: options.station });
        print(options.json ? JSON.stringify(ledgers, null, 2) : dayTable(ledgers));
      } catch (error) {
        if (isTheirsToMend(error)) {
          command.error(`error: ${error.message}`, { exitCode: 1 });
        }
        throw error;
      }
    });
  return command;
}

function isTheirsToMend(error: unknown): error is Error {
  return [DayError, ConfigError, KeyFileError, PersonalDataKeyError].some((kind) => error instanceof kind);
}

async function readLedgers({
  environment,
  now,
  date,
  stationName,
}: {
  environment: NodeJS.ProcessEnv;
  now: Date;
  date: string | undefined;
  stationName: string | undefined;
}): Promise<StationLedger[]> {
  if (date !== undefined && !isDate(date)) {
    throw new DayError(
      `日付「${date}」は読めません。2026-11-24 のように書いてください。 / not a date: ${date}`,
    );
  }
  const config = readConfig(environment);
  const settings = databaseSettings(config);
  if (settings.engine === 'sqlite' && !existsSync(settings.file)) {
    // Opening it would make an empty one.
    throw new DayError(
      `${settings.file} がありません。GENKIDESU_DATA を確かめてください。 / no database there`,
    );
  }
  const database = openDatabase(settings);
  try {
    const { keys, codec } = openPersonalData(config);
    const ledgers = new LedgerStore({ database, codec });
    const stations = await ledgers.stations().catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error);
      throw new DayError(`データベースを読めません（genkidesu doctor で調べられます）: ${why}`);
    });
    await guardPersonalData(database, keys, now);
    const wanted = stations.filter(({ name }) => stationName === undefined || name === stationName);
    if (stationName !== undefined && wanted.length === 0) {
      const names = stations.map(({ name }) => name).join('、');
      throw new DayError(
        `「${stationName}」というステーションはありません。あるのは：${names} / no such station`,
      );
    }
    const days: StationLedger[] = [];
    for (const { id, timeZone } of wanted) {
      const ledger = await ledgers.day(id, date ?? localDate(now, timeZone), now);
      if (ledger) days.push(ledger);
    }
    return days;
  } finally {
    await database.destroy();
  }
}
