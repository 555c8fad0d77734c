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

export async function openDesk(browser: Browser, baseUrl: string, sessionToken: string): Promise<Page> {
  const context = await browser.newContext(desk);
  await context.addCookies([{ name: 'genkidesu', value: sessionToken, url: baseUrl }]);
  return context.newPage();
}

/**
 * Goes to a page and says when something stood on the screen: from the click to the frame that shows it.
 *
 * @param slowdown how many times slower the computer is than this one
 * @returns milliseconds
 */
export async function timeToShow(
  page: Page,
  { url, selector, slowdown = 1 }: { url: string; selector: string; slowdown?: number },
): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
  try {
    // Before the page's own scripts, so that nothing shown is missed.
    const script = await session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: watchFor(selector),
    });
    await page.goto(url, { waitUntil: 'commit' });
    const shown = await page.waitForFunction('globalThis.shownAtMs', undefined, { timeout: 60_000 });
    const ms = Number(await shown.jsonValue());
    await session.send('Page.removeScriptToEvaluateOnNewDocument', script);
    return ms;
  } finally {
    await session.detach();
  }
}

/** Notes in the page when the element came and was painted; times in a page count from where it was asked for. */
function watchFor(selector: string): string {
  return `(() => {
    const look = () => {
      if (!document.querySelector(${JSON.stringify(selector)})) return requestAnimationFrame(look);
      requestAnimationFrame(() => { globalThis.shownAtMs = performance.now(); });
    };
    look();
  })();`;
}
