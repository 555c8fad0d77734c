import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { measureBoard, openPage, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { addressOf, everyPage } from '../support/every-page.js';
import { MonthTown } from '../support/month-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { printLarge, settle } from '../support/settled-page.js';
import { focusTrail } from '../support/focus-trail.js';

/** Each page as the role that works with it, on a station's and a hotline's month; an exchange is not needed to look. */
describe('every page in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let town: MonthTown;
  const pages = new Map<string, Page>();
  const complaints: string[][] = [];

  before(async () => {
    browser = await openBrowser();
    town = await MonthTown.open();
  });
  after(async () => {
    await browser.close();
    await town.close();
  });

  for (const one of everyPage) {
    it(`keeps nobody out of ${one.path}: axe, keyboard, phone, large print`, async () => {
      const page = await pageOf(one.as);
      await page.setViewportSize({ width: 1366, height: 768 });
      await page.goto(`http://127.0.0.1:${town.port}${addressOf(one, town.ids)}`);
      await settle(page);
      assert.deepEqual(await seriousFindings(page), []);
      const trail = await focusTrail(page, 40);
      assert.deepEqual(trail.unseen, [], 'the keyboard goes where nothing shows it');
      assert.ok(trail.stops > 3, `the keyboard reaches ${trail.stops} things`);
      for (const [width, letters] of [
        [390, 100],
        [1366, 150],
        [390, 150],
      ] as const) {
        await page.setViewportSize({ width, height: 800 });
        await printLarge(page, letters);
        // What moves to its new place takes a moment.
        const fits = async (): Promise<boolean> => (await measureBoard(page)).width <= width;
        await until(fits, { what: `it fits ${width} at ${letters} %`, timeoutMs: 3000, everyMs: 100 });
      }
    });
  }

  it('troubles no browser', () => {
    assert.deepEqual(complaints.flat(), []);
  });

  async function pageOf(role: (typeof everyPage)[number]['as']): Promise<Page> {
    const known = pages.get(role);
    if (known) return known;
    const opened = await openPage(browser, { port: town.port, user: town.users[role], path: '/account' });
    complaints.push(opened.complaints);
    pages.set(role, opened.page);
    return opened.page;
  }
});
