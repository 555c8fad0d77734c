import { lstatSync, mkdirSync, readFileSync, readdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../project-root.js';
import { writeWhole } from '../../storage/whole-file.js';
import { fillTemplate } from './template.js';

export type InstanceKind = 'pbx' | 'carrier';

const dialplans: Record<InstanceKind, readonly string[]> = {
  pbx: [
    'checkin.conf',
    'hotline.conf',
    'hotline-hours.conf',
    'counsellors.conf',
    'station.conf',
    'trunk.conf',
  ],
  carrier: ['simulated-people.conf', 'simulated-callers.conf'],
};

/** Folders of Asterisk's data that it reads; its sounds are not among them. */
const dataFolders = ['agi-bin', 'documentation', 'firmware', 'keys', 'phoneprov', 'rest-api', 'static-http'];

/**
 * Writes everything that one Asterisk reads into its own folder, for its owner's eyes only:
 * passwords and numbers stand in it. Each file is written whole, and only when it changed.
 *
 * @returns the files that changed
 * @throws Error naming file and place when a value is missing; nothing was written then
 */
export function writeInstance(
  kind: InstanceKind,
  instanceDir: string,
  values: Readonly<Record<string, string | number>> & { dataDir: string },
): string[] {
  const all = { ...values, instanceDir, soundsDir: join(projectRoot, 'sounds') };
  // What stands in the kind's folder too is meant instead of the common file.
  const sources = new Map<string, string>();
  for (const source of ['common', kind]) {
    const folder = join(projectRoot, 'asterisk-config', source);
    for (const file of readdirSync(folder)) sources.set(file, join(folder, file));
  }
  for (const file of dialplans[kind]) sources.set(file, join(projectRoot, 'dialplan', file));
  const files = [...sources].map(([file, from]) => ({ file, text: filled(from, all) }));
  for (const folder of [
    'etc',
    'lib',
    'run',
    'log/cel-custom',
    'share',
    'spool/messages',
    'spool/recordings',
    'spool/outgoing',
    'spool/tmp',
  ]) {
    mkdirSync(join(instanceDir, folder), { recursive: true, mode: 0o700 });
  }
  linkData(join(instanceDir, 'share'), values.dataDir);
  return files
    .filter(({ file, text }) => writeWhole(join(instanceDir, 'etc', file), text))
    .map(({ file }) => file);
}

/** Asterisk's data with our sounds in it: what it says by itself, such as numbers, it looks for there. */
function linkData(share: string, dataDir: string): void {
  const links = [
    ...dataFolders.map((name) => [name, join(dataDir, name)] as const),
    ['sounds', join(projectRoot, 'sounds')] as const,
  ];
  for (const [name, target] of links) {
    const link = join(share, name);
    // A running exchange looks through these at any moment.
    if (lstatSync(link, { throwIfNoEntry: false })?.isSymbolicLink() && readlinkSync(link) === target)
      continue;
    rmSync(link, { force: true });
    symlinkSync(target, link);
  }
}

function filled(from: string, values: Readonly<Record<string, string | number>>): string {
  try {
    return fillTemplate(readFileSync(from, 'utf8'), values);
  } catch (error) {
    throw new Error(`${from}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
