import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { numberOf } from '../../src/demo/simulated-people.js';
import { until } from '../../src/testbed/until.js';
import { measureBoard, openBoard, secondsUntilOld, seriousFindings } from '../support/board-page.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { openBrowser } from '../support/browser.js';
import { Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';

/** In the garden at the first call; presses 1 at the second. */
const gardener = numberOf('18', 1);

describe('the wallboard in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let town: Town;
  let service: ServiceProcess;
  let port: number;
  let page: Page;
  let complaints: string[];
  let user: ConsoleUser;

  before(async () => {
    browser = await openBrowser();
    town = await Town.open({ settings: { FINISH_SECONDS: '0' } });
    await town.people([gardener]);
    user = await addConsoleUser(town, { role: 'supervisor', organizationId: 1, mail: 'board@genki.test' });
    port = Number(town.environment.HTTP_PORT);
    service = new ServiceProcess(town.environment);
    await service.start();
    await service.answers();
    ({ page, complaints } = await openBoard(browser, { port, user }));
  });
  after(async () => {
    await browser.close();
    await service.kill();
    await town.close();
  });

  const isStale = () => page.getByTestId('stale').isVisible();
  const livesAgain = () =>
    until(async () => !(await isStale()), { what: 'the board lives again', timeoutMs: 30_000, everyMs: 50 });
  /** What stood in the lines of calls since this was called: some of it is there for a moment only. */
  async function watchCalls(): Promise<() => Promise<string[]>> {
    await page.evaluate(`{
      const seen = (globalThis.callsSeen = []);
      const note = () => {
        for (const { textContent } of document.querySelectorAll('[data-testid="call"]'))
          if (seen.at(-1) !== textContent) seen.push(textContent);
      };
      note();
      new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    }`);
    return () => page.evaluate<string[]>('globalThis.callsSeen');
  }

  it('follows a call from dialling to the key', async () => {
    const seen = await watchCalls();
    let from = 0;
    const shows = (text: RegExp) =>
      until(
        async () => {
          const at = (await seen()).findIndex((line, index) => index >= from && text.test(line));
          from = Math.max(at, from);
          return at >= 0;
        },
        { what: `the board shows ${text.source}`, timeoutMs: 40_000, everyMs: 100 },
      );
    for (const text of [/呼び出し中/, /通話中/, /1番 元気/, /終わり.*元気/]) await shows(text);
    await until(async () => (await page.getByTestId('unknown').textContent()) === '0', {
      what: 'nobody is unknown any more',
      timeoutMs: 10_000,
    });
    assert.equal(await page.getByTestId('well').textContent(), '1');
  });

  it('has nothing that keeps people out', async () => {
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('says within five seconds that the service has ended, and is whole again after its return', async () => {
    await page.evaluate(() => ((globalThis as unknown as { mark: string }).mark = 'the same page'));
    assert.ok((await secondsUntilOld(page, () => service.kill())) < 5);
    assert.deepEqual(await seriousFindings(page), []);
    service = new ServiceProcess(town.environment);
    await service.start();
    await livesAgain();
    await page.getByTestId('well').getByText('1', { exact: true }).waitFor({ timeout: 10_000 });
    assert.equal(
      await page.evaluate(() => (globalThis as unknown as { mark: string }).mark),
      'the same page',
    );
  });

  it('says so, too, when the service hangs with its connections open', async () => {
    assert.ok((await secondsUntilOld(page, () => service.signal('SIGSTOP'))) < 5);
    service.signal('SIGCONT');
    await livesAgain();
  });

  it('shows names only to those who may see them and ask for it', async () => {
    const text = async (one: Page) => (await one.locator('body').textContent()) ?? '';
    assert.match(await text(page), /名前を隠しています/);
    assert.equal(await page.getByRole('button', { name: '名前を表示' }).count(), 0);
    const admin = await addConsoleUser(town, {
      role: 'tenantAdmin',
      organizationId: 1,
      mail: 'names@genki.test',
    });
    const opened = await openBoard(browser, { port, user: admin, dark: true });
    assert.match(await text(opened.page), /名前を隠しています/);
    await opened.page.getByRole('button', { name: '名前を表示' }).click();
    await opened.page.getByText('名前を隠しています').waitFor({ state: 'detached', timeout: 10_000 });
    assert.deepEqual(await seriousFindings(opened.page), []);
    await opened.page.context().close();
  });

  it('fits a television without scrolling, and a phone without scrolling sideways', async () => {
    for (const [width, height, tv] of [
      [1920, 1080, true],
      [1366, 768, true],
      [390, 844, false],
    ] as const) {
      const opened = await openBoard(browser, { port, user, width, height, search: tv ? '?tv' : '' });
      const measured = await measureBoard(opened.page);
      assert.ok(measured.width <= width, `${width}: ${measured.width}`);
      if (tv) assert.ok(measured.height <= height, `${height}: ${measured.height}`);
      assert.deepEqual(measured.cutTiles, [], `${width}×${height}`);
      await opened.page.context().close();
    }
  });

  it('lets a television in by its code, and out when it is revoked', async () => {
    const tv = await browser.newPage();
    await tv.goto(`http://127.0.0.1:${port}/tv`);
    const code = (await tv.getByTestId('code').textContent()) ?? '';
    assert.match(code, /^\d{4} \d{4}$/);
    await page.getByRole('button', { name: '設定', exact: true }).click();
    await page.getByLabel('テレビの番号').fill(code);
    await page.getByLabel('置き場所').fill('相談室');
    await page.getByRole('button', { name: 'このテレビをつなぐ' }).click();
    await tv.getByTestId('freshness').waitFor({ timeout: 10_000 });
    await tv.reload();
    await tv.getByTestId('freshness').waitFor({ timeout: 10_000 });
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: '相談室を外す' }).click();
    await tv.getByTestId('code').waitFor({ timeout: 10_000 });
    await tv.close();
  });

  it('ends with the login', async () => {
    const own = await addConsoleUser(town, { role: 'auditor', organizationId: 1, mail: 'leaves@genki.test' });
    const opened = await openBoard(browser, { port, user: own });
    await opened.page.getByRole('button', { name: 'ログアウト' }).click();
    await opened.page.getByLabel('メールアドレス').waitFor({ timeout: 10_000 });
    await opened.page.context().close();
  });

  it('breaks no rule of its own page', () => {
    assert.deepEqual(complaints, []);
  });
});
