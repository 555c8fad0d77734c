import { constants, existsSync, statSync } from 'node:fs';
import { access, readdir, rm, statfs, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Config } from '../config.js';
import { checkSounds } from '../prompts/check.js';
import { installedSoundsRoot } from '../prompts/sound-files.js';
import { soundSets } from '../prompts/sound-sets.js';
import type { Check } from './check.js';
import { coded, good, judgeFreeDisk, judgePrompts, warning } from './findings.js';

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
    ...diskChecks(config),
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

/** Whether there is room where data, recordings and the exchange's files are written; each disk is told once. */
export function diskChecks(config: Config): Check[] {
  const mend = 'ディスクを確かめてください。';
  return [
    {
      what: 'ディスクの空き',
      mend,
      look: async () => {
        const disks = await freeRoom(config);
        return disks.map(({ name, bytes }) => coded(`disk.${name}`, judgeFreeDisk(bytes, diskNames[name])));
      },
    },
  ];
}

const diskNames = {
  data: 'ディスクの空き',
  records: '通話記録のディスクの空き',
  spool: '録音のディスクの空き',
} as const;
export type DiskName = keyof typeof diskNames;

/** Free bytes of each folder that is there and lies on a disk of its own; a data folder yet to be made counts as its parent. */
export async function freeRoom(config: Config): Promise<{ name: DiskName; bytes: number }[]> {
  const folders: [DiskName, string][] = [
    ['data', nearestFolder(resolve(config.GENKIDESU_DATA))],
    ['records', config.ASTERISK_RECORDS_DIR],
    ['spool', resolve(dirname(config.ASTERISK_QUEUE_LOG), '..', 'spool')],
  ];
  const seen = new Set<number>();
  const found: { name: DiskName; bytes: number }[] = [];
  for (const [name, folder] of folders) {
    if (!existsSync(folder)) continue;
    const { dev } = statSync(folder);
    if (seen.has(dev)) continue;
    seen.add(dev);
    const { bavail, bsize } = await statfs(folder);
    found.push({ name, bytes: bavail * bsize });
  }
  return found;
}

function nearestFolder(path: string): string {
  return existsSync(path) || path === dirname(path) ? path : nearestFolder(dirname(path));
}
