import type { Browser, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { openBoard, openPage, type BoardPageOptions } from '../support/board-page.js';
import { BoardTown } from '../support/board-town.js';
import { everyPage, type PageToSee } from '../support/every-page.js';
import { settle } from '../support/settled-page.js';

const [width, height] = [1366, 768];

const boards: { name: string; options: Omit<BoardPageOptions, 'port' | 'user'> }[] = [
  { name: 'wallboard-wide', options: { search: '?names=1', width, height } },
  { name: 'wallboard-dark', options: { search: '?names=1', width, height, dark: true } },
  { name: 'wallboard-privacy', options: { width, height } },
  { name: 'wallboard-tv', options: { search: '?tv=1', dark: true } },
  { name: 'wallboard-narrow', options: { width: 390, height: 844 } },
];

const livePaths = ['/wallboard', '/desk', '/supervise', '/tasks', '/messages', '/trunk'];

/** Whether a page shows what an exchange does at this moment. */
export function isLive({ path }: PageToSee): boolean {
  return livePaths.includes(path);
}

/** Takes the pages that show the moment, in a town where calls go on at real exchanges. */
export async function takeLivePictures(
  browser: Browser,
  {
    take,
    widths,
    wanted,
  }: {
    take: (name: string, page: Page, most?: number) => Promise<void>;
    widths: Readonly<Record<string, { width: number; height: number }>>;
    wanted: (picture: string) => boolean;
  },
): Promise<void> {
  const town = await BoardTown.open();
  try {
    const { port, users } = await town.startService();
    const user = users.tenantAdmin;
    const pages: { name: string; page: Page; most?: number }[] = [];
    for (const { name, options } of wanted('wallboard') ? boards : [])
      pages.push({ name, page: (await openBoard(browser, { port, user, ...options })).page });
    for (const { path, picture, as } of everyPage.filter((one) => isLive(one) && one.path !== '/wallboard'))
      for (const [name, size] of Object.entries(wanted(picture) ? widths : {})) {
        const { page } = await openPage(browser, {
          port,
          user: users[as as keyof typeof users],
          path,
          ...size,
        });
        pages.push({ name: `${picture}-${name}`, page, most: name === 'wide' ? 1500 : 2400 });
      }
    const setUp = await openBoard(browser, { port, user, width, height });
    await setUp.page.getByRole('button', { name: '設定', exact: true }).click();
    await setUp.page.getByLabel('置き場所').waitFor();
    const tv = await browser.newPage({ viewport: { width: 1280, height: 720 } });
    await tv.goto(`http://127.0.0.1:${port}/tv`);
    await tv.getByTestId('code').waitFor();

    await town.makeBusy();
    for (const { name, page, most } of pages) {
      if (most !== undefined) await settle(page);
      await take(name, page, most);
    }
    if (!wanted('wallboard')) return;
    await take('wallboard-settings', setUp.page);
    await take('tv-pairing', tv);
    const [first] = pages;
    if (!first) throw new Error('no page');
    await town.stopService();
    await until(() => first.page.getByTestId('stale').isVisible(), {
      what: 'the board is marked as old',
      timeoutMs: 10_000,
    });
    await take('wallboard-stale', first.page);
  } finally {
    await town.close();
  }
}
