import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';

/**
 * Writes a file for its owner's eyes only, whole or not at all: whoever stops half-way finds the old one.
 *
 * @returns whether its text changed; a file with the same text is left alone
 */
export function writeWhole(file: string, text: string): boolean {
  if (textOf(file) === text) return false;
  const beside = `${file}.new`;
  // What an earlier try left may be another's to read.
  rmSync(beside, { force: true });
  const handle = openSync(beside, 'wx', 0o600);
  try {
    writeSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(beside, file);
  return true;
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
