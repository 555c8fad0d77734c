import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export interface BoardPageOptions {
  port: number;
  token: string;
  /** After `/wallboard`. */
  search?: string;
  width?: number;
  height?: number;
  dark?: boolean;
}

/** A page of the console, and everything that the browser complained of while it was open. */
export interface OpenPage {
  page: Page;
  complaints: string[];
}

/** Opens the wallboard as a display with the token does: by the login page. */
export async function openBoard(
  browser: Browser,
  { port, token, search = '', width = 1920, height = 1080, dark = false }: BoardPageOptions,
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    locale: 'ja-JP',
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // A request that is refused or fails is part of what is tried here.
    if (message.type() === 'error' && !/Failed to load resource|WebSocket connection/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  await page.goto(`http://127.0.0.1:${port}/wallboard${search}`);
  await page.getByRole('button', { name: '表示用のトークンで入る' }).click();
  await page.getByLabel('トークン').fill(token);
  await page.getByRole('button', { name: 'ログインする' }).click();
  await page.getByTestId('freshness').waitFor({ timeout: 20_000 });
  return { page, complaints };
}

/** What axe finds wrong that keeps people out: ids of rules, with the elements. */
export async function seriousFindings(page: Page): Promise<string[]> {
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
