import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Locator, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import type { ConsoleUser } from './console-users.js';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface BoardPageOptions {
  port: number;
  /** Logged in already; without it, the page that comes is the login. */
  user?: ConsoleUser;
  /** After `/wallboard`. */
  search?: string;
  width?: number;
  height?: number;
  dark?: boolean;
  /** Where the browser thinks it is. */
  zone?: string;
}

interface PageOptions extends Omit<BoardPageOptions, 'search'> {
  path: string;
}

/** A page of the console, and everything that the browser complained of while it was open. */
export interface OpenPage {
  page: Page;
  complaints: string[];
}

/** Opens a page of the console and listens to the browser's complaints. */
export async function openPage(
  browser: Browser,
  { port, user, width = 1920, height = 1080, dark = false, zone, path }: PageOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'ja-JP',
    ...(zone !== undefined && { timezoneId: zone }),
  });
  const url = `http://127.0.0.1:${port}`;
  if (user) await context.addCookies([{ name: 'genkidesu', value: user.sessionToken, url }]);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A request that is refused or fails is part of what is tried here.
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  await page.goto(`${url}${path}`);
  return { page, complaints };
}

/** Opens a list of choices and clicks one; a list that closes because the page moves is opened again. */
export async function choose(page: Page, box: Locator, words: string): Promise<void> {
  const option = page.getByRole('option', { name: words });
  await until(
    async () => {
      await box.click();
      if (
        await option.click({ timeout: 3000 }).then(
          () => true,
          () => false,
        )
      )
        return true;
      await page.keyboard.press('Escape');
      return false;
    },
    { what: `${words} is chosen`, timeoutMs: 30_000 },
  );
}

/** Opens the wallboard and waits until it is live. */
export async function openBoard(
  browser: Browser,
  { search = '', ...options }: BoardPageOptions,
): Promise<OpenPage> {
  const opened = await openPage(browser, { ...options, path: `/wallboard${search}` });
  await opened.page.getByTestId('freshness').waitFor({ timeout: 20_000 });
  return opened;
}

/** Logs in as people do. */
export async function logIn(page: Page, { mail, password }: ConsoleUser): Promise<void> {
  await page.getByLabel('メールアドレス').fill(mail);
  await page.getByLabel('パスワード').fill(password);
  await page.getByRole('button', { name: 'ログインする' }).click();
}

/** What axe finds wrong that keeps people out: ids of rules, with the elements. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(stillness);
  // Not as a script of the page: the page's policy lets none in.
  await page.evaluate(axeSource);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: AxeInPage };
    return (await axe.run()).violations;
  });
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

/** Runs in the page until what fades in or out has done so: half seen, its colours are nobody's choice. */
const stillness = `(async () => {
  const passing = (one) => one.playState === 'running' && one.effect?.getComputedTiming().endTime !== Infinity;
  for (let turns = 0; turns < 20; turns++) {
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const moving = document.getAnimations().filter(passing);
    if (moving.length === 0) return;
    await Promise.allSettled(moving.map(({ finished }) => finished));
  }
})()`;

interface AxeInPage {
  run(): Promise<{ violations: { id: string; impact: string | null; nodes: { html: string }[] }[] }>;
}

interface MeasuredElement {
  scrollWidth: number;
  scrollHeight: number;
  clientHeight: number;
  getAttribute(name: string): string | null;
}

interface DocumentInPage {
  documentElement: MeasuredElement;
  querySelectorAll(selector: string): Iterable<MeasuredElement>;
}

/** How large the page is, and which tiles show less than they hold. */
export async function measureBoard(
  page: Page,
): Promise<{ width: number; height: number; cutTiles: (string | null)[] }> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as { document: DocumentInPage };
    const { scrollWidth, scrollHeight } = document.documentElement;
    const cut = [...document.querySelectorAll('[data-tile]')].filter(
      (tile) => tile.scrollHeight > tile.clientHeight + 2,
    );
    return {
      width: scrollWidth,
      height: scrollHeight,
      cutTiles: cut.map((tile) => tile.getAttribute('data-tile')),
    };
  });
}

/**
 * Lets something happen; gives the seconds until the board was marked as old, by the page's own look at every frame.
 * Infinity: it was not, within half a minute.
 */
export async function secondsUntilOld(page: Page, happen: () => Promise<void> | void): Promise<number> {
  const marked = page.evaluate<number | null>(`new Promise((done) => {
    const end = Date.now() + 30_000;
    const look = () => {
      if (document.querySelector('[data-testid="stale"]')) done(Date.now());
      else if (Date.now() > end) done(null);
      else requestAnimationFrame(look);
    };
    look();
  })`);
  const began = Date.now();
  await happen();
  const at = await marked;
  return at === null ? Infinity : (at - began) / 1000;
}

/** Pages that scroll sideways on a phone or on an old screen. */
export async function tooWide(page: Page, url: string, paths: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const path of paths)
    for (const width of [390, 1366]) {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(`${url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      // With all that it asks for, and when that has found its place.
      await page.waitForLoadState('networkidle');
      const fits = async (): Promise<boolean> => (await measureBoard(page)).width <= width;
      const wait = { what: `${path} fits ${width}`, timeoutMs: 3000, everyMs: 100 };
      await until(fits, wait).catch(() => found.push(`${path} ${width}`));
    }
  return found;
}
