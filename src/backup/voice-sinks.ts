import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { damaged } from './backup-error.js';
import type { VoiceSink } from './fill-database.js';

/** Puts recordings below a folder, each on the disk before the next one. */
export function voiceInto(folder: string): VoiceSink {
  let file: FileHandle | undefined;
  return {
    async begin(path) {
      // Nothing in a backup may name a place outside of the folder.
      if (!/^\d{4}\/\d{2}\/\d+\.gkv$/.test(path)) throw damaged();
      const place = join(folder, path);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      file = await open(place, 'wx', 0o600);
    },
    async write(bytes) {
      await file?.writeFile(bytes);
    },
    async end() {
      await file?.sync();
      await file?.close();
      file = undefined;
    },
  };
}

export const noVoice: VoiceSink = {
  begin: () => Promise.resolve(),
  write: () => Promise.resolve(),
  end: () => Promise.resolve(),
};
