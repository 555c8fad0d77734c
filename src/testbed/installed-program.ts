import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Servers lie here, and an ordinary user's PATH does not. */
const SERVER_FOLDERS = ['/usr/local/sbin', '/usr/sbin'];

/** The full path of a program on PATH (default: ours), or undefined. */
export async function findOnPath(name: string, path = process.env.PATH ?? ''): Promise<string | undefined> {
  return findIn(path.split(delimiter), name);
}

/** Like findOnPath, and looks where Debian puts servers too. */
export async function findServer(name: string, path = process.env.PATH ?? ''): Promise<string | undefined> {
  return findIn([...path.split(delimiter), ...SERVER_FOLDERS], name);
}

async function findIn(folders: string[], name: string): Promise<string | undefined> {
  for (const folder of folders.filter((each) => each !== '')) {
    try {
      await access(join(folder, name), constants.X_OK);
      return join(folder, name);
    } catch {
      // Not in this folder.
    }
  }
  return undefined;
}
