import { constants, existsSync } from 'node:fs';
import { access, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config.js';
import { checkSounds } from '../prompts/check.js';
import { installedSoundsRoot } from '../prompts/sound-files.js';
import { soundSets } from '../prompts/sound-sets.js';
import type { Check } from './check.js';
import { good, judgeFreeDisk, judgePrompts, warning } from './findings.js';

/** Whether the recordings are there: needs no setting at all. */
export const promptsCheck: Check = {
  what: '音声',
  mend: 'genkidesu prompts render で作り直せます。',
  look: async () => {
    const problems = await checkSounds(installedSoundsRoot(), soundSets);
    return [judgePrompts(problems.length)];
  },
};

/** What the machine itself must offer. */
export function machineChecks(config: Config): Check[] {
  const data = resolve(config.GENKIDESU_DATA);
  const records = config.ASTERISK_RECORDS_DIR;
  return [
    {
      what: 'データフォルダ',
      mend: `${data} に書き込めるようにしてください（所有者と読み取り専用でないこと）。`,
      look: async () => {
        if (!existsSync(data)) {
          await access(nearestFolder(data), constants.W_OK);
          return [warning('データフォルダ', `${data} はまだありません`, 'genkidesu serve が作ります。')];
        }
        // Written, not only asked: a full or read-only disk tells only then.
        const probe = join(data, `.doctor-${process.pid}`);
        await writeFile(probe, 'x');
        await rm(probe);
        return [good('データフォルダ', data)];
      },
    },
    {
      what: 'ディスクの空き',
      mend: 'ディスクを確かめてください。',
      look: async () => {
        const { bavail, bsize } = await statfs(nearestFolder(data));
        return [judgeFreeDisk(bavail * bsize)];
      },
    },
    {
      what: '通話記録',
      mend: `Asterisk の cel-custom フォルダを ASTERISK_RECORDS_DIR に指定し、読めるようにしてください。`,
      look: async () => {
        await readdir(records);
        return [good('通話記録', records)];
      },
    },
  ];
}

function nearestFolder(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestFolder(dirname(path));
}
