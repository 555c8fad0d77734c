import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { browserEnvironment, japaneseFont } from './browser-environment.js';
import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import { findOnPath } from './installed-program.js';
import { TestbedError } from './testbed-error.js';

export interface BrowserInstall {
  executable: string;
  /** What it needs in its environment, beside what is there. */
  environment: Record<string, string>;
}

/**
 * A Chromium without a window: the installed one, else that of this machine's own release with a Japanese font,
 * unpacked into the cache (500 MB on disk, about 30 s; at once from then on).
 *
 * @throws TestbedError `unpackFailed` when it lies elsewhere; what unpackDebianPackages throws
 */
export async function findChromium(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<BrowserInstall> {
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    const executable = await findOnPath(name);
    if (executable !== undefined) return { executable, environment: {} };
  }
  const unpacked = await unpackDebianPackages({
    ...options,
    name: 'chromium',
    packages: ['chromium', japaneseFont],
    suite: 'machine',
  });
  // Not the wrapper in usr/bin, which looks for everything where an installation would have put it.
  const executable = join(unpacked.root, 'usr/lib/chromium/chromium');
  if (!existsSync(executable)) throw new TestbedError('unpackFailed', `there is no ${executable}`);
  return { executable, environment: browserEnvironment(unpacked) };
}
