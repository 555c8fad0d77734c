import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToEnd } from './child-process.js';
import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import { findServer } from './installed-program.js';
import { isUsableAsterisk, parseAsteriskVersion } from './program-version.js';
import { TestbedError } from './testbed-error.js';
import { tripletOfThisMachine, unpackedCommand } from './unpacked-program.js';

export interface AsteriskInstall {
  /** The argv prefix that runs it: `asterisk`'s path, or its own loader with options before it. */
  command: string[];
  /** For `astmoddir`. */
  moduleDir: string;
  /** For `astdatadir` and `astvarlibdir`. */
  dataDir: string;
  version: string;
  /** Set for an unpacked one: where its libraries lie. */
  libraryPath?: string;
  /** Why an Asterisk that is installed was passed over; for people. */
  passedOver?: string;
}

/**
 * An Asterisk ≥ 22.9 and < 23: the installed one when it is that, else Debian sid's, unpacked into
 * the cache (110 MB to download, 270 MB on disk, about 10 s; at once from then on).
 *
 * @throws TestbedError `wrongVersion` when sid has moved on; what unpackDebianPackages throws
 */
export async function findAsterisk(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<AsteriskInstall> {
  const installed = await findInstalledAsterisk();
  if (installed && 'command' in installed) return installed;

  const unpacked = await unpackDebianPackages({
    ...options,
    name: 'asterisk',
    packages: ['asterisk'],
    suite: 'sid',
  });
  const libraries = join(unpacked.root, 'usr/lib', unpacked.triplet);
  const command = unpackedCommand(unpacked, 'usr/sbin/asterisk');
  const { version, usable } = await askVersion(command);
  if (!usable) {
    throw new TestbedError(
      'wrongVersion',
      `Asterisk 22.9 以上 23 未満が必要です（${version}）。 / Asterisk 22.9 or newer, below 23, is needed;` +
        ` the one in ${unpacked.root} is ${version}. Install one.`,
    );
  }
  return {
    command,
    moduleDir: join(libraries, 'asterisk/modules'),
    dataDir: join(unpacked.root, 'usr/share/asterisk'),
    version,
    libraryPath: unpacked.libraryPath,
    ...(installed && { passedOver: installed.unusable }),
  };
}

/**
 * Looks for an Asterisk on PATH (default: ours) and in the folders of servers.
 *
 * @returns undefined when there is none, the reason when it cannot be used
 */
export async function findInstalledAsterisk(
  path?: string,
): Promise<AsteriskInstall | { unusable: string } | undefined> {
  const program = await findServer('asterisk', path);
  if (program === undefined) return undefined;
  const { version, usable } = await askVersion([program]);
  if (!usable) return { unusable: `${program} is ${version}, not 22.9 or newer and below 23` };

  const prefix = dirname(dirname(await realpath(program)));
  const triplet = tripletOfThisMachine() ?? '';
  const moduleDir = ['lib64', join('lib', triplet), 'lib']
    .map((lib) => join(prefix, lib, 'asterisk/modules'))
    .find((folder) => existsSync(join(folder, 'res_ari.so')));
  // Built from source, it keeps its data in /var/lib/asterisk.
  const dataDir = [
    join(prefix, 'share/asterisk'),
    join(prefix, 'var/lib/asterisk'),
    '/var/lib/asterisk',
  ].find((folder) => existsSync(join(folder, 'documentation')));
  if (!moduleDir || !dataDir)
    return { unusable: `the modules or data of ${program} are not in a known folder` };
  return { command: [program], moduleDir, dataDir, version };
}

async function askVersion(command: string[]): Promise<{ version: string; usable: boolean }> {
  const { lastLines } = await runToEnd([...command, '-V']);
  const version = parseAsteriskVersion(lastLines.join('\n'));
  if (!version) return { version: lastLines[0] ?? 'a program that does not tell its version', usable: false };
  return { version: version.text, usable: isUsableAsterisk(version) };
}
