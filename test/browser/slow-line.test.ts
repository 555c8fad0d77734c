import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { openPage } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { drawn, Held } from '../support/held-requests.js';
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

  const open = async (path: string, role: 'counsellor' | 'station' = 'counsellor'): Promise<Page> =>
    (await openPage(browser, { port: town.port, user: town.users[role], path })).page;

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

  it('saves a card one time after the other, so that nobody meets their own words', async () => {
    const page = await open(`/cards/${town.ids.card}`);
    const text = page.locator('[data-field="nextStep"]');
    const saveNow = () => page.keyboard.press('Control+Enter');
    await text.fill('月曜に');
    await saveNow();
    await page.locator('[data-testid="save-state"][data-state="saved"]').waitFor();
    const isCard = ({ pathname }: URL): boolean => pathname.endsWith(`/cards/${town.ids.card}`);
    const saves = await Held.open(page, isCard, { method: 'PUT', afterwards: true, most: 1 });
    const after: number[] = [];
    page.on('response', (response) => {
      if (response.request().method() === 'PUT') after.push(response.status());
    });
    await text.press('End');
    await page.keyboard.insertText('電話');
    await saveNow();
    await until(() => saves.count === 1, { what: 'the first is with the service', timeoutMs: 20_000 });
    await page.keyboard.insertText('する');
    await saveNow();
    // Longer than the rest after which a draft is saved by itself.
    const since = performance.now();
    await until(() => performance.now() - since > 1500, { what: 'the line was slow' });
    assert.deepEqual(after, [], 'a second save was sent before the first was answered');
    await saves.letGo();
    await page.locator('[data-testid="save-state"][data-state="saved"]').waitFor();
    assert.deepEqual(after, [200, 200]);
    assert.equal(await text.inputValue(), '月曜に電話する');
    await page.reload();
    await text.waitFor();
    assert.equal(await text.inputValue(), '月曜に電話する');
    await page.context().close();
  });

  it('opens a part of a record only once it is known what an earlier time has left there', async () => {
    const page = await open(`/subscribers/${town.ids.subscriber}`, 'station');
    const change = page.getByRole('button', { name: '備考を変更する' });
    const notes = page.getByRole('textbox', { name: '備考' });
    await change.click();
    await notes.fill('犬を飼っている');
    await page.getByTestId('draft').getByText('下書きを保存しました').waitFor();
    const isDraft = ({ pathname }: URL): boolean => pathname.endsWith(`/${town.ids.subscriber}-notes`);
    const looks = await Held.open(page, isDraft, { method: 'GET' });
    await page.reload();
    await until(() => looks.count > 0, { what: 'the draft is asked for', timeoutMs: 20_000 });
    await change.click();
    await drawn(page);
    assert.equal(await notes.count(), 0, 'what is typed now would be lost');
    await looks.letGo();
    await notes.waitFor();
    assert.equal(await notes.inputValue(), '犬を飼っている');
    await page.context().close();
  });

  it('shows the cards that are asked for now, not those of a question before', async () => {
    const page = await open('/cards');
    const row = page.getByTestId('cards').getByRole('row').filter({ hasText: '青木 亮' });
    await row.waitFor();
    const search = async (words: string): Promise<void> => {
      await page.getByLabel('探す言葉', { exact: false }).fill(words);
      await page.getByRole('button', { name: '探す', exact: true }).click();
    };
    const isSearch = ({ pathname }: URL): boolean => pathname.endsWith('/cards/search');
    const searches = await Held.open(page, isSearch, { most: 1 });
    await search('青木');
    await until(() => searches.count === 1, { what: 'the first is asked', timeoutMs: 20_000 });
    await search('だれでもない');
    const none = page.getByText('当てはまる相談票はありません');
    await none.waitFor();
    await searches.letGo();
    await drawn(page);
    assert.ok(await none.isVisible(), 'an older answer has taken its place');
    await page.context().close();
  });

  it('shows a television one code, however late the service gives it', async () => {
    const tv = await browser.newPage();
    await tv.clock.install();
    const begun = await Held.open(tv, ({ pathname }) => pathname === '/api/screens');
    await tv.goto(`http://127.0.0.1:${town.port}/tv`);
    await until(() => begun.count > 0, { what: 'a code is asked for', timeoutMs: 20_000 });
    await tv.clock.runFor(9000);
    await drawn(tv);
    assert.equal(begun.count, 1);
    await begun.letGo();
    await tv.getByTestId('code').waitFor();
    await tv.close();
  });
});
