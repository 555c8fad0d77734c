import { randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import {
  fixedKeys,
  readPersonalDataKeys,
  writePersonalDataKeys,
  type PersonalDataKey,
  type PersonalDataKeys,
} from './personal-data-keys.js';

/** The key file cannot be used; the message says why, and holds nothing of it. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

/** How old a process' picture of the key file may become. */
export const keyFileLookMs = 2000;

/** @throws KeyFileError when it cannot be read, is open to others than its owner, or holds no good keys */
export function readKeyFile(file: string): PersonalDataKey[] {
  const reading = readPersonalDataKeys(readKeyText(file));
  if (!reading.ok) throw new KeyFileError(`${file}: ${reading.problem}`);
  return reading.keys;
}

/**
 * The text of a key file that only its owner can read.
 *
 * @param make the command that makes such a file
 */
export function readKeyText(file: string, make = 'genkidesu key new'): string {
  let text: string;
  let mode: number;
  try {
    text = readFileSync(file, 'utf8');
    mode = statSync(file).mode;
  } catch {
    throw new KeyFileError(`${file} cannot be read; make one with: ${make} ${file}`);
  }
  if ((mode & 0o077) !== 0)
    throw new KeyFileError(`${file} can be read by others than its owner; mend it with: chmod 600 ${file}`);
  return text;
}

/**
 * The keys of a file, which `genkidesu key` may change while this process lives: it is looked at again when
 * the last look is two seconds old, and at once when a value needs a key that was not there. A file that
 * cannot be read any more changes nothing: the keys that are known go on working.
 */
export function openKeyFile(file: string, now: () => number = () => performance.now()): PersonalDataKeys {
  let seen = signOf(file);
  let keys = fixedKeys(readKeyFile(file));
  let lookedAt = now();
  const look = (): void => {
    lookedAt = now();
    try {
      const sign = signOf(file);
      if (sign === seen) return;
      keys = fixedKeys(readKeyFile(file));
      seen = sign;
    } catch {
      // It is being written, or gone: the next look is soon.
    }
  };
  const lookIfOld = (): void => {
    if (now() - lookedAt >= keyFileLookMs) look();
  };
  return {
    current: () => {
      lookIfOld();
      return keys.current();
    },
    find: (id) => {
      const known = keys.find(id);
      if (known) return known;
      look();
      return keys.find(id);
    },
    all: () => {
      look();
      return keys.all();
    },
  };
}

function signOf(file: string): string {
  try {
    const { mtimeMs, size, ino } = statSync(file);
    return `${mtimeMs} ${size} ${ino}`;
  } catch {
    return '';
  }
}

/** A key that nobody has, named after the day it was made on. */
export function newKey(now: Date): PersonalDataKey {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '');
  return { id: `${day}-${randomBytes(3).toString('hex')}`, key: randomBytes(32) };
}

/** Writes a file that was not there, for its owner alone. @throws KeyFileError when there is one */
export function makeKeyFile(file: string, keys: readonly PersonalDataKey[]): void {
  try {
    write(file, keys, 'wx');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new KeyFileError(`${file} is there already, and keys are never written over`);
    throw new KeyFileError(`${file} cannot be written: ${code ?? 'unknown'}`);
  }
}

/** Puts new keys in place of the file's, whole or not at all. */
export function replaceKeyFile(file: string, keys: readonly PersonalDataKey[]): void {
  const beside = `${file}.new`;
  try {
    write(beside, keys, 'w');
    // By root for the service: the file stays the service's.
    const { uid, gid } = statSync(file);
    if (uid !== process.getuid?.()) chownSync(beside, uid, gid);
    renameSync(beside, file);
  } catch (error) {
    throw new KeyFileError(
      `${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}`,
    );
  }
}

/** On the disk before anything is encrypted with it: a key that a power cut takes takes the data with it. */
function write(file: string, keys: readonly PersonalDataKey[], flag: 'w' | 'wx'): void {
  const handle = openSync(file, flag, 0o600);
  try {
    writeSync(handle, writePersonalDataKeys(keys));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
