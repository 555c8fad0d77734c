import { mkdir, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AptSource } from './apt-source.js';
import { runToEnd } from './child-process.js';
import { TestbedError } from './testbed-error.js';

/** An unpacked package takes about four times its archive's size, and both lie there for a while. */
const UNPACKED_PER_ARCHIVE_BYTE = 5;
const ALMOST_NO_BYTES = 64 * 1024 * 1024;

/** A state folder of apt's own, apart from the machine's: nothing in it needs root. */
export interface AptArea {
  folder: string;
  archives: string;
  config: string;
}

/** Lays out apt's state under `folder`, with `source` as its only source and no package installed. */
export async function makeAptArea(folder: string, source: AptSource): Promise<AptArea> {
  const area = { folder, archives: join(folder, 'cache/archives'), config: join(folder, 'apt.conf') };
  await mkdir(join(folder, 'state/lists/partial'), { recursive: true });
  await mkdir(join(area.archives, 'partial'), { recursive: true });
  await writeFile(join(folder, 'state/status'), '');
  await writeFile(join(folder, 'sources.list'), sourceLine(source));
  await writeFile(area.config, configText(folder));
  return area;
}

/** Downloads the source's index. @throws TestbedError `downloadFailed`, `noDiskSpace` */
export async function updateIndex(area: AptArea): Promise<void> {
  await apt(area, ['update']);
}

/**
 * Which archives `packages` and their dependencies are.
 *
 * @throws TestbedError `downloadFailed` when one is unknown, `noDiskSpace` when they will not fit
 */
export async function planDownload(area: AptArea, packages: readonly string[]): Promise<{ count: number }> {
  let count = 0;
  let bytes = 0;
  await apt(area, ['install', '-y', '-d', '--print-uris', ...packages], (line) => {
    const size = /^'\S+' \S+ (\d+)/.exec(line)?.[1];
    if (size === undefined) return;
    count++;
    bytes += Number(size);
  });
  const free = await freeBytes(area.folder);
  const needed = bytes * UNPACKED_PER_ARCHIVE_BYTE;
  if (free < needed)
    throw noDiskSpace(area.folder, `${megabytes(needed)} MB needed, ${megabytes(free)} MB free`);
  return { count };
}

/** Downloads the archives. @throws TestbedError `downloadFailed`, `noDiskSpace` */
export async function downloadArchives(
  area: AptArea,
  packages: readonly string[],
  onArchive: (done: number) => void,
): Promise<void> {
  await apt(area, ['install', '-y', '-d', '-q', ...packages], (line) => {
    const done = /^Get:(\d+) /.exec(line)?.[1];
    if (done !== undefined) onArchive(Number(done));
  });
}

async function apt(area: AptArea, args: string[], onLine?: (line: string) => void): Promise<void> {
  const env = { ...process.env, LC_ALL: 'C', DEBIAN_FRONTEND: 'noninteractive' };
  const options = onLine ? { env, onLine } : { env };
  const { code, lastLines } = await runToEnd(['apt-get', '-c', area.config, ...args], options);
  if (code === 0) return;
  if ((await freeBytes(area.folder)) < ALMOST_NO_BYTES) throw noDiskSpace(area.folder, 'the disk is full');
  throw new TestbedError(
    'downloadFailed',
    'Debian のパッケージを取得できません。ネットワーク（プロキシ）と時計を確認して、もう一度実行してください。' +
      ' / Could not get the Debian packages. Check the network (or proxy) and the clock, then try again.',
    lastLines.filter((line) => /^[EW]:|^Err/.test(line)).slice(-6),
  );
}

function sourceLine(source: AptSource): string {
  // Only package indexes: a desktop's apt would fetch icons and translations for the suite as well.
  const options = [`arch=${source.architecture}`, 'target=Packages'];
  if (source.keyring !== undefined) options.push(`signed-by=${source.keyring}`);
  return `deb [${options.join(' ')}] ${source.uri} ${source.suite} ${source.components.join(' ')}\n`;
}

/** The machine's own configuration is read first (it may name a proxy); this goes on top of it. */
function configText(folder: string): string {
  return `
Dir::Etc::sourcelist "${folder}/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
Dir::State "${folder}/state";
Dir::State::lists "lists/";
Dir::State::status "${folder}/state/status";
Dir::Cache "${folder}/cache";
Dir::Cache::archives "archives/";
APT::Install-Recommends "false";
APT::Install-Suggests "false";
APT::Default-Release "";
APT::Keep-Downloaded-Packages "true";
// As root, apt would download as the user _apt, who may not write here.
APT::Sandbox::User "root";
// Without this an index that could not be fetched is only a warning.
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "3";
// Hooks of the machine (package caches, desktop catalogues) are about its own packages.
#clear APT::Update::Pre-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
`;
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

function noDiskSpace(folder: string, detail: string): TestbedError {
  return new TestbedError(
    'noDiskSpace',
    `ディスクの空きが足りません。 / Not enough disk space in ${folder}: ${detail}.` +
      ' Free some, or set GENKIDESU_CACHE to a folder on a larger disk.',
  );
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}
