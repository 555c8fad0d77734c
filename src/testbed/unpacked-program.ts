import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture } from './apt-source.js';
import { TestbedError } from './testbed-error.js';

const TRIPLETS: Record<Architecture, string> = {
  amd64: 'x86_64-linux-gnu',
  arm64: 'aarch64-linux-gnu',
};

/** The multiarch name of libraries on this machine, such as `x86_64-linux-gnu`, where we know it. */
export function tripletOfThisMachine(): string | undefined {
  if (process.arch === 'x64') return TRIPLETS.amd64;
  if (process.arch === 'arm64') return TRIPLETS.arm64;
  return undefined;
}

/** Debian packages unpacked into one folder, with the C library and loader they were built for. */
export interface UnpackedRoot {
  root: string;
  /** The multiarch name libraries lie under, such as `x86_64-linux-gnu`. */
  triplet: string;
  loader: string;
  /** For the loader's `--library-path`. */
  libraryPath: string;
}

/**
 * Describes a folder of unpacked packages so that its programs can be run.
 *
 * @throws TestbedError `unpackFailed` when there is no loader in it
 */
export function describeRoot(root: string, architecture: Architecture): UnpackedRoot {
  const triplet = TRIPLETS[architecture];
  // Up to Debian 12 the C library lies under /lib, which no package turns into a link to /usr/lib here.
  const folders = [join(root, 'usr/lib', triplet), join(root, 'lib', triplet)];
  for (const folder of folders) {
    const loader = filesIn(folder).find((name) => /^ld-linux.*\.so\.\d+$/.test(name));
    if (loader) return { root, triplet, loader: join(folder, loader), libraryPath: folders.join(':') };
  }
  throw new TestbedError('unpackFailed', `no ld-linux loader in ${root}: delete that folder and try again`);
}

/** The argv prefix that runs a program of the root, such as `usr/sbin/asterisk`, with its own libraries. */
export function unpackedCommand(unpacked: UnpackedRoot, program: string): string[] {
  // An option, not LD_LIBRARY_PATH: the machine's own programs it may start must not inherit it.
  return [unpacked.loader, '--library-path', unpacked.libraryPath, join(unpacked.root, program)];
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
