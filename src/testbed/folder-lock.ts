import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

const ASK_AGAIN_MS = 100;

/**
 * Runs `work` while holding the lock folder at `path`; waits as long as another living process on
 * this machine holds it, and takes over from one that died.
 *
 * The folder holds one file named after its owner. It appears complete, by rename, and a dead
 * owner's lock is broken by removing that very file: whoever comes late removes nothing of a new owner.
 *
 * @param onWait called about ten times a second with the whole seconds waited so far
 */
export async function withFolderLock<T>(
  path: string,
  work: () => Promise<T>,
  onWait: (seconds: number) => void = () => undefined,
): Promise<T> {
  const startedAt = performance.now();
  while (!(await takeLock(path))) {
    if (await breakDeadLock(path)) continue;
    onWait(Math.floor((performance.now() - startedAt) / 1000));
    await delay(ASK_AGAIN_MS);
  }
  try {
    return await work();
  } finally {
    await rm(path, { recursive: true, force: true });
  }
}

async function takeLock(path: string): Promise<boolean> {
  const mine = `${path}.${randomBytes(6).toString('hex')}`;
  await mkdir(mine);
  await writeFile(join(mine, ownerName(process.pid)), '');
  try {
    await rename(mine, path);
    return true;
  } catch (error) {
    await rm(mine, { recursive: true, force: true });
    if (hasCode(error, 'ENOTEMPTY') || hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/** @returns whether the lock may be free now, so that asking again at once is worth it */
async function breakDeadLock(path: string): Promise<boolean> {
  try {
    const [owner] = await readdir(path);
    if (owner !== undefined) {
      const pid = Number(owner.split('-')[0]);
      if (owner === ownerName(pid)) return false;
      await unlink(join(path, owner));
    }
    await rmdir(path);
    return true;
  } catch (error) {
    if (hasCode(error, 'ENOENT') || hasCode(error, 'ENOTEMPTY')) return true;
    throw error;
  }
}

/** A process id comes round again; together with the time the process started it does not. */
function ownerName(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const startTicks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return `${pid}-${startTicks ?? ''}`;
  } catch {
    return `${pid}-gone`;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
