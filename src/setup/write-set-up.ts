import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { pbxFiles, readTrunk, writePbx } from '../asterisk/config/pbx-instance.js';
import { writeWhole } from '../storage/whole-file.js';
import { mergeEnvFile, readEnvFile } from './env-file.js';
import { databaseOf, ownSettings, placeOf, setupFiles, trunkFileOf } from './plan.js';
import type { Answers } from './question.js';

/**
 * Writes what the answers mean into the folder: the trunk, the exchange with its keys and passwords, and last of
 * all the settings of the service. Each file is whole at any moment; what is the same is left alone.
 *
 * @returns files that changed, by their paths below the folder; or what is wrong with the trunk, and nothing written
 */
export function writeSetUp(
  dir: string,
  answers: Answers,
  now: Date,
): { changed: string[] } | { problem: string } {
  const files = setupFiles(dir);
  const file = trunkFileOf(answers);
  const trunk = readTrunk(file, 'trunk.json');
  if (typeof trunk === 'string') return { problem: trunk };
  const place = placeOf(answers);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  const changed: string[] = [];
  const put = (path: string, text: string): void => {
    if (writeWhole(path, text)) changed.push(path.slice(dir.length + 1));
  };
  put(files.trunk, `${JSON.stringify(file, undefined, 2)}\n`);
  const database = databaseOf(answers);
  if (database.engine === 'mariadb') put(files.databasePassword, `${database.password}\n`);
  changed.push(...writePbx(files.pbx, place, trunk, now).map((name) => `pbx/etc/${name}`));
  const ofExchange = readEnvFile(readFileSync(pbxFiles(files.pbx).settings, 'utf8'));
  // Made once: what is recorded can be heard with no other.
  if (!existsSync(files.voiceKey)) put(files.voiceKey, `${randomBytes(32).toString('base64')}\n`);
  const before = existsSync(files.settings) ? readFileSync(files.settings, 'utf8') : heading;
  put(files.settings, mergeEnvFile(before, { ...ofExchange, ...ownSettings(dir, answers) }));
  return { changed };
}

const heading = '# genkidesu setup がこのファイルを書きます。足した行は、次の setup でも残ります。\n';

/** The environment that the settings file makes for a command. */
export function settingsOf(dir: string): Record<string, string> {
  return readEnvFile(readFileSync(setupFiles(dir).settings, 'utf8'));
}
