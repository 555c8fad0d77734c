import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import type { Database } from '../../src/storage/database.js';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { HoldStore } from '../../src/checkins/hold-store.js';
import { LineStore } from '../../src/hotline/line-store.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { choose, openPage, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { ConsoleService } from '../support/console-service.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { tellsWhatFails } from '../support/health-page.js';
import { goodPassword } from '../support/logins.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const scriptName = '<script>alert(1)</script>"><img src=x onerror=alert(2)>';

/** An exchange is not needed to administer. */
describe('the administrators’ pages in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let service: ConsoleService;
  let database: Database;
  let port: number;
  let admin: ConsoleUser;
  let operator: ConsoleUser;
  let auditor: ConsoleUser;
  /** What browsers complained of, in all pages. */
  const complaints: string[][] = [];

  before(async () => {
    browser = await openBrowser();
    service = await ConsoleService.open(async (seeding) => {
      ({ database } = seeding);
      const organizations = new OrganizationStore(database);
      const now = new Date();
      const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, now);
      await organizations.addStation({ organizationId, name: '常盤平' }, now);
      await organizations.addStation({ organizationId, name: scriptName }, now);
      const line = { organizationId, name: '福祉の相談', shownNumber: '0473661111' };
      await new LineStore(database).add(line, now);
      await new AlertStore(database).tellOperator('dialingStopped', 'pbx1', '', now);
      admin = await addConsoleUser(seeding, { role: 'tenantAdmin', organizationId, mail: 'a@genki.test' });
      auditor = await addConsoleUser(seeding, { role: 'auditor', organizationId, mail: 'k@genki.test' });
      operator = await addConsoleUser(seeding, {
        ...{ role: 'operator', organizationId: undefined, mail: 'o@genki.test' },
      });
    });
    port = service.port;
  });
  after(async () => {
    await browser.close();
    await service.close();
  });

  async function enter(user: ConsoleUser, path: string, width = 1366, height = 768): Promise<Page> {
    const opened = await openPage(browser, { port, user, path, width, height });
    complaints.push(opened.complaints);
    return opened.page;
  }
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
  const dialog = (page: Page) => page.getByRole('dialog');

  it('lets an administrator invite a volunteer, who sees only what they may', async () => {
    const page = await enter(admin, '/users');
    await button(page, '招待する').click();
    await dialog(page).getByLabel('お名前').fill(scriptName);
    await dialog(page).getByRole('checkbox', { name: '常盤平' }).check();
    await dialog(page).getByLabel('メールアドレス').fill('a@genki.test');
    await button(page, '招待を送る').click();
    await dialog(page).getByText('このメールアドレスの利用者は、すでにいます。').waitFor();
    await dialog(page).getByLabel('メールアドレス').fill('v@genki.test');
    assert.deepEqual(await seriousFindings(page), []);
    await button(page, '招待を送る').click();
    const link = await page.getByTestId('link').inputValue();
    assert.deepEqual(await seriousFindings(page), []);
    await dialog(page).getByRole('button', { name: '閉じる' }).last().click();
    const card = page.getByTestId('user').filter({ hasText: 'v@genki.test' });
    await card.getByText('招待中').waitFor();
    await card.getByText('招待のリンクを本人に渡してください').waitFor();
    assert.match((await card.textContent()) ?? '', /<script>alert\(1\)<\/script>/);

    const opened = await openPage(browser, { port, path: new URL(link).pathname + new URL(link).hash });
    complaints.push(opened.complaints);
    const theirs = opened.page;
    await theirs.getByLabel('新しいパスワード').fill(goodPassword);
    await button(theirs, 'このパスワードにする').click();
    await theirs.waitForURL((url) => url.pathname !== '/welcome');
    await button(theirs, 'メニューを開く').click();
    await theirs.getByRole('link', { name: '自分のアカウント' }).waitFor();
    assert.equal(await theirs.getByRole('link', { name: '利用者' }).count(), 0);

    for (const path of ['/users', '/stations', '/hours', '/tenants', '/trunk', '/audit']) {
      await theirs.goto(`http://127.0.0.1:${port}${path}`);
      await theirs.getByText('この画面を見る権限がありません').waitFor();
    }
    const refused = ['users', 'invitations', 'tenants', 'operator-alerts', 'trunk', 'audit', 'audit.csv'];
    const own = ['settings', 'hours?month=2026-12', 'places'].map((one) => `organizations/1/${one}`);
    for (const path of [...refused, ...own]) {
      const answer = await theirs.request.get(`http://127.0.0.1:${port}/api/${path}`);
      assert.equal(answer.status(), 403, path);
    }
    await page.reload();
    await card.getByRole('button', { name: 'を変更する' }).click();
    await dialog(page).getByLabel('お名前').fill(`二郎 ${scriptName}`);
    await dialog(page).getByRole('button', { name: '保存する' }).click();
    await card.getByText(`二郎 ${scriptName}`).waitFor();
    await card.getByText('利用中').waitFor();
  });

  it('shuts somebody out at once, and takes that back', async () => {
    const page = await enter(admin, '/users');
    const card = page.getByTestId('user').filter({ hasText: 'v@genki.test' });
    await card.getByRole('button', { name: 'を停止する' }).click();
    await card.getByText('停止中').waitFor();
    await button(page, '取り消す').click();
    await card.getByText('利用中').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('lets them end their other devices, and change the password', async () => {
    const page = await enter(auditor, '/account');
    await page.getByText(/この機器$/).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByLabel(/^いまのパスワード/).fill('ちがう合言葉です2026');
    await page.getByLabel('新しいパスワード').fill('べつのながい合言葉2026');
    await button(page, 'パスワードを変える').click();
    await page.getByText('パスワードが違います。').waitFor();
    assert.equal(await page.getByRole('button', { name: '認証アプリを外す' }).count(), 0);
  });

  it('tells what comes of a way of calling before it is kept, and refuses what two changed', async () => {
    const page = await enter(admin, '/stations');
    const policy = page.getByRole('region', { name: '当日再発信（その日のうちにかけ直す）' });
    await policy.getByText('だれも出ないとき: 9:00、9:30、10:31').waitFor();
    await policy.getByRole('button', { name: 'を変更する' }).click();
    await policy.getByLabel('何回出なければ知らせるか').fill('2');
    await policy.getByText('だれも出ないとき: 9:00、9:30 に電話し').waitFor();
    assert.deepEqual(await seriousFindings(page), []);

    const other = await enter(admin, '/stations');
    const theirs = other.getByRole('region', { name: '当日再発信（その日のうちにかけ直す）' });
    await theirs.getByRole('button', { name: 'を変更する' }).click();
    await policy.getByRole('button', { name: '保存する' }).click();
    await page.getByText('かけ方を保存しました。').waitFor();
    await theirs.getByRole('button', { name: '保存する' }).click();
    await theirs.getByText('ほかの人がここを書きかえました').waitFor();

    const keys = page.getByRole('region', { name: '番号の意味' });
    // The page is as long as before: a list that is opened meanwhile may lose its field out of sight, and close.
    await policy.getByRole('button', { name: 'を変更する' }).waitFor();
    await choose(page, keys.getByRole('combobox', { name: '元気です' }), '使わない');
    await keys.getByRole('button', { name: '番号を保存する' }).click();
    await keys.getByText('「元気です」の番号は、必ず1つ決めてください。').waitFor();

    await button(page, 'ステーションを追加する').click();
    await dialog(page).getByLabel('ステーションの名前').fill('常盤平');
    await dialog(page).getByRole('button', { name: '保存する' }).click();
    await dialog(page).getByText('同じ名前がすでにあります').waitFor();
    await dialog(page).getByLabel('ステーションの名前').fill('小金原');
    await dialog(page).getByRole('button', { name: '保存する' }).click();
    await page.getByTestId('station').filter({ hasText: '小金原' }).waitFor();
  });

  it('closes a day by a click on the calendar, and opens it again', async () => {
    const page = await enter(admin, '/hours', 390, 844);
    await button(page, '次の月 →').click();
    const day = page.getByRole('button', { name: /月18日.*開いています/ });
    await day.click();
    const closed = page.getByRole('button', { name: /月18日.*休みです/ });
    await closed.waitFor();
    const stations = await database('stations').select('id');
    assert.equal((await database('closed_days').select('id')).length, stations.length);
    assert.deepEqual(await seriousFindings(page), []);
    await button(page, '取り消す').click();
    await day.waitFor();
    await day.click();
    await closed.waitFor();

    const line = page.getByRole('region', { name: '福祉の相談' });
    await line.getByText(/いま受け付けています|次に開くのは/).waitFor();
    await line.getByRole('button', { name: 'を変更する' }).click();
    await line.getByLabel('土').fill('10時から');
    await line.getByText('10:00-16:00 のように入れてください。', { exact: true }).waitFor();
    await line.getByLabel('土').fill('10:00〜12:00、13:00-16:00');
    await line.getByRole('button', { name: '保存する' }).click();
    await line.getByText('土 10:00-12:00, 13:00-16:00').waitFor();
    const width = await page.evaluate('document.documentElement.scrollWidth');
    assert.equal(width, 390);
  });

  it('shows the operator what must be done now, and takes in a new tenant', async () => {
    const page = await enter(operator, '/');
    await page.waitForURL((url) => url.pathname === '/tenants');
    const alert = page.getByTestId('operator-alert');
    await alert.getByText('電話がかけられていません').waitFor();
    await alert.getByRole('button', { name: '引き受ける' }).click();
    await alert.getByText('引き受けました').waitFor();
    await button(page, '団体を追加する').click();
    await dialog(page).getByLabel('団体の名前').fill(`柏市 ${scriptName}`);
    await dialog(page).getByRole('button', { name: '保存する' }).click();
    await page.getByTestId('tenant').filter({ hasText: '柏市 <script>' }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const tenants = await database('organizations').select<{ name: string }[]>('name');
    assert.equal(tenants.length, 2);
  });

  it('examines the line and says how to mend it, without a secret; a test call asks first', async () => {
    const page = await enter(operator, '/trunk');
    await button(page, 'いま調べる').click();
    const ari = page.getByTestId('finding').filter({ hasText: 'Asterisk（ARI）' });
    await ari.getByText('→ Asterisk が動いているか').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    assert.doesNotMatch(await page.content(), /secret-of-/);
    await page.getByLabel('自分の電話番号').fill('110');
    await button(page, '確認へ進む').click();
    await dialog(page).getByRole('checkbox').check();
    await button(page, '電話をかける').click();
    await dialog(page).getByText('この番号にはかけられません').waitFor();
    await button(page, 'やめる').click();
    await page.getByLabel('自分の電話番号').fill('０９０-１２３４-５６７８');
    await button(page, '確認へ進む').click();
    await dialog(page).getByRole('checkbox').check();
    await button(page, '電話をかける').dblclick();
    await page.getByTestId('test-call').filter({ hasText: '5678' }).waitFor();
    assert.equal((await database('test_calls').select('id')).length, 1);
    assert.doesNotMatch(service.lines.join('\n'), /09012345678/);
  });

  it('tells operator and auditor, and nobody else, what fails and what to do', async () => {
    for (const user of [operator, auditor]) await tellsWhatFails(await enter(user, '/health', 390));
    await (await enter(admin, '/health')).getByText('この画面を見る権限がありません').waitFor();
    const changes = service.lines.filter((line) => /watch\.changed.*link\.ari/.test(line));
    assert.equal(changes.length, 1);
  });

  it('tells everybody that calls are held, and lets the operator alone start them again after a look', async () => {
    const now = new Date();
    await new HoldStore(database).open({ reason: 'restored', detail: '', unknownSince: now }, now);
    const theirs = await enter(auditor, '/audit', 390);
    await theirs.getByTestId('hold-banner').getByText('再開できるのは運営です').waitFor();
    assert.equal(await button(theirs, '確かめて再開する').count(), 0);
    const page = await enter(operator, '/tenants');
    await button(page, '確かめて再開する').click();
    await dialog(page).getByText('電話済みで、答えが残っていない方はいません').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await button(page, '再開する').click();
    await page.getByText('見守りの電話を再開しました').waitFor();
    await page.getByTestId('hold-banner').waitFor({ state: 'detached' });
  });

  it('shows the auditor who did all that, and hands out a sheet that is marked and logged', async () => {
    const page = await enter(auditor, '/');
    await page.waitForURL((url) => url.pathname === '/audit');
    await choose(page, page.getByRole('combobox', { name: '種類' }), '変えた');
    for (const done of ['利用者を停止', '利用者を再開', '休みの日を追加', 'かけ方（当日再発信）'])
      await page.getByTestId('entry').filter({ hasText: done }).first().waitFor();
    await page.getByText('知らせるまでの回数: 3 → 2').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'CSVで保存する').click(),
    ]);
    assert.equal(download.suggestedFilename(), 'genkidesu-access-log.csv');
    await page.getByTestId('entry').filter({ hasText: 'この記録の書き出し' }).waitFor();
    const answer = await page.request.put(`http://127.0.0.1:${port}/api/organizations/1/keys`, {
      data: { version: 1, keyMap: { 1: 'ok' } },
      headers: { origin: `http://127.0.0.1:${port}` },
    });
    assert.equal(answer.status(), 403);
  });

  it('troubles no browser', () => {
    assert.deepEqual(complaints.flat(), []);
  });
});
