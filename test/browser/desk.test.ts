import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { numberOf } from '../../src/demo/simulated-people.js';
import { StationSettingsStore } from '../../src/desk/station-settings-store.js';
import { until } from '../../src/testbed/until.js';
import { WallboardFactsStore } from '../../src/wallboard/wallboard-facts-store.js';
import { openPage, seriousFindings, type OpenPage } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { focusedWords, tabTo } from '../support/by-keyboard.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { managerOf } from '../support/exchange.js';
import { quickPolicy, Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';
import { codecOf } from '../support/test-codec.js';

const desk = numberOf('06', 800);
/** Nobody comes to the telephone at the first call; they answer the second one. */
const [garden, kitchen] = [numberOf('18', 801), numberOf('18', 802)];
/** As the page shows a number. */
const inGroups = (number: string) => number.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1-$2-$3');
const hostile = `"><img src=x onerror="document.title='broken'"> 花子`;

describe('a station at work in a browser', function () {
  this.timeout(townTimeoutMs);

  let town: Town;
  let service: ServiceProcess;
  let browser: Browser;
  let [port, organizationId] = [0, 0];
  const users: ConsoleUser[] = [];
  const opened: OpenPage[] = [];

  before(async () => {
    town = await Town.open({ channelCap: 8, settings: { FINISH_SECONDS: '0' } });
    await town.people([garden, kitchen], quickPolicy({ maxMissed: 1 }));
    const { database } = town;
    const codec = codecOf(town.environment);
    const row = await database('stations').first<{ id: number; organization_id: number }>('*');
    organizationId = row.organization_id;
    await new StationSettingsStore({ database, codec }).setDeskNumber(row.id, desk);
    for (const [number, name, kana] of [
      [garden, hostile, 'やまだ はなこ'],
      [kitchen, '川村 キク', 'かわむら きく'],
    ] as const) {
      await database('subscribers')
        .where({ member_number_lookup: codec.lookup('memberNumber', number) })
        .update({ name: codec.encode(name), kana: codec.encode(kana) });
    }
    port = Number(town.environment.HTTP_PORT);
    service = new ServiceProcess(town.environment);
    await service.start();
    for (const [mail, name] of [
      ['a@genki.test', '当番 あき'],
      ['b@genki.test', '当番 ふゆ'],
    ] as const) {
      users.push(
        await addConsoleUser(town, { role: 'station', organizationId, mail, name, stationIds: [row.id] }),
      );
    }
    browser = await openBrowser();
    await town.settled(60_000);
  });
  after(async () => {
    await browser.close();
    await service.kill();
    await town.close();
  });

  async function open(path: string, which: number): Promise<Page> {
    const user = users[which];
    assert.ok(user);
    const one = await openPage(browser, {
      port,
      path,
      width: 1366,
      height: 768,
      user,
    });
    opened.push(one);
    return one.page;
  }
  const says = (page: Page, text: string) => page.getByText(text).first().waitFor({ timeout: 20_000 });
  const callState = async (page: Page, text: string): Promise<void> => {
    const told = page.getByTestId('call-state');
    await until(async () => (await told.textContent().catch(() => null))?.includes(text) === true, {
      what: `the call bar says ${text}`,
      timeoutMs: 30_000,
      everyMs: 50,
    });
  };
  /** Whoever is at the station puts the receiver down. */
  const putDown = async (): Promise<void> => {
    const carrier = await managerOf(town.stage.carrier);
    await carrier
      .action({ action: 'Hangup', channel: '/^PJSIP\\/customer-.*$/' }, { list: true })
      .catch(() => undefined);
    carrier.stop();
  };
  const stateOf = async (number: string): Promise<string | undefined> => {
    const memberNumber = codecOf(town.environment).lookup('memberNumber', number);
    const row = await town
      .database('check_ins as c')
      .join('subscribers as s', 's.id', 'c.subscriber_id')
      .where('s.member_number_lookup', memberNumber)
      .first<{ state: string } | undefined>('c.state');
    return row?.state;
  };
  const openAlerts = async (): Promise<number> => {
    const codec = codecOf(town.environment);
    const facts = new WallboardFactsStore({ database: town.database, codec });
    return (await facts.alerts(organizationId, new Date())).open.length;
  };

  it('says whom to see to, and is usable by everybody', async () => {
    const page = await open('/', 0);
    await says(page, '2人に連絡が必要です。');
    await says(page, hostile);
    assert.deepEqual(await seriousFindings(page), []);
    assert.equal(await page.getByRole('heading', { name: '連絡が必要' }).count(), 1);
    await page.getByLabel('名前・ふりがな・会員番号でさがす').fill('かわむら');
    const rows = page.locator('[data-checkin]');
    await until(async () => (await rows.count()) === 1, { what: 'only one is found' });
  });

  it('lets one of two take an alert, phones by click once for two clicks, and keeps what was done', async () => {
    const [one, other] = [await open('/alerts', 0), await open('/alerts', 1)];
    for (const page of [one, other]) {
      await page.getByRole('link', { name: hostile, exact: true }).click();
      await page.getByRole('button', { name: '担当する', exact: true }).waitFor();
    }
    assert.deepEqual(await seriousFindings(one), []);
    await one.getByRole('button', { name: '担当する', exact: true }).click();
    await says(one, '担当: あなた');
    const late = other.getByRole('button', { name: '担当する', exact: true });
    if (await late.isVisible()) await late.click({ timeout: 3000 }).catch(() => undefined);
    await says(other, '担当: 当番 あき');
    await other.getByRole('button', { name: '代わりに担当する' }).waitFor();

    await one.getByRole('button', { name: `${inGroups(garden)} に電話をかける` }).dblclick();
    await callState(one, 'つながっています');
    const made = town.carrierCalls().filter(({ number }) => number === garden);
    assert.equal(made.length, 2, 'the check-in that nobody heard, and one call by click');
    assert.equal(town.carrierCalls().filter(({ number }) => number === desk).length, 1);
    await putDown();
    await callState(one, '話せました');

    await one.goto(`http://127.0.0.1:${port}/today`);
    const row = one.locator('[data-checkin]', { hasText: 'やまだ はなこ' });
    await row.getByRole('button', { name: /記録する/ }).click();
    await one.getByRole('button', { name: '連絡がつき、元気だった' }).click();
    await says(one, '1人に連絡が必要です。');
    assert.equal(await stateOf(garden), 'confirmed');
    assert.equal(await openAlerts(), 1);
    await one.getByRole('button', { name: '取り消す' }).click();
    await says(one, '2人に連絡が必要です');
    assert.equal(await stateOf(garden), 'alerted');
    await row.getByRole('button', { name: /記録する/ }).click();
    await one.getByRole('button', { name: '連絡がつき、元気だった' }).click();
    await says(one, '1人に連絡が必要です。');
    await row.getByText('人が確認').waitFor();
  });

  it('is all done by keyboard alone', async () => {
    const page = await open('/today', 1);
    await says(page, '1人に連絡が必要です。');
    await tabTo(page, /^川村 キク/);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowUp');
    assert.match(await focusedWords(page), /^川村 キク/);
    await page.keyboard.press('Enter');
    await says(page, 'まだ担当がいません');
    await tabTo(page, /^担当する/);
    await page.keyboard.press('Enter');
    await says(page, '担当: あなた');
    await tabTo(page, /に電話をかける/);
    await page.keyboard.press('Enter');
    await callState(page, 'つながっています');
    await putDown();
    await callState(page, '話せました');
    await tabTo(page, /^記録する/);
    await page.keyboard.press('Enter');
    assert.match(await focusedWords(page), /^連絡がつき、元気だった/);
    await page.keyboard.press('Enter');
    await says(page, '結果: 連絡がつき、元気だった');
    assert.equal(await stateOf(kitchen), 'confirmed');
    assert.equal(await openAlerts(), 0);
  });

  it('had nothing to complain of', () => {
    assert.deepEqual(
      opened.flatMap(({ complaints }) => complaints),
      [],
    );
  });
});
