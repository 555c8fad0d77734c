import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json, sounds/ and asterisk-config/, from the sources as well as from dist/. */
export const projectRoot = findRoot(dirname(fileURLToPath(import.meta.url)));

function findRoot(from: string): string {
  if (existsSync(join(from, 'asterisk-config'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('asterisk-config/ not found above the program');
  return findRoot(parent);
}
