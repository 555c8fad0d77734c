import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { at } from './places.mjs';
import { say } from './words.mjs';

/**
 * One process prepares a clone at a time. The lock appears complete, by rename, and is named after
 * its owner inside, so that breaking a dead owner's lock cannot remove a living one's.
 */
export async function withLock(...works) {
  fs.mkdirSync(at('.cache'), { recursive: true });
  const lock = at('.cache/prepare.lock');
  let told = false;
  while (!takeLock(lock)) {
    const owner = lockOwner(lock);
    if (owner && fs.existsSync(`/proc/${owner}`)) {
      if (!told) say('ほかの準備が終わるのを待っています…', 'Waiting for another start in this folder…');
      told = true;
      await delay(200);
      continue;
    }
    if (owner) fs.rmSync(join(lock, owner), { force: true });
    try {
      fs.rmdirSync(lock);
    } catch {
      // Somebody else has broken it, or has it now: ask again.
    }
  }
  const release = () => fs.rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  for (const work of works) await work();
  process.off('exit', release);
  release();
}

function lockOwner(lock) {
  try {
    return fs.readdirSync(lock)[0];
  } catch {
    return undefined; // released this very moment
  }
}

function takeLock(lock) {
  const mine = `${lock}.${randomBytes(6).toString('hex')}`;
  fs.mkdirSync(mine);
  fs.writeFileSync(join(mine, String(process.pid)), '');
  try {
    fs.renameSync(mine, lock);
    return true;
  } catch {
    fs.rmSync(mine, { recursive: true });
    return false;
  }
}
