import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { numberOf } from '../../src/demo/simulated-people.js';
import { startPrivateMariadb, type PrivateMariadb } from '../../src/testbed/private-mariadb.js';
import { until } from '../../src/testbed/until.js';
import { openBoard, secondsUntilOld, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** Longer than both sides wait for a sign of life. */
const sleepMs = 17_000;
/** Without a request a login would end after this. */
const idleMinutes = 1;

describe('an open wallboard while something fails', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let mariadb: PrivateMariadb;
  let town: Town;
  let service: ServiceProcess;
  let port: number;
  let user: ConsoleUser;
  let page: Page;
  let openedAt: number;

  before(async () => {
    browser = await openBrowser();
    mariadb = await startPrivateMariadb();
    const { host, port: dbPort, user: dbUser, password, database } = await mariadb.createDatabase('board');
    const on = { engine: 'mariadb', host, port: dbPort, user: dbUser, password, database } as const;
    const settings = { FINISH_SECONDS: '0', SESSION_IDLE_MINUTES: String(idleMinutes) };
    town = await Town.open({ settings, on });
    await town.people([numberOf('01', 1)]);
    user = await addConsoleUser(town, { role: 'supervisor', organizationId: 1, mail: 'faults@genki.test' });
    port = Number(town.environment.HTTP_PORT);
    service = new ServiceProcess(town.environment);
    await service.start();
    await service.logged('service.started', 60_000);
    ({ page } = await openBoard(browser, { port, user }));
    openedAt = performance.now();
    await page.evaluate(() => ((globalThis as unknown as { mark: string }).mark = 'the same page'));
  });
  after(async () => {
    await browser.close();
    await service.kill();
    await town.close();
    await mariadb.close();
  });

  /** Each has a login of its own, so that none keeps another's alive. */
  const another = (mail: string) => addConsoleUser(town, { role: 'auditor', organizationId: 1, mail });
  const isStale = (one = page) => one.getByTestId('stale').isVisible();
  const link = (name: string, isUp: boolean, one = page) =>
    one.locator(`[data-tile="links"] li[data-ok="${isUp}"]`, { hasText: name }).first();
  /** Of one that was marked as old it would be seen for longer; a moment's load marks it for a moment. */
  const isLive = () => until(async () => !(await isStale()), { what: 'the board is live', timeoutMs: 3000 });
  /** Seconds until it is so. */
  async function secondsUntil(isSo: () => Promise<boolean>, what: string): Promise<number> {
    const began = performance.now();
    await until(isSo, { what, timeoutMs: 60_000, everyMs: 50 });
    return (performance.now() - began) / 1000;
  }
  const isTheSamePage = (one = page) =>
    one.evaluate(() => (globalThis as unknown as { mark?: string }).mark === 'the same page');

  it('goes on through a pause of the database, says so, and is whole by itself', async () => {
    await until(async () => (await page.getByTestId('well').textContent()) === '1', {
      what: 'the one is well',
      timeoutMs: 60_000,
    });
    const pausedAt = performance.now();
    mariadb.pause();
    try {
      await link('データベース 切断', false).waitFor({ timeout: 9500 });
      // The board itself lives: what was read last stands there with its age.
      await isLive();
      assert.equal(await page.getByTestId('well').textContent(), '1');
      const age = await page.locator('[data-tile="links"] li', { hasText: '安否' }).textContent();
      assert.match(age ?? '', /\d+秒/);
      await until(() => performance.now() - pausedAt > 10_000, { what: 'ten seconds', timeoutMs: 15_000 });
    } finally {
      mariadb.resume();
    }
    await link('データベース 正常', true).waitFor({ timeout: 20_000 });
    const isFresh = async () => {
      const age = await page.locator('[data-tile="links"] li', { hasText: '安否' }).textContent();
      return /(^|\D)[0-6]秒$/.test(age ?? '');
    };
    assert.ok((await secondsUntil(isFresh, 'the day is read again')) < 20);
    assert.ok(await isTheSamePage());
  });

  it('shows within seconds that the exchange is away, and that it is back', async () => {
    await town.stage.pbx.kill();
    const away = await secondsUntil(() => link('発信 切断', false).isVisible(), 'the link is red');
    assert.ok(away < 8, `${away} s`);
    await page.locator('[data-tile="links"][data-light="red"]').waitFor({ timeout: 2000 });
    assert.deepEqual(await seriousFindings(page), []);
    await town.stage.pbx.restart();
    for (const name of ['発信 正常', '交換機 正常', '電話回線 正常']) {
      await link(name, true).waitFor({ timeout: 60_000 });
    }
    await isLive();
    assert.ok(await isTheSamePage());
  });

  it('is old within five seconds when the network is gone, and whole again without a reload', async () => {
    const wire = await TcpProxy.open(port);
    try {
      const { page: far } = await openBoard(browser, {
        port: wire.port,
        user: await another('far@genki.test'),
      });
      await far.evaluate(() => ((globalThis as unknown as { mark: string }).mark = 'the same page'));
      assert.ok((await secondsUntilOld(far, () => wire.fallSilent())) < 5);
      wire.mend();
      await secondsUntil(async () => !(await isStale(far)), 'the board lives again');
      assert.ok(await isTheSamePage(far));
      await far.context().close();
    } finally {
      await wire.close();
    }
  });

  it('comes back after the sleep of a laptop', async () => {
    const { page: laptop } = await openBoard(browser, { port, user: await another('laptop@genki.test') });
    await laptop.evaluate(() => ((globalThis as unknown as { mark: string }).mark = 'the same page'));
    const asleep = await laptop.context().newCDPSession(laptop);
    await asleep.send('Page.setWebLifecycleState', { state: 'frozen' });
    const since = performance.now();
    await until(() => performance.now() - since > sleepMs, { what: 'the night', timeoutMs: sleepMs + 5000 });
    await asleep.send('Page.setWebLifecycleState', { state: 'active' });
    const isAwake = async () => !(await isStale(laptop)) && (await isRunning(laptop));
    assert.ok((await secondsUntil(isAwake, 'the board lives again')) < 10);
    assert.ok(await isTheSamePage(laptop));
    await laptop.context().close();
  });

  /** The board's own clock goes on: nothing but new boards moves it. */
  async function isRunning(one: Page): Promise<boolean> {
    const shown = () => one.locator('header time').getAttribute('datetime');
    const behind = Date.now() - new Date((await shown()) ?? 0).getTime();
    return behind < 3000;
  }

  it('keeps the login of one that is seen, however long nobody types', async () => {
    const restMs = idleMinutes * 60_000 + 20_000;
    await until(() => performance.now() - openedAt > restMs, { what: 'the rest', timeoutMs: restMs });
    await isLive();
    const answer = await page.request.get(`http://127.0.0.1:${port}/api/me`);
    assert.equal(answer.status(), 200);
    assert.ok(await isTheSamePage());
  });

  it('leads to the login with a word when that has run out, and the log says which session', async () => {
    const row = await town
      .database('user_sessions')
      .where({ token_hash: createHash('sha256').update(user.sessionToken).digest('hex') })
      .first<{ id: number; user_id: number }>('id', 'user_id');
    await town.database('user_sessions').where({ id: row.id }).update({ expires_at: Date.now() });
    await page.getByTestId('login-ended').waitFor({ timeout: 40_000 });
    assert.match((await page.getByTestId('login-ended').textContent()) ?? '', /もう一度ログイン/);
    assert.deepEqual(await seriousFindings(page), []);
    // The page and the log come on two ways, and other boards were open here before.
    const isCut = (line: string) => line.includes('"live.cutOff"') && line.includes(`"sessionId":${row.id},`);
    const cut = await until(() => service.lines.find(isCut), { what: 'the log says so', timeoutMs: 10_000 });
    const said = JSON.parse(cut) as Record<string, unknown>;
    assert.deepEqual([said.sessionId, said.userId, said.why], [row.id, row.user_id, 'sessionEnded']);
    assert.ok(!service.lines.some((line) => line.includes('松戸 まもる') || line.includes(user.mail)));
  });
});
