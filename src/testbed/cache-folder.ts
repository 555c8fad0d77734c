import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where unpacked programs are kept between runs: GENKIDESU_CACHE, else XDG's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.GENKIDESU_CACHE) return env.GENKIDESU_CACHE;
  const { XDG_CACHE_HOME: given = '' } = env;
  // XDG says that an empty variable counts as unset.
  return join(given === '' ? join(env.HOME ?? homedir(), '.cache') : given, 'genkidesu');
}
