import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { openPage } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { Held } from '../support/held-requests.js';
import { MonthTown } from '../support/month-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** Answers come late, and not in the order of the questions; an exchange is not needed for that. */
describe('the console on a slow line', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let town: MonthTown;

  before(async () => {
    browser = await openBrowser();
    town = await MonthTown.open();
  });
  after(async () => {
    await browser.close();
    await town.close();
  });

  const open = async (path: string): Promise<Page> =>
    (await openPage(browser, { port: town.port, user: town.users.counsellor, path })).page;

  it('lets nobody take calls before it knows whose telephone it is about: such a click would be lost', async () => {
    const page = await open('/account');
    const desks = await Held.open(page, ({ pathname }) => /^.api.organizations.\d+.desk$/.test(pathname));
    await page.goto(`http://127.0.0.1:${town.port}/desk`);
    const begin = page.getByRole('button', { name: '受付を始める' });
    await until(() => desks.count === 1, { what: 'the desk is asked for', timeoutMs: 20_000 });
    assert.ok(await begin.isDisabled());
    await desks.letGo();
    await until(() => begin.isEnabled(), { what: 'one can begin', timeoutMs: 20_000 });
    await page.context().close();
  });
});
