import { constants, existsSync, statSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openDatabase, type DatabaseSettings } from '../storage/database.js';
import { VersionStore } from '../storage/version-store.js';
import { databaseFaultInWords, judgeServerVersion } from '../storage/database-faults.js';

/** Looks whether a database can be used; writes nothing. @returns what is wrong, in words */
export async function tryDatabase(settings: DatabaseSettings): Promise<string | undefined> {
  try {
    if (settings.engine === 'sqlite') await tryFile(settings.file);
    else return await tryServer(settings);
    return undefined;
  } catch (error) {
    return databaseFaultInWords(codeOf(error));
  }
}

async function tryFile(file: string): Promise<void> {
  const folder = nearest(dirname(file));
  if (!statSync(folder).isDirectory()) throw Object.assign(new Error(folder), { code: 'ENOTDIR' });
  await access(folder, constants.W_OK);
  // Opening one that is not there would make it.
  if (!existsSync(file)) return;
  const database = openDatabase({ engine: 'sqlite', file });
  try {
    await new VersionStore(database).answers();
  } finally {
    await database.destroy();
  }
}

async function tryServer(settings: DatabaseSettings): Promise<string | undefined> {
  const database = openDatabase(settings);
  try {
    return judgeServerVersion(await new VersionStore(database).serverVersion());
  } finally {
    await database.destroy();
  }
}

function nearest(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearest(dirname(path));
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
