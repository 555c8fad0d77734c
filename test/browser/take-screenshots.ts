import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { projectRoot } from '../../src/project-root.js';
import { measureBoard } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { addressOf, everyPage, type PageToSee } from '../support/every-page.js';
import { openSettled, type Looks } from '../support/settled-page.js';
import { MonthTown } from '../support/month-town.js';
import { smallPng } from '../support/small-png.js';
import { isLive, takeLivePictures } from './take-live-pictures.js';

/** `npm run screenshots [-- [--into <folder>] [--dark] [--large] [picture…]]`: pictures of every page, as docs/images has them. */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { into: { type: 'string' }, dark: { type: 'boolean' }, large: { type: 'boolean' } },
});
const folder = values.into ?? join(projectRoot, 'docs/images');
mkdirSync(folder, { recursive: true });

const wanted = (picture: string): boolean => positionals.length === 0 || positionals.includes(picture);
const widths = { wide: { width: 1366, height: 768 }, narrow: { width: 390, height: 844 } } as const;
/** What lies below is more of the same. */
const longest = { wide: 1500, narrow: 2400 } as const;

const browser = await openBrowser();
try {
  await takeStillPictures(browser);
  if (everyPage.some((one) => isLive(one) && wanted(one.picture)))
    await takeLivePictures(browser, { take, widths, wanted });
} finally {
  await browser.close();
}

async function takeStillPictures(browser: Browser): Promise<void> {
  const still = everyPage.filter((one) => wanted(one.picture) && !isLive(one));
  if (still.length === 0 && !wanted('login')) return;
  const town = await MonthTown.open();
  try {
    for (const one of still)
      for (const [name, size] of Object.entries(widths))
        await takePage(browser, town, one, { ...size, name: name as keyof typeof widths });
    if (wanted('login'))
      for (const [name, size] of Object.entries(widths)) {
        const looks = { ...size, ...values, zone: town.zone };
        const page = await openSettled(browser, { port: town.port, path: '/', looks });
        await take(`login-${name}`, page);
        await page.context().close();
      }
  } finally {
    await town.close();
  }
}

async function takePage(
  browser: Browser,
  town: MonthTown,
  one: PageToSee,
  { name, ...size }: { name: keyof typeof widths; width: number; height: number },
): Promise<void> {
  const looks: Looks = { ...size, dark: values.dark ?? false, large: values.large ?? false, zone: town.zone };
  const at = { port: town.port, path: addressOf(one, town.ids), user: town.users[one.as], looks };
  const page = await openSettled(browser, at);
  // The zone in which it is morning now is the pictures' own.
  await page.evaluate(`for (const one of document.querySelectorAll('#content *'))
    for (const text of one.childNodes)
      if (text.nodeType === 3) text.data = text.data.replace('${town.zone}', 'Asia/Tokyo')`);
  await take(`${one.picture}-${name}`, page, longest[name]);
  await page.context().close();
}

/** @param most the height up to which a page that is longer than the window is shown */
async function take(name: string, page: Page, most?: number): Promise<void> {
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  const { height: whole } = await measureBoard(page);
  const height = Math.min(most ?? size.height, Math.max(whole, size.height));
  // A window as high as that: what lies below a window is not drawn before it is scrolled to.
  await page.setViewportSize({ width: size.width, height });
  const png = await page.screenshot({ animations: 'disabled' });
  const path = join(folder, `${name}.png`);
  rmSync(path, { force: true });
  writeFileSync(path, smallPng(png));
  process.stdout.write(`${path}\n`);
}
