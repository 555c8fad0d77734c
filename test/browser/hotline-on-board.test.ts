import assert from 'node:assert/strict';
import type { Browser, Locator, Page } from 'playwright-core';
import { findBaresip } from '../../src/testbed/find-baresip.js';
import { Softphone } from '../../src/testbed/softphone.js';
import { openBoard } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { addConsoleUser } from '../support/console-users.js';
import { phoneHotline, type Caller } from '../support/hotline-stage.js';
import { HotlineTown } from '../support/hotline-town.js';
import { exchangeOf } from '../support/phone-accounts.js';
import { townTimeoutMs } from '../support/pbx-town.js';

describe("a caller of the hotline, on the wallboard and on a counsellor's telephone", function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let town: HotlineTown;
  let phone: Softphone;
  let page: Page;
  let complaints: string[];

  before(async () => {
    browser = await openBrowser();
    town = await HotlineTown.open();
    await town.startService();
    await town.hotline.shortGreeting('2');
    const [account] = await town.counsellors.accounts();
    phone = await Softphone.start({
      baresip: await findBaresip(),
      account: {
        user: account?.extension ?? '',
        password: account?.secret ?? '',
        registrar: exchangeOf(town.hotline.stage),
      },
    });
    await phone.register();
    const { organizationId } = town;
    const user = await addConsoleUser(town, { role: 'auditor', organizationId, mail: 'looks@genki.test' });
    ({ page, complaints } = await openBoard(browser, { port: Number(new URL(town.url).port), user }));
  });
  after(async () => {
    await browser.close();
    await phone.stop();
    await town.close();
  });

  /** A figure of the hotline's tile, with its label. */
  const figure = (label: string): Locator =>
    page
      .locator('[data-tile="hotline"] div')
      .filter({ has: page.getByText(label, { exact: true }) })
      .last();
  const shows = (label: string, value: RegExp): Promise<void> =>
    figure(label)
      .filter({ hasText: new RegExp(`^${label}${value.source}`) })
      .waitFor({ timeout: 20_000 });
  const counsellorIs = (state: string): Promise<void> =>
    page.locator(`[data-testid="counsellor"][data-state="${state}"]`).waitFor({ timeout: 20_000 });
  const phoneUs = (from: string): Promise<Caller> =>
    phoneHotline(town.hotline.carrier, { from, to: town.number });

  it('waits in sight until the telephone is picked up, and is counted', async () => {
    await shows('待っている人', /0/);
    await shows('最長の待ち', /–/);
    assert.equal(await town.order('/counsellors/101/login'), 202);
    await counsellorIs('free');

    const caller = await phoneUs('0473999001');
    await shows('待っている人', /1/);
    await counsellorIs('ringing');
    // Time goes on in sight.
    await shows('最長の待ち', /.*[2-9]秒/);
    await shows('応答', /0/);

    assert.equal((await phone.answer()).number, '0473999001');
    await shows('待っている人', /0/);
    await shows('最長の待ち', /–/);
    await counsellorIs('talking');
    await shows('応答', /1/);

    await caller.hangUp();
    await counsellorIs('free');
    await phone.until('idle');
  });

  it('who gives up is told as lost, and nobody waits any more', async () => {
    await shows('途中で切れた', /0/);
    const caller = await phoneUs('0473999002');
    await shows('待っている人', /1/);
    // Who hangs up at once has dialled a wrong number, and is not counted.
    await shows('最長の待ち', /.*[6-9]秒/);
    await caller.hangUp();
    await shows('待っている人', /0/);
    await shows('途中で切れた', /1/);
    await shows('応答', /1/);
    await counsellorIs('free');
  });

  it('does not appear with the number that they phone from', async () => {
    assert.doesNotMatch(await page.content(), /0473999/);
    assert.deepEqual(complaints, []);
  });
});
