import { mkdirSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../project-root.js';
import { fillTemplate } from './template.js';

export type InstanceKind = 'pbx' | 'carrier';

const dialplans: Record<InstanceKind, readonly string[]> = {
  pbx: ['checkin.conf', 'hotline.conf', 'hotline-hours.conf', 'counsellors.conf', 'station.conf'],
  carrier: ['simulated-people.conf', 'simulated-callers.conf'],
};

/** Folders of Asterisk's data that it reads; its sounds are not among them. */
const dataFolders = ['agi-bin', 'documentation', 'firmware', 'keys', 'phoneprov', 'rest-api', 'static-http'];

/**
 * Writes everything that one Asterisk reads into its own folder, for its owner's eyes only:
 * passwords and numbers stand in it.
 *
 * @throws Error naming file and place when a value is missing.
 */
export function writeInstance(
  kind: InstanceKind,
  instanceDir: string,
  values: Readonly<Record<string, string | number>> & { dataDir: string },
): void {
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
  const all = { ...values, instanceDir, soundsDir: join(projectRoot, 'sounds') };
  for (const source of ['common', kind]) {
    const folder = join(projectRoot, 'asterisk-config', source);
    for (const file of readdirSync(folder))
      writeFilled(join(folder, file), join(instanceDir, 'etc', file), all);
  }
  for (const dialplan of dialplans[kind])
    writeFilled(join(projectRoot, 'dialplan', dialplan), join(instanceDir, 'etc', dialplan), all);
}

/** Asterisk's data with our sounds in it: what it says by itself, such as numbers, it looks for there. */
function linkData(share: string, dataDir: string): void {
  const links = [
    ...dataFolders.map((name) => [name, join(dataDir, name)] as const),
    ['sounds', join(projectRoot, 'sounds')] as const,
  ];
  for (const [name, target] of links) {
    rmSync(join(share, name), { force: true });
    symlinkSync(target, join(share, name));
  }
}

function writeFilled(from: string, to: string, values: Readonly<Record<string, string | number>>): void {
  try {
    writeFileSync(to, fillTemplate(readFileSync(from, 'utf8'), values), { mode: 0o600 });
  } catch (error) {
    throw new Error(`${from}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
