import type { Browser, Page } from 'playwright-core';
import { findChromium } from '../testbed/find-chromium.js';
import type { BoardRecord, CallLeft } from './board-lag.js';
import { neededForBench } from './needed-for-bench.js';
import type { BoardTicket } from './wallboard-town.js';

interface PageBoard {
  organizationId: number;
  page: Page;
  openedAt: number;
  left: CallLeft[];
}

/** Boards as people see them, in a Chromium without a window: one page each, with a login of its own. */
export class BoardPages {
  readonly #browser: Browser;
  readonly #boards: PageBoard[] = [];
  /** Faults that the pages met. */
  faults = 0;
  /** How often a page showed that its board is old. */
  stale = 0;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** @param port where the service listens */
  static async open(port: number, tickets: readonly BoardTicket[]): Promise<BoardPages> {
    const { chromium } = await neededForBench('playwright-core', () => import('playwright-core'));
    const { executable, environment } = await findChromium();
    const browser = await chromium.launch({
      executablePath: executable,
      env: { ...process.env, ...environment },
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
    const pages = new BoardPages(browser);
    try {
      for (const ticket of tickets) await pages.#openOne(`http://127.0.0.1:${port}`, ticket);
      return pages;
    } catch (error) {
      await browser.close();
      throw error;
    }
  }

  /** Takes over what the pages have noted; called now and then, so that it does not pile up there. */
  async collect(): Promise<readonly BoardRecord[]> {
    for (const board of this.#boards) {
      const { left, stale } = await board.page.evaluate(takeNotes);
      board.left.push(...left);
      this.stale += stale;
    }
    return this.#boards;
  }

  async close(): Promise<void> {
    await this.#browser.close();
  }

  async #openOne(url: string, { organizationId, sessionToken = '' }: BoardTicket): Promise<void> {
    const context = await this.#browser.newContext({ locale: 'ja-JP' });
    await context.addCookies([{ name: 'genkidesu', value: sessionToken, url }]);
    const page = await context.newPage();
    page.on('pageerror', () => this.faults++);
    await page.goto(`${url}/wallboard`);
    await page.getByTestId('freshness').waitFor({ timeout: 60_000 });
    await page.evaluate(watchRows);
    this.#boards.push({ organizationId, page, openedAt: Date.now(), left: [] });
  }
}

interface Notes {
  left: CallLeft[];
  stale: number;
}

interface RowInPage {
  firstElementChild: { textContent: string | null } | null;
  getAttribute(name: string): string | null;
}

interface InPage {
  notes: Notes;
  document: {
    body: unknown;
    querySelectorAll(selector: string): Iterable<RowInPage>;
    querySelector(selector: string): unknown;
  };
  MutationObserver: new (told: () => void) => { observe(what: unknown, options: object): void };
}

/** Runs in the page: notes when a listed call is not shown as going any more, at the change of the document itself. */
function watchRows(): void {
  const inPage = globalThis as unknown as InPage;
  const { document } = inPage;
  inPage.notes = { left: [], stale: 0 };
  let going = new Set<string>();
  let wasStale = false;
  // Not a named function: tsx would call a helper for its name, which no page has.
  const observer = new inPage.MutationObserver(() => {
    const at = performance.timeOrigin + performance.now();
    const now = new Set<string>();
    for (const row of document.querySelectorAll('[data-testid="call"]')) {
      if (row.getAttribute('data-state') !== 'ended') now.add(row.firstElementChild?.textContent ?? '');
    }
    for (const who of going) if (!now.has(who)) inPage.notes.left.push({ who, at });
    going = now;
    const isStale = document.querySelector('[data-testid="stale"]') !== null;
    if (isStale && !wasStale) inPage.notes.stale++;
    wasStale = isStale;
  });
  observer.observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  });
}

/** Runs in the page. */
function takeNotes(): Notes {
  const inPage = globalThis as unknown as InPage;
  const { notes } = inPage;
  inPage.notes = { left: [], stale: 0 };
  return notes;
}
