import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { downloadArchives, makeAptArea, planDownload, updateIndex, type AptArea } from './apt-area.js';
import { findAptSource, identifyMachine } from './apt-source.js';
import { cacheFolder } from './cache-folder.js';
import { runToEnd } from './child-process.js';
import { withFolderLock } from './folder-lock.js';
import { TestbedError } from './testbed-error.js';
import { describeRoot, type UnpackedRoot } from './unpacked-program.js';

/** Unpacking is half decompression, half writing: two at a time keep two cores busy. */
const UNPACK_AT_ONCE = 2;
/** Part of a folder's digest: raise it when what is put into the folder changes. */
const LAYOUT = 1;

export interface UnpackProgress {
  /** `wait`: another process is unpacking the same; `done` are the seconds waited, `total` is 0. */
  phase: 'wait' | 'index' | 'download' | 'unpack';
  done: number;
  total: number;
}

export interface UnpackRequest {
  /** A word for the cache folder's name. */
  name: string;
  packages: readonly string[];
  /** `machine` for the release this machine runs, else a Debian suite such as `sid`. */
  suite: string;
  /** Default `main`. */
  components?: readonly string[];
  /** Default cacheFolder(). */
  cache?: string;
  onProgress?: (progress: UnpackProgress) => void;
}

/**
 * Downloads Debian packages with their dependencies (no recommendations) and unpacks them into a
 * folder of the cache, without root and without touching the machine's own packages. Nothing is
 * configured: no maintainer script runs. An existing folder is used as it is, however old.
 *
 * @throws TestbedError `notDebian`, `wrongArchitecture`, `noPackageSource`, `downloadFailed`, `noDiskSpace`, `unpackFailed`
 */
export async function unpackDebianPackages(request: UnpackRequest): Promise<UnpackedRoot> {
  const { architecture, codename } = await identifyMachine();
  const components = request.components ?? ['main'];
  const suite = request.suite === 'machine' ? codename : request.suite;
  const digest = createHash('sha256')
    .update(JSON.stringify([LAYOUT, architecture, suite, components, request.packages]))
    .digest('hex')
    .slice(0, 10);
  const cache = request.cache ?? cacheFolder();
  const target = join(cache, `${request.name}-${suite}-${digest}`);
  const report = request.onProgress ?? (() => undefined);

  if (!existsSync(target)) {
    await mkdir(cache, { recursive: true });
    await withFolderLock(
      `${target}.lock`,
      async () => {
        if (!existsSync(target)) await fetchAndUnpack(request, components, target, report);
      },
      (seconds) => report({ phase: 'wait', done: seconds, total: 0 }),
    );
  }
  return describeRoot(target, architecture);
}

async function fetchAndUnpack(
  request: UnpackRequest,
  components: readonly string[],
  target: string,
  report: (progress: UnpackProgress) => void,
): Promise<void> {
  const source = await findAptSource({ suite: request.suite, components });
  const work = `${target}.work`;
  // We hold the lock, so whatever lies there was left by an attempt that was killed.
  await rm(work, { recursive: true, force: true });
  try {
    const area = await makeAptArea(join(work, 'apt'), source);
    report({ phase: 'index', done: 0, total: 1 });
    await updateIndex(area);
    report({ phase: 'index', done: 1, total: 1 });

    const { count } = await planDownload(area, request.packages);
    report({ phase: 'download', done: 0, total: count });
    await downloadArchives(area, request.packages, (done) =>
      report({ phase: 'download', done, total: count }),
    );

    const root = join(work, 'root');
    await mkdir(root);
    await unpackAll(area, root, report);
    await rename(root, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function unpackAll(
  area: AptArea,
  root: string,
  report: (progress: UnpackProgress) => void,
): Promise<void> {
  const archives = (await readdir(area.archives)).filter((name) => name.endsWith('.deb')).sort();
  const waiting = [...archives];
  let done = 0;
  report({ phase: 'unpack', done, total: archives.length });
  const unpackNext = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await unpackOne(join(area.archives, name), root);
      report({ phase: 'unpack', done: ++done, total: archives.length });
    }
  };
  await Promise.all(Array.from({ length: UNPACK_AT_ONCE }, unpackNext));
  // Which versions lie here, for bug reports and for credits.
  await writeFile(join(root, 'packages.txt'), archives.map((name) => `${name}\n`).join(''));
}

async function unpackOne(archive: string, root: string): Promise<void> {
  // As root, tar would keep owners this machine may not know, and programs that run as their owner.
  const script =
    'set -o pipefail; dpkg-deb --fsys-tarfile "$1" | tar -x --no-same-owner --no-same-permissions -C "$2"';
  const { code, lastLines } = await runToEnd(['bash', '-c', script, 'unpack', archive, root]);
  if (code === 0) return;
  throw new TestbedError(
    'unpackFailed',
    `パッケージを展開できません。 / Could not unpack ${archive}. Is the disk full?`,
    lastLines.slice(-4),
  );
}
