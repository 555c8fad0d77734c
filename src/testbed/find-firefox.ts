import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { browserEnvironment, japaneseFont } from './browser-environment.js';
import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import type { BrowserInstall } from './find-chromium.js';
import { findOnPath } from './installed-program.js';
import { TestbedError } from './testbed-error.js';

/**
 * A Firefox ESR, as offices have it: the installed one, else that of this machine's own release with a Japanese font,
 * unpacked into the cache (400 MB on disk).
 *
 * @throws TestbedError `unpackFailed` when it lies elsewhere; what unpackDebianPackages throws
 */
export async function findFirefox(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<BrowserInstall> {
  const installed = await findOnPath('firefox-esr');
  if (installed !== undefined) return { executable: installed, environment: {} };
  const unpacked = await unpackDebianPackages({
    ...options,
    name: 'firefox',
    packages: ['firefox-esr', japaneseFont],
    suite: 'machine',
  });
  // Not usr/bin's link, which leads to where an installation would have put it.
  const executable = join(unpacked.root, 'usr/lib/firefox-esr/firefox-esr');
  if (!existsSync(executable)) throw new TestbedError('unpackFailed', `there is no ${executable}`);
  return { executable, environment: browserEnvironment(unpacked) };
}
