import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import type { Database } from '../../src/storage/database.js';
import { createFigures } from '../../src/figures/figures-module.js';
import { until } from '../../src/testbed/until.js';
import { openPage, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { ConsoleService } from '../support/console-service.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { seedFigures, type CountedTown } from '../support/figures-builders.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** A name that must stay text. */
const hostile = '<script>alert(1)</script>町会';

describe('the figures in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let service: ConsoleService;
  let database: Database;
  let port: number;
  let town: CountedTown;
  let operator: ConsoleUser;
  let admin: ConsoleUser;

  before(async () => {
    browser = await openBrowser();
    service = await ConsoleService.open(async (seeding) => {
      ({ database } = seeding);
      town = await seedFigures(database, seeding.codec);
      await database('organizations').where({ id: town.association }).update({ name: hostile });
      const { targets } = createFigures({ database, clock: () => new Date() });
      const of = { fiscalYear: 2026, measure: 'consultations', scope: {}, value: 24, version: 0 } as const;
      await targets.change(of, undefined, new Date());
      operator = await addConsoleUser(seeding, {
        ...{ role: 'operator', organizationId: undefined, mail: 'o@genki.test' },
      });
      admin = await addConsoleUser(seeding, {
        ...{ role: 'tenantAdmin', organizationId: town.city, mail: 'a@genki.test' },
      });
    });
    port = service.port;
  });
  after(async () => {
    await browser.close();
    await service.close();
  });

  const setTarget = async (page: Page, measure: string, value: string): Promise<void> => {
    await page.getByLabel('目標の種類').selectOption({ label: measure });
    await page.getByLabel('目標の値').fill(value);
    await page.getByRole('button', { name: '目標を保存する' }).click();
  };

  it('say how it stands, and take a target from the operator, who may take it back', async () => {
    const { page, complaints } = await openPage(browser, {
      ...{ port, user: operator, path: '/figures?year=2026', width: 1366, height: 768 },
    });
    await page.getByText('加入者 5人。2026年度の加入者数の目標は、まだ決まっていません。').waitFor();
    await setTarget(page, '加入者数', '１，５００');
    await page.getByText('加入者 5人。2026年度の目標1,500人の0%です。 目標まで、あと1,495人です。').waitFor();
    await page.getByRole('button', { name: '全体 加入者数を変える' }).click();
    await setTarget(page, '加入者数', '8');
    await page.getByText('2026年度の目標8人の62%です。').waitFor();
    await page.getByRole('button', { name: '取り消す' }).last().click();
    await page.getByText('2026年度の目標1,500人').waitFor();

    const people = page.getByRole('img', { name: /^加入者数と稼働数: 加入者数（累積） 5/ });
    await people.waitFor();
    await page.getByText('「加入者数と稼働数」を表で見る').press('Enter');
    await page.getByRole('row', { name: '2026/10 4 3' }).waitFor();
    await page.getByText('目標の目安（月 2件）').waitFor();
    await page.getByRole('button', { name: hostile }).waitFor();
    await page.getByLabel('数え市の地域').selectOption('関西');
    await until(async () => (await database('figure_regions').select('region')).length === 1, {
      what: 'the region is kept',
      timeoutMs: 10_000,
    });
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(complaints, []);
    const paper = await page.pdf({ format: 'A4' });
    const pages = paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
    assert.ok(pages >= 1 && pages <= 4, `${pages} sheets of paper`);

    await page.getByRole('button', { name: hostile }).click();
    await page.getByText('加入者 1人。').waitFor();
    assert.equal(new URL(page.url()).searchParams.get('organization'), String(town.association));
  });

  it('give a tenant’s administrator the tenant’s own, as a spreadsheet too', async () => {
    const { page, complaints } = await openPage(browser, {
      ...{ port, user: admin, path: '/figures?year=2026', width: 390, height: 844, dark: true },
    });
    await page.getByText('加入者 4人。').waitFor();
    assert.equal(await page.getByLabel('団体').count(), 0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'CSVで保存する' }).click(),
    ]);
    const csv = await readFile(await download.path(), 'utf8');
    assert.match(csv, /^\uFEFF出力：松戸 まもる　\d{4}-\d\d-\d\d \d\d:\d\d（日本時間）\r\n2026年度の数字/);
    assert.match(csv, /^数え市,2026-10,4,3,1,1,3,0,3,100,3,1,,2,1,1,0\r$/m);
    assert.doesNotMatch(csv, /町会|見守|0473/);
    const { scrollWidth } = await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { documentElement: { scrollWidth: number } };
      };
      return { scrollWidth: document.documentElement.scrollWidth };
    });
    assert.ok(scrollWidth <= 390, `the page is ${scrollWidth} wide`);
    assert.deepEqual(await seriousFindings(page), []);

    // Somebody else writes a target meanwhile: theirs is shown before it is written over.
    const { targets } = createFigures({ database, clock: () => new Date() });
    const of = { fiscalYear: 2026, measure: 'active', scope: { organizationId: town.city } } as const;
    await targets.change({ ...of, value: 70, version: 0 }, undefined, new Date());
    await setTarget(page, '稼働数', '50');
    await page.getByText('ほかの人がここを書きかえました').waitFor();
    await page.getByRole('row', { name: /稼働数 70 3 / }).waitFor();
    assert.deepEqual(complaints, []);
  });
});
