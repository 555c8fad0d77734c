import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../testbed/find-chromium.js';
import { BenchError } from './bench-error.js';

/** What an office has on its desks: 1366×768, Japanese. */
const desk = { viewport: { width: 1366, height: 768 }, locale: 'ja-JP' };

/** Opens a browser without a window. @throws BenchError where the developers' packages are not installed */
export async function openBenchBrowser(): Promise<Browser> {
  const { executable, environment } = await findChromium();
  let playwright: typeof import('playwright-core');
  try {
    // Only who develops has this library: the service itself must start without it.
    playwright = await import('playwright-core');
  } catch (error) {
    throw new BenchError('playwright-core is missing: npm ci --include=dev', { cause: error });
  }
  return playwright.chromium.launch({
    executablePath: executable,
    env: { ...process.env, ...environment },
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
}

/** @param shown what its pages are looked at for: see timeToShow */
export async function openDesk(
  browser: Browser,
  baseUrl: string,
  { session, shown }: { session: string; shown: string },
): Promise<Page> {
  const context = await browser.newContext(desk);
  await context.addCookies([{ name: 'genkidesu', value: session, url: baseUrl }]);
  const page = await context.newPage();
  // Before the page's own scripts, so that nothing shown is missed.
  await page.addInitScript(watchFor(shown));
  return page;
}

/**
 * Goes to a page and says when the looked-for element stood on the screen: from the click to the frame that shows it.
 *
 * @param slowdown how many times slower the computer is than this one
 * @returns milliseconds
 */
export async function timeToShow(page: Page, url: string, slowdown = 1): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  try {
    await page.goto(url, { waitUntil: 'commit' });
    // The page's rules forbid to look again and again by a text of code: it tells by itself.
    return await page.evaluate<number>('globalThis.shownAtMs');
  } catch (error) {
    const there = await page.locator('body').innerText();
    throw new BenchError(`the page did not show what it should, but: ${there.slice(0, 500)}`, {
      cause: error,
    });
  } finally {
    await session.detach();
  }
}

/** A promise in the page of when the element was painted; times in a page count from where it was asked for. */
function watchFor(selector: string): string {
  return `globalThis.shownAtMs = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('not shown within a minute: ' + ${JSON.stringify(selector)})), 60_000);
    const look = () => {
      if (!document.querySelector(${JSON.stringify(selector)})) return requestAnimationFrame(look);
      requestAnimationFrame(() => resolve(performance.now()));
    };
    look();
  });`;
}
