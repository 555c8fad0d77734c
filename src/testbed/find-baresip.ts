import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import { findOnPath } from './installed-program.js';
import { tripletOfThisMachine, unpackedCommand } from './unpacked-program.js';

export interface BaresipInstall {
  /** The argv prefix that runs `baresip`. */
  command: string[];
  /** For `module_path`. */
  moduleDir: string;
}

/**
 * baresip, a softphone without a window: the installed one, else that of this machine's own release,
 * unpacked into the cache (270 MB on disk, about 10 s; at once from then on).
 *
 * @throws what unpackDebianPackages throws
 */
export async function findBaresip(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<BaresipInstall> {
  const installed = await findOnPath('baresip');
  const prefix = installed === undefined ? undefined : dirname(dirname(await realpath(installed)));
  const moduleDir = prefix === undefined ? undefined : modulesBelow(prefix);
  if (installed !== undefined && moduleDir !== undefined) return { command: [installed], moduleDir };

  const unpacked = await unpackDebianPackages({
    ...options,
    name: 'baresip',
    packages: ['baresip-core'],
    suite: 'machine',
  });
  const unpackedModules = modulesBelow(join(unpacked.root, 'usr'));
  return {
    command: unpackedCommand(unpacked, 'usr/bin/baresip'),
    moduleDir: unpackedModules ?? join(unpacked.root, 'usr/lib/baresip/modules'),
  };
}

function modulesBelow(prefix: string): string | undefined {
  return ['lib', join('lib', tripletOfThisMachine() ?? ''), 'lib64']
    .map((lib) => join(prefix, lib, 'baresip/modules'))
    .find((folder) => existsSync(join(folder, 'ctrl_tcp.so')));
}
