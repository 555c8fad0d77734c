import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { projectRoot } from '../../src/project-root.js';
import { until } from '../../src/testbed/until.js';
import { BoardTown } from '../support/board-town.js';
import { openBoard, type BoardPageOptions } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';

const folder = join(projectRoot, 'docs/images');
mkdirSync(folder, { recursive: true });

const shots: { name: string; options: Omit<BoardPageOptions, 'port' | 'user'> }[] = [
  { name: 'wallboard-light', options: { search: '?names=1', width: 1366, height: 768 } },
  { name: 'wallboard-dark', options: { search: '?names=1', width: 1366, height: 768, dark: true } },
  { name: 'wallboard-privacy', options: { width: 1366, height: 768 } },
  { name: 'wallboard-tv', options: { search: '?tv=1', dark: true } },
  { name: 'wallboard-phone', options: { width: 390, height: 844 } },
];

const town = await BoardTown.open();
const browser = await openBrowser();
try {
  const { port, user } = await town.startService();
  const pages: { name: string; page: Page }[] = [];
  for (const { name, options } of shots) {
    pages.push({ name, page: (await openBoard(browser, { port, user, ...options })).page });
  }
  const setUp = await openBoard(browser, { port, user, width: 1366, height: 768 });
  await setUp.page.getByRole('button', { name: '設定', exact: true }).click();
  await setUp.page.getByLabel('置き場所').waitFor();
  const tv = await browser.newPage({ viewport: { width: 1280, height: 720 } });
  await tv.goto(`http://127.0.0.1:${port}/tv`);
  await tv.getByTestId('code').waitFor();
  const login = await browser.newPage({ viewport: { width: 1000, height: 720 } });
  await login.goto(`http://127.0.0.1:${port}/`);
  await login.getByRole('heading').waitFor();

  await town.makeBusy();
  for (const { name, page } of pages) await take(name, page);
  await take('wallboard-settings', setUp.page);
  await take('tv-pairing', tv);
  await take('login', login);

  const [first] = pages;
  if (!first) throw new Error('no page');
  await town.stopService();
  await until(() => first.page.getByTestId('stale').isVisible(), {
    what: 'the board is marked as old',
    timeoutMs: 10_000,
  });
  await take('wallboard-stale', first.page);
} finally {
  await browser.close();
  await town.close();
}

async function take(name: string, page: Page): Promise<void> {
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  process.stdout.write(`${path}\n`);
}
