import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { codeOfStep, fromBase32, stepAt } from '../../src/users/totp.js';
import { logIn, openPage, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { ConsoleService } from '../support/console-service.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** An exchange is not needed to come in. */
describe('the login in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let service: ConsoleService;
  let port: number;
  let supervisor: ConsoleUser;
  let admin: ConsoleUser;

  before(async () => {
    browser = await openBrowser();
    service = await ConsoleService.open(async (seeding) => {
      const organizations = new OrganizationStore(seeding.database);
      const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, new Date());
      supervisor = await addConsoleUser(seeding, {
        ...{ role: 'supervisor', organizationId, mail: 's@genki.test' },
      });
      admin = await addConsoleUser(seeding, { role: 'tenantAdmin', organizationId, mail: 'a@genki.test' });
    });
    port = service.port;
  });
  after(async () => {
    await browser.close();
    await service.close();
  });

  it('says what to do about a wrong password, and lets in with the right one', async () => {
    const { page, complaints } = await openPage(browser, { port, path: '/wallboard' });
    await logIn(page, { ...supervisor, password: 'ちがう合言葉です2026' });
    await page.getByText('メールアドレスかパスワードが違います').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await logIn(page, supervisor);
    await page.getByTestId('freshness').waitFor();
    await page.getByText('松戸 まもる（相談の責任者）').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('has an administrator set up a second factor, and asks for it from then on', async () => {
    const first = await openPage(browser, { port, path: '/' });
    await logIn(first.page, admin);
    await first.page.getByRole('heading', { name: '2つめの確認を用意する' }).waitFor();
    const secret = (await first.page.locator('code').first().textContent()) ?? '';
    const codeNow = () => codeOfStep(fromBase32(secret), stepAt(new Date()));
    const used = codeNow();
    await first.page.getByLabel('コード', { exact: false }).fill(used);
    assert.deepEqual(await seriousFindings(first.page), []);
    await first.page.getByRole('button', { name: '確かめる' }).click();
    const recovery = (await first.page.locator('li code').first().textContent()) ?? '';
    await first.page.getByRole('button', { name: '控えました' }).click();
    await first.page.getByRole('heading', { name: 'お知らせ' }).waitFor();

    const again = await openPage(browser, { port, path: '/' });
    await logIn(again.page, admin);
    await again.page.getByRole('heading', { name: '確認コード' }).waitFor();
    await again.page.getByLabel('コード', { exact: false }).fill(recovery);
    await again.page.getByRole('button', { name: '確かめる' }).click();
    await again.page.getByRole('heading', { name: 'お知らせ' }).waitFor();
    assert.deepEqual([...first.complaints, ...again.complaints], []);
  });

  it('promises a mail without telling whether there is such an account', async () => {
    const { page } = await openPage(browser, { port, path: '/password-reset' });
    await page.getByLabel('メールアドレス').fill('nobody@genki.test');
    await page.getByRole('button', { name: 'メールを送る' }).click();
    await page.getByText('登録があれば、メールを送りました').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('tells of a link that opens nothing', async () => {
    const { page } = await openPage(browser, { port, path: `/welcome#${'x'.repeat(43)}` });
    await page.getByText('このリンクは、使い終わったか').waitFor();
  });
});
