import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { BackupError } from '../backup/backup-error.js';
import { systemClock, type Clock } from '../clock.js';
import { ConfigError, databaseSettings, readConfig, type Config } from '../config.js';
import { openDatabase, type Database } from '../storage/database.js';
import { KeyFileError } from '../storage/key-file.js';
import { PersonalDataKeyError } from '../storage/key-guard.js';
import { guardPersonalData, openPersonalData, type PersonalData } from '../personal-data-app.js';
import { SchemaError } from '../storage/schema-error.js';
import { PersonalDataError } from '../storage/personal-data.js';

/** What a command needs of the world; a test brings its own. */
export interface CommandWorld {
  print: (line: string) => void;
  complain: (line: string) => void;
  environment: NodeJS.ProcessEnv;
  clock: Clock;
}

export const terminal: CommandWorld = {
  print: console.log,
  complain: console.error,
  environment: process.env,
  clock: systemClock,
};

/** What the one at the terminal asked for cannot be done; the message says why and what would help. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

export interface DatabaseTools extends PersonalData {
  config: Config;
  database: Database;
}

/**
 * Reads the settings, opens the database, does the work and closes it again.
 * What the operator can mend is told in one line, with exit code 1; anything else is our bug and is thrown.
 */
export async function withDatabase(
  world: CommandWorld,
  work: (tools: DatabaseTools) => Promise<void>,
): Promise<void> {
  let database: Database | undefined;
  await withConfig(world, async ({ config }) => {
    const settings = databaseSettings(config);
    if (settings.engine === 'sqlite') mkdirSync(dirname(settings.file), { recursive: true, mode: 0o700 });
    database = openDatabase(settings);
    const personalData = openPersonalData(config);
    await guardPersonalData(database, personalData.keys, world.clock());
    await work({ config, database, ...personalData });
  }).finally(() => database?.destroy());
}

/** As `withDatabase`, for work that opens its database by itself. */
export async function withConfig(
  world: CommandWorld,
  work: (tools: { config: Config }) => Promise<void>,
): Promise<void> {
  await tellingPlainly(world, () => work({ config: readConfig(world.environment) }));
}

/** Runs work that needs no settings; what the operator can mend is told in one line. */
export async function tellingPlainly(world: CommandWorld, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const line = plainLine(error);
    if (line === undefined) throw error;
    world.complain(`error: ${line}`);
    process.exitCode = 1;
  }
}

function plainLine(error: unknown): string | undefined {
  if (error instanceof CommandError || error instanceof BackupError) return error.message;
  if (error instanceof KeyFileError || error instanceof PersonalDataKeyError) return error.message;
  if (error instanceof PersonalDataError || error instanceof SchemaError) return error.message;
  if (error instanceof ConfigError) return error.message.replace(/:\n\s*/, ': ').replace(/\n\s*/g, '; ');
  if (!(error instanceof Error)) return undefined;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  if (code === 'ER_NO_SUCH_TABLE' || /\bno such table\b/.test(error.message)) {
    return 'the database has no tables yet, or older ones: run "genkidesu migrate" first';
  }
  // The database's own message repeats the statement with the names and numbers in it: the code must do.
  return databaseFault.test(code) ? `the database: ${code}${hints[code] ?? ''}` : undefined;
}

const databaseFault = /^(SQLITE_|ER_|PROTOCOL_|ECONN|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|KnexTimeoutError)/;

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: ': nothing answers at DATABASE_HOST and DATABASE_PORT; is MariaDB running?',
  ENOTFOUND: ': no machine of the name in DATABASE_HOST',
  ER_ACCESS_DENIED_ERROR: ': DATABASE_USER or DATABASE_PASSWORD is refused',
  ER_BAD_DB_ERROR: ': there is no database of the name in DATABASE_NAME',
  SQLITE_CANTOPEN: ': the file in GENKIDESU_DATA cannot be opened',
  SQLITE_BUSY: ': another process is writing; try again',
};
