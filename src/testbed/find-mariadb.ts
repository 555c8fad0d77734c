import { existsSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { runToEnd } from './child-process.js';
import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import { findServer } from './installed-program.js';
import { isUsableMariadb, parseMariadbVersion } from './program-version.js';
import { TestbedError } from './testbed-error.js';
import { unpackedCommand } from './unpacked-program.js';

export interface MariadbInstall {
  /** The argv prefix that runs `mariadbd`. */
  command: string[];
  /** For `--basedir`. */
  baseDir: string;
  /** For `--lc-messages-dir`; the SQL that makes the system tables lies here too. */
  shareDir: string;
  version: string;
}

/**
 * A MariaDB server ≥ 10.11: the installed one when it is that, else the one of this machine's own
 * release, unpacked into the cache (70 MB on disk, about 4 s; at once from then on).
 *
 * @throws TestbedError `wrongVersion` when this machine's release is too old; what unpackDebianPackages throws
 */
export async function findMariadb(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<MariadbInstall> {
  const program = await findServer('mariadbd');
  const installed = program && (await describeInstall([program], dirname(dirname(await realpath(program)))));
  if (installed) return installed;

  // The server alone: the package mariadb-server adds a system service, Perl and 70 more packages.
  const unpacked = await unpackDebianPackages({
    ...options,
    name: 'mariadb',
    packages: ['mariadb-server-core'],
    suite: 'machine',
  });
  const command = unpackedCommand(unpacked, 'usr/sbin/mariadbd');
  const install = await describeInstall(command, join(unpacked.root, 'usr'));
  if (install) return install;
  throw new TestbedError(
    'wrongVersion',
    `MariaDB 10.11 以上が必要です。 / MariaDB 10.11 or newer is needed, and ${unpacked.root} is none.` +
      ' Install one.',
  );
}

/** @returns undefined when it is too old or its parts are not where they should be */
async function describeInstall(command: string[], baseDir: string): Promise<MariadbInstall | undefined> {
  const { lastLines } = await runToEnd([...command, '--no-defaults', '--version']);
  const version = parseMariadbVersion(lastLines.join('\n'));
  const shareDir = ['share/mysql', 'share/mariadb', 'share']
    .map((folder) => join(baseDir, folder))
    .find((folder) => existsSync(join(folder, 'english/errmsg.sys')));
  if (!version || !isUsableMariadb(version) || shareDir === undefined) return undefined;
  return { command, baseDir, shareDir, version: version.text };
}
