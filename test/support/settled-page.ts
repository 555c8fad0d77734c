import type { Browser, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { openPage } from './board-page.js';
import type { ConsoleUser } from './console-users.js';

/** How a browser is set up. */
export interface Looks {
  width: number;
  height: number;
  dark?: boolean | undefined;
  /** Half as large again. */
  large?: boolean | undefined;
  zone?: string;
}

/** Opens a page and waits until it has what it asks for. */
export async function openSettled(
  browser: Browser,
  { port, path, user, looks }: { port: number; path: string; user?: ConsoleUser; looks: Looks },
): Promise<Page> {
  const { page } = await openPage(browser, {
    ...{ port, path, width: looks.width, height: looks.height, dark: looks.dark ?? false },
    ...(looks.zone !== undefined && { zone: looks.zone }),
    ...(user && { user }),
  });
  await settle(page);
  if (looks.large) await printLarge(page, 150);
  return page;
}

/** Waits until a page shows what it is about, and waits for nothing more. */
export async function settle(page: Page): Promise<void> {
  await page.getByRole('heading').first().waitFor({ timeout: 20_000 });
  await page.waitForLoadState('networkidle');
  await until(async () => (await page.locator('.mantine-Loader-root').count()) === 0, {
    what: 'the page has loaded',
    timeoutMs: 20_000,
  });
}

/** Sets the size of a page's letters in per cent, as the page's own setting does. */
export async function printLarge(page: Page, letters: number): Promise<void> {
  await page.evaluate(`document.documentElement.style.fontSize = '${letters}%'`);
}
