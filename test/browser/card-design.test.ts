import assert from 'node:assert/strict';
import type { Browser } from 'playwright-core';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { openPage, seriousFindings, tooWide } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { ConsoleService } from '../support/console-service.js';
import { addConsoleUser } from '../support/console-users.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const hostile = '"><img src=x onerror=alert(1)>';

describe('the design of cards in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  const open = async () => {
    const service = await ConsoleService.open(async (seeding) => {
      const organizations = new OrganizationStore(seeding.database);
      const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, new Date());
      const join = (role: 'tenantAdmin' | 'supervisor') =>
        addConsoleUser(seeding, { role, organizationId, mail: `${role}@genki.test` });
      return { organizationId, admin: await join('tenantAdmin'), supervisor: await join('supervisor') };
    });
    return service;
  };
  let service: Awaited<ReturnType<typeof open>>;
  before(async () => {
    browser = await openBrowser();
    service = await open();
  });
  after(async () => {
    await browser.close();
    await service.close();
  });

  it('is changed by the administrator: a word, a new choice, one that retires, and how things are counted', async () => {
    const { port, seeded } = service;
    const path = '/card-design';
    const size = { width: 1366, height: 768 };
    const { page, complaints } = await openPage(browser, { port, path, user: seeded.admin, ...size });
    const troubles = page.getByRole('region', { name: '困りごと' });
    await troubles.getByLabel('困りごと 1番目の言葉').fill(hostile);
    await troubles.getByRole('checkbox', { name: '「災害」を使う' }).uncheck();
    await troubles.getByRole('button', { name: '選択肢を足す' }).click();
    await page.keyboard.insertText('ペットと暮らせない');
    assert.deepEqual(await seriousFindings(page), []);
    await troubles.getByRole('button', { name: '困りごとを保存する' }).dblclick();
    await page.getByText('保存しました。').waitFor();
    const url = `http://127.0.0.1:${port}/api/organizations/${seeded.organizationId}/card-choices`;
    const { choices, retired } = (await (await page.request.get(url)).json()) as {
      choices: { troubles: Record<string, string> };
      retired: { troubles: string[] };
    };
    assert.deepEqual(
      [choices.troubles.rentBurden, choices.troubles.own1, retired.troubles],
      [hostile, 'ペットと暮らせない', ['disaster']],
    );
    await page.getByText('相談件数（延べ）は、期間中に受け付けた書き終えた相談票の数です。').waitFor();
    await page.getByLabel('書きかけの相談票も、相談に数える').check();
    await page.getByRole('button', { name: '数え方を保存する' }).click();
    await page.getByText('相談票（下書きを含む）の数です。').waitFor();
    assert.deepEqual(await tooWide(page, `http://127.0.0.1:${port}`, [path]), []);
    assert.deepEqual(complaints, []);
  });

  it('is read by the supervisor, who can change nothing', async () => {
    const { port, seeded } = service;
    const { page, complaints } = await openPage(browser, {
      port,
      path: '/card-design',
      user: seeded.supervisor,
    });
    await page.getByText('見るだけの画面です。').waitFor();
    await page.getByText(hostile).waitFor();
    await page.getByText('災害（使わない）').waitFor();
    assert.equal(await page.getByRole('button', { name: /保存する/ }).count(), 0);
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(complaints, []);
  });
});
