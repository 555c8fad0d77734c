import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../project-root.js';
import { fillTemplate } from './template.js';

export type InstanceKind = 'pbx' | 'carrier';

const dialplans: Record<InstanceKind, string> = { pbx: 'checkin.conf', carrier: 'simulated-people.conf' };

/**
 * Writes everything that one Asterisk reads into its own folder, for its owner's eyes only:
 * passwords and numbers stand in it.
 *
 * @throws Error naming file and place when a value is missing.
 */
export function writeInstance(
  kind: InstanceKind,
  instanceDir: string,
  values: Readonly<Record<string, string | number>>,
): void {
  for (const folder of [
    'etc',
    'lib',
    'run',
    'log/cel-custom',
    'spool/messages',
    'spool/outgoing',
    'spool/tmp',
  ]) {
    mkdirSync(join(instanceDir, folder), { recursive: true, mode: 0o700 });
  }
  const all = { ...values, instanceDir, soundsDir: join(projectRoot, 'sounds') };
  for (const source of ['common', kind]) {
    const folder = join(projectRoot, 'asterisk-config', source);
    for (const file of readdirSync(folder))
      writeFilled(join(folder, file), join(instanceDir, 'etc', file), all);
  }
  const dialplan = dialplans[kind];
  writeFilled(join(projectRoot, 'dialplan', dialplan), join(instanceDir, 'etc', dialplan), all);
}

function writeFilled(from: string, to: string, values: Readonly<Record<string, string | number>>): void {
  try {
    writeFileSync(to, fillTemplate(readFileSync(from, 'utf8'), values), { mode: 0o600 });
  } catch (error) {
    throw new Error(`${from}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}
