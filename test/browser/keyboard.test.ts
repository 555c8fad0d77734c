import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { HoldStore } from '../../src/checkins/hold-store.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Database } from '../../src/storage/database.js';
import { openPage } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { pressOn, tabTo, writeInto } from '../support/by-keyboard.js';
import { ConsoleService } from '../support/console-service.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** What each of them comes for. The station's, the counsellor's and the supervisor's work needs a real exchange, and is done where that is. */
describe('those who have no mouse', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let service: ConsoleService;
  let database: Database;
  let admin: ConsoleUser;
  let operator: ConsoleUser;
  let auditor: ConsoleUser;
  const complaints: string[][] = [];

  before(async () => {
    browser = await openBrowser();
    service = await ConsoleService.open(async (seeding) => {
      ({ database } = seeding);
      const organizations = new OrganizationStore(database);
      const now = new Date();
      const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, now);
      await organizations.addStation({ organizationId, name: '常盤平' }, now);
      await new AlertStore(database).tellOperator('dialingStopped', 'pbx1', '', now);
      await new HoldStore(database).open({ reason: 'restored', detail: '', unknownSince: now }, now);
      admin = await addConsoleUser(seeding, { role: 'tenantAdmin', organizationId, mail: 'a@genki.test' });
      auditor = await addConsoleUser(seeding, { role: 'auditor', organizationId, mail: 'k@genki.test' });
      operator = await addConsoleUser(seeding, {
        ...{ role: 'operator', organizationId: undefined, mail: 'o@genki.test' },
      });
    });
  });
  after(async () => {
    await browser.close();
    await service.close();
  });

  async function enter(user: ConsoleUser, path: string): Promise<Page> {
    const opened = await openPage(browser, { port: service.port, user, path, width: 1366, height: 768 });
    complaints.push(opened.complaints);
    return opened.page;
  }

  it('start the held calls again as the operator, take on what fails, and take in a tenant', async () => {
    const page = await enter(operator, '/tenants');
    await page.getByTestId('hold-banner').waitFor();
    const alertOf = (words: string) => page.getByTestId('operator-alert').filter({ hasText: words });
    await alertOf('電話を止めています').waitFor();
    await pressOn(page, /^確かめて再開する/);
    const dialog = page.getByRole('dialog');
    await dialog.getByText('答えが残っていない方はいません').waitFor();
    await pressOn(page, /^再開する/);
    await page.getByTestId('hold-banner').waitFor({ state: 'detached' });
    await alertOf('電話を止めています').waitFor({ state: 'detached' });

    await pressOn(page, /^引き受ける/);
    await alertOf('電話がかけられていません').getByText('引き受けました').waitFor();

    await pressOn(page, /^団体を追加する/);
    await dialog.waitFor();
    await writeInto(page, /^団体の名前/, '柏市');
    await page.keyboard.press('Enter');
    await page.getByTestId('tenant').filter({ hasText: '柏市' }).waitFor();
  });

  it('invite a volunteer as the administrator, and close a day', async () => {
    const page = await enter(admin, '/users');
    await page.getByTestId('user').first().waitFor();
    await pressOn(page, /^招待する/);
    await page.getByRole('dialog').waitFor();
    await writeInto(page, /^お名前/, '新井 花子');
    await pressOn(page, /^常盤平/, 'Space');
    await writeInto(page, /^メールアドレス/, 'v@genki.test');
    await page.keyboard.press('Enter');
    await page.getByTestId('link').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByTestId('user').filter({ hasText: 'v@genki.test' }).waitFor();

    await page.goto(`http://127.0.0.1:${service.port}/hours`);
    await page.getByRole('button', { name: '次の月 →' }).waitFor();
    await pressOn(page, /^次の月/);
    const day = page.getByRole('button', { name: /月18日.*開いています/ });
    await day.waitFor();
    await pressOn(page, /月18日/);
    await page.getByRole('button', { name: /月18日.*休みです/ }).waitFor();
    await pressOn(page, /^取り消す/);
    await day.waitFor();
    assert.equal(await database('closed_days').first('id'), undefined);
  });

  it('find who did all that as the auditor, and take the sheet along', async () => {
    const page = await enter(auditor, '/audit');
    await page.getByTestId('entry').first().waitFor();
    await tabTo(page, /^種類/);
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: '変えた' }).waitFor();
    const active = page.getByRole('option', { name: '変えた' });
    for (let presses = 0; presses < 12; presses++) {
      await page.keyboard.press('ArrowDown');
      if ((await active.getAttribute('data-combobox-selected')) !== null) break;
    }
    await page.keyboard.press('Enter');
    await page.getByTestId('entry').filter({ hasText: '休みの日を追加' }).first().waitFor();
    const download = page.waitForEvent('download');
    await pressOn(page, /^CSVで保存する/);
    assert.equal((await download).suggestedFilename(), 'genkidesu-access-log.csv');
  });

  it('trouble no browser', () => {
    assert.deepEqual(complaints.flat(), []);
  });
});
