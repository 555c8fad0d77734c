import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UnpackedRoot } from './unpacked-program.js';

/** Japanese letters that are easy to tell apart; without any, every character is an empty box. */
export const japaneseFont = 'fonts-morisawa-bizud-gothic';

/** What an unpacked browser needs around it: it starts itself again for each page, so that our usual way, through the loader, does not hold. */
export function browserEnvironment({ root, libraryPath, triplet }: UnpackedRoot): Record<string, string> {
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
