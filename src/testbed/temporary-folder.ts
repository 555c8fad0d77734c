import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { atExit } from './at-exit.js';

export interface TemporaryFolder {
  readonly path: string;
  remove(): Promise<void>;
}

/**
 * Makes a folder that is gone when this process is: removed by remove(), else at exit, else (after a
 * SIGKILL) by the next process that makes one. Its name carries our process id for that.
 *
 * @param label a short word, because a socket's path inside must stay below 108 bytes
 */
export function makeTemporaryFolder(label: string): TemporaryFolder {
  sweepAbandoned();
  const path = mkdtempSync(join(tmpdir(), `genkidesu-${process.pid}-${label}-`));
  const forget = atExit(() => {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  });
  return {
    path,
    async remove() {
      await rm(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
      forget();
    },
  };
}

function sweepAbandoned(): void {
  for (const name of readdirSync(tmpdir())) {
    const pid = /^genkidesu-(\d+)-/.exec(name)?.[1];
    if (pid === undefined || existsSync(`/proc/${pid}`)) continue;
    try {
      rmSync(join(tmpdir(), name), { recursive: true, force: true });
    } catch {
      // Another user's folder: theirs to remove.
    }
  }
}
