import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where unpacked programs are kept between runs: GENKIDESU_CACHE, else XDG's cache folder. */
export function cacheFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env.GENKIDESU_CACHE) return env.GENKIDESU_CACHE;
  // `||`, not `??`: XDG says that an empty variable counts as unset.
  // eslint-disable-next-line @typescript-eslint/prefer-nullish-coalescing
  return join(env.XDG_CACHE_HOME || join(env.HOME ?? homedir(), '.cache'), 'genkidesu');
}
