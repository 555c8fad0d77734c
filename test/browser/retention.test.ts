import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { openPage, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { seedStation, seedSubscriber, type SeededSubscriber } from '../support/builders.js';
import { ConsoleService, type Seeding } from '../support/console-service.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { printLarge } from '../support/settled-page.js';

/** An exchange is not needed to forget. */
describe('the pages of keeping and erasing in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let service: ConsoleService<Awaited<ReturnType<typeof seed>>>;
  let port: number;
  let admin: ConsoleUser;
  let auditor: ConsoleUser;
  let person: SeededSubscriber;

  before(async () => {
    browser = await openBrowser();
    service = await ConsoleService.open(seed);
    ({ port } = service);
    ({ admin, auditor, person } = service.seeded);
  });
  after(async () => {
    await browser.close();
    await service.close();
  });

  it('let an administrator count, change a time and take it back', async () => {
    const { page, complaints } = await openPage(browser, { port, user: admin, path: '/retention' });
    const row = page.getByTestId('rule-withdrawnPeople');
    await row.getByText('5年', { exact: true }).waitFor();
    await page.getByText('1204件').waitFor();
    await page.getByRole('button', { name: 'いま消える数を数える' }).click();
    await row.getByText('1件').waitFor();
    await page.getByText('数えました。あわせて1件です。').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: '「解約した方の記録」の期間を変える' }).click();
    const dialog = page.getByRole('dialog');
    const months = dialog.getByLabel('保存する月数');
    await months.fill('12');
    await dialog.getByRole('button', { name: 'この期間にする' }).click();
    await dialog.getByText('36から120までの数を入れてください。').waitFor();
    await months.fill('３６');
    await dialog.getByText(/短くすると/).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await dialog.getByRole('button', { name: 'この期間にする' }).click();
    await row.getByText('3年', { exact: true }).waitFor();
    await page.getByRole('button', { name: '取り消す' }).click();
    await row.getByText('5年', { exact: true }).waitFor();
    assert.equal(await page.getByRole('button', { name: /「送ったメール」/ }).count(), 0);
    assert.deepEqual(complaints, []);
  });

  it('show an auditor the same, on a narrow screen in large print, and let them change nothing', async () => {
    const { page, complaints } = await openPage(browser, {
      ...{ port, user: auditor, path: '/retention' },
      ...{ width: 390, height: 844 },
    });
    await page.getByTestId('rule-accessLog').waitFor();
    await printLarge(page, 150);
    // What moves to its new place takes a moment.
    const fits = async () => (await page.evaluate('document.documentElement.scrollWidth')) === 390;
    await until(fits, { what: 'it fits the screen', timeoutMs: 3000, everyMs: 100 });
    assert.equal(await page.getByRole('button', { name: /の期間を変える/ }).count(), 0);
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(complaints, []);
  });

  it('mark a person only when their member number is typed, and take it back for a week', async () => {
    const path = `/subscribers/${person.subscriberId}`;
    const { page, complaints } = await openPage(browser, { port, user: admin, path });
    await page.getByRole('button', { name: '消去の手続きをする…' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('会員番号').fill('5006');
    const submit = dialog.getByRole('button', { name: '解約にして、7日後に消す' });
    await submit.click();
    await dialog.getByText('この方の会員番号とちがいます。').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await dialog.getByLabel('会員番号').fill('５００５');
    await submit.click();
    await page.getByText(/の夜に、この方の個人情報をすべて消します（ご本人）/).waitFor();
    await page.getByRole('button', { name: '見守りを再開する' }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByRole('button', { name: '消去を取り消す' }).click();
    await page.getByRole('button', { name: '消去の手続きをする…' }).waitFor();
    const row = await service
      .database('subscribers')
      .where({ id: person.subscriberId })
      .first<{ withdrawn_on: string | null }>('withdrawn_on');
    assert.equal(row.withdrawn_on, null);
    assert.deepEqual(complaints, []);
  });
});

async function seed({ database, environment, codec }: Seeding) {
  const station = await seedStation(database, codec, { organizationName: '松戸市', name: '常盤平' });
  const person = await seedSubscriber(database, codec, station, { name: '山田 うめ', memberNumber: '5005' });
  await seedSubscriber(database, codec, station, { name: '昔の 方', withdrawnOn: '2015-05-01' });
  const { organizationId } = station;
  await database('erasures').insert({
    ...{ at: Date.parse('2026-11-20T17:00:00Z'), organization_id: organizationId },
    ...{ kind: 'checkInDays', count: 1204, cause: 'rule' },
  });
  const console = { database, environment };
  return {
    person,
    admin: await addConsoleUser(console, { role: 'tenantAdmin', organizationId, mail: 'a@genki.test' }),
    auditor: await addConsoleUser(console, { role: 'auditor', organizationId, mail: 'k@genki.test' }),
  };
}
