import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { findOnPath } from './installed-program.js';
import { sourceUriIn, type Distribution } from './sources-list.js';
import { TestbedError } from './testbed-error.js';

const run = promisify(execFile);

export type Architecture = 'amd64' | 'arm64';

/** Where a set of packages comes from. */
export interface AptSource {
  uri: string;
  suite: string;
  components: readonly string[];
  architecture: Architecture;
  /** The keys that must have signed the suite; undefined leaves it to apt's own trusted keys. */
  keyring: string | undefined;
}

/** The machine's own distribution and release. */
export interface Machine {
  distribution: Distribution;
  codename: string;
  architecture: Architecture;
}

/** @throws TestbedError `notDebian` or `wrongArchitecture` */
export async function identifyMachine(): Promise<Machine> {
  for (const tool of ['apt-get', 'dpkg', 'dpkg-deb', 'tar', 'bash']) {
    if (await findOnPath(tool)) continue;
    throw new TestbedError(
      'notDebian',
      `この機能には Debian か Ubuntu が必要です（${tool} が見つかりません）。` +
        ` / This needs Debian or Ubuntu: ${tool} is not on PATH.` +
        ' Elsewhere, install Asterisk 22.9 or newer and MariaDB 10.11 or newer yourself.',
    );
  }
  const release = parseOsRelease(await readFile('/etc/os-release', 'utf8').catch(() => ''));
  const { stdout } = await run('dpkg', ['--print-architecture']);
  const architecture = stdout.trim();
  if (architecture !== 'amd64' && architecture !== 'arm64') {
    throw new TestbedError(
      'wrongArchitecture',
      `amd64 と arm64 だけに対応しています。 / Only amd64 and arm64 are supported, not ${architecture}.`,
    );
  }
  return {
    distribution: release.get('ID') === 'ubuntu' ? 'ubuntu' : 'debian',
    codename: release.get('VERSION_CODENAME') ?? 'stable',
    architecture,
  };
}

/**
 * Finds the address from which this machine gets its packages and the keys to check them with: no
 * mirror's address is written into this project.
 *
 * @param wanted `suite` 'machine' is the machine's own release; anything else is one of Debian's
 * @throws TestbedError `noPackageSource`, and what identifyMachine throws
 */
export async function findAptSource(
  wanted: { suite: string; components: readonly string[] },
  env: NodeJS.ProcessEnv = process.env,
): Promise<AptSource> {
  const machine = await identifyMachine();
  const isOwn = wanted.suite === 'machine';
  const distribution = isOwn ? machine.distribution : 'debian';
  const given = distribution === 'debian' ? env.GENKIDESU_DEBIAN_MIRROR : undefined;
  const uri = given ?? (await knownToApt(distribution)) ?? (await writtenInSourcesLists(distribution));
  if (!uri) {
    const name = distribution === 'debian' ? 'Debian' : 'Ubuntu';
    throw new TestbedError(
      'noPackageSource',
      `apt の設定に ${name} の配布元がありません。 / apt's configuration names no ${name} mirror.` +
        ' Set GENKIDESU_DEBIAN_MIRROR to the address of a Debian mirror (and install debian-archive-keyring).',
    );
  }
  return {
    uri,
    suite: isOwn ? machine.codename : wanted.suite,
    components: wanted.components,
    architecture: machine.architecture,
    keyring: [
      `/usr/share/keyrings/${distribution}-archive-keyring.gpg`,
      `/usr/share/keyrings/${distribution}-archive-keyring.pgp`,
    ].find((path) => existsSync(path)),
  };
}

/** Answers nothing before the machine's first `apt-get update`: the label is in the downloaded index. */
async function knownToApt(distribution: Distribution): Promise<string | undefined> {
  const label = distribution === 'debian' ? 'Label: Debian' : 'Label: Ubuntu';
  try {
    const { stdout } = await run('apt-get', [
      'indextargets',
      '--format',
      '$(REPO_URI)',
      'Created-By: Packages',
      label,
    ]);
    return stdout.split('\n').find((line) => line !== '' && !line.startsWith('cdrom:'));
  } catch {
    return undefined;
  }
}

async function writtenInSourcesLists(distribution: Distribution): Promise<string | undefined> {
  const parts = await readdir('/etc/apt/sources.list.d').catch(() => []);
  const paths = ['/etc/apt/sources.list', ...parts.map((name) => join('/etc/apt/sources.list.d', name))];
  for (const path of paths.filter((each) => /\.(list|sources)$/.test(each))) {
    const text = await readFile(path, 'utf8').catch(() => '');
    const uri = sourceUriIn(text, path.endsWith('.sources') ? 'deb822' : 'lines', distribution);
    if (uri) return uri;
  }
  return undefined;
}

function parseOsRelease(text: string): Map<string, string> {
  const fields = [...text.matchAll(/^([A-Z_]+)="?([^"\n]*)"?$/gm)];
  return new Map(fields.map(([, key = '', value = '']) => [key, value]));
}
