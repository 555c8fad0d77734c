import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackDebianPackages, type UnpackProgress } from './debian-packages.js';
import { findOnPath } from './installed-program.js';
import { TestbedError } from './testbed-error.js';
import type { UnpackedRoot } from './unpacked-program.js';

export interface ChromiumInstall {
  executable: string;
  /** What it needs in its environment, beside what is there. */
  environment: Record<string, string>;
}

/** Japanese letters that are easy to tell apart; without any, every character is an empty box. */
const japaneseFont = 'fonts-morisawa-bizud-gothic';

/**
 * A Chromium without a window: the installed one, else that of this machine's own release with a Japanese font,
 * unpacked into the cache (500 MB on disk, about 30 s; at once from then on).
 *
 * @throws TestbedError `unpackFailed` when it lies elsewhere; what unpackDebianPackages throws
 */
export async function findChromium(
  options: { cache?: string; onProgress?: (progress: UnpackProgress) => void } = {},
): Promise<ChromiumInstall> {
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
  return { executable, environment: environmentOf(unpacked) };
}

/** It starts itself again for each page, so that our usual way, through the loader, does not hold. */
function environmentOf({ root, libraryPath, triplet }: UnpackedRoot): Record<string, string> {
  const fonts = join(root, 'fonts.conf');
  if (!existsSync(fonts)) writeFileSync(fonts, fontSettings(root));
  return {
    LD_LIBRARY_PATH: `${libraryPath}:${join(root, 'usr/lib', triplet, 'pulseaudio')}`,
    FONTCONFIG_FILE: fonts,
  };
}

function fontSettings(root: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(root, 'usr/share/fonts')}</dir>
  <cachedir>${join(root, 'var/cache/fontconfig')}</cachedir>
  <alias><family>sans-serif</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
  <alias><family>system-ui</family><prefer><family>BIZ UDPGothic</family></prefer></alias>
</fontconfig>
`;
}
