import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import { findOnPath } from './installed-program.js';
import { unpackedCommand } from './unpacked-program.js';

export interface SippInstall {
  /** The argv prefix that runs `sipp`. */
  command: string[];
}

/**
 * SIPp, the load generator: the installed one, else that of this machine's own release, unpacked
 * into the cache (25 MB on disk, about 5 s; at once from then on).
 *
 * @throws what unpackDebianPackages throws
 */
export async function findSipp(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<SippInstall> {
  const installed = await findOnPath('sipp');
  if (installed !== undefined) return { command: [installed] };
  const unpacked = await unpackDebianPackages({
    ...options,
    name: 'sipp',
    packages: ['sip-tester'],
    suite: 'machine',
  });
  return { command: unpackedCommand(unpacked, 'usr/bin/sipp') };
}
