import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { until } from '../../src/testbed/until.js';
import { logIn, openPage, seriousFindings } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import { PeopleTown, scriptName } from '../support/people-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const inQuotes = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const header = '会員番号,氏名,ふりがな,電話番号,曜日,時刻';

describe('the people in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let town: PeopleTown;

  before(async () => {
    browser = await openBrowser();
    town = await PeopleTown.open();
  });
  after(async () => {
    await browser.close();
    await town.close();
  });

  const open = (who: keyof PeopleTown['users'], path: string) =>
    openPage(browser, { port: town.port, user: town.users[who], path, width: 1366, height: 768 });

  it('are found by kana and by number, and a script in a name is only text', async () => {
    const { page, complaints } = await open('station', '/subscribers');
    await page.getByText(scriptName).first().waitFor();
    await page.getByText('もうすぐお休みが終わる方').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByLabel('さがす').fill('ヤマダ');
    await page.getByText('1人', { exact: true }).waitFor();
    await page.getByRole('link', { name: '山田 うめ' }).waitFor();
    await page.getByLabel('さがす').fill('047-391-0002');
    await page.getByRole('link', { name: scriptName }).last().click();
    await page.getByRole('heading', { level: 1, name: scriptName }).waitFor();
    await page.getByRole('button', { name: '電話の記録を見る' }).click();
    await page.getByText('番号 1 を押しました（元気）').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(complaints, []);
  });

  it('are enrolled step by step: what is wrong is said and mended, and a session that ends loses nothing', async () => {
    const { page, complaints } = await open('newcomer', '/subscribers/new');
    await page.getByLabel('氏名').fill('松戸 花子');
    await page.getByLabel('ふりがな').fill('マツド ハナコ');
    await page.getByLabel('会員番号').fill('5001');
    await page.getByLabel('生年月日').fill('昭和10年2月3日');
    await page.getByText('1935年2月3日（昭和10年2月3日）').waitFor();
    await page.getByLabel('電話番号').fill('110');
    await page.getByText('3桁の番号には、かけられません').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByText(/下書きを保存しました/).waitFor();

    await town.endSessions('newcomer');
    await page.getByLabel('電話番号').fill('０４７－３９１－２３４５');
    await page.getByLabel('氏名').focus();
    await page.getByText('もう一度ログインしてください').waitFor();
    await page.getByTestId('draft').getByText('保存できていません').waitFor();
    await logIn(page, town.users.newcomer);
    await page.getByText('もう一度ログインしてください').waitFor({ state: 'hidden' });
    assert.equal(await page.getByLabel('電話番号').inputValue(), '０４７－３９１－２３４５');
    await page.getByText(/下書きを保存しました/).waitFor();

    // As after a power cut: the page comes anew, and the draft is there.
    await page.reload();
    await page.getByText(/の書きかけを戻しました/).waitFor();
    assert.equal(await page.getByLabel('氏名').inputValue(), '松戸 花子');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('曜日を一つは選んでください').first().waitFor();
    await page.getByLabel('火').check();
    await page.getByText(/ほかに1人へかけます/).waitFor();
    await page.getByRole('button', { name: '登録する' }).dblclick();
    await page.getByRole('heading', { level: 1, name: '松戸 花子' }).waitFor();
    await page.getByText('047-391', { exact: false }).first().waitFor();
    assert.equal((await town.count('subscribers', '5001')).length, 1);
    assert.deepEqual(complaints, []);
  });

  it('are changed by two at once: the second is told, and nothing is lost', async () => {
    const path = `/subscribers/${town.people.umeId}`;
    const one = await open('station', path);
    const two = await open('colleague', path);
    await two.page.getByText('いま、松戸 一子さんもこの方の情報を開いています。').waitFor();
    for (const { page } of [one, two]) {
      await page.getByRole('button', { name: '氏名などを変更する' }).click();
      await page.getByLabel('ふりがな').waitFor();
    }
    await one.page.getByLabel('ふりがな').fill('やまだ うめこ');
    await one.page.getByRole('button', { name: '保存する' }).click();
    await one.page.getByText('保存しました。').waitFor();
    await two.page.getByLabel('生年月日').fill('S10.2.3');
    await two.page.getByRole('button', { name: '保存する' }).click();
    await two.page.getByText(/松戸 一子さんが .* に、この方の情報を変えました/).waitFor();
    await two.page.getByText('いまの登録は やまだ うめこ').waitFor();
    assert.deepEqual(await seriousFindings(two.page), []);
    await two.page.getByRole('button', { name: 'わたしの変更を重ねて保存する' }).click();
    await two.page.getByText('保存しました。').waitFor();
    await two.page.getByRole('cell', { name: 'やまだ うめこ' }).waitFor();
    await two.page.getByRole('cell', { name: '1935年2月3日（昭和10年2月3日）' }).waitFor();
    assert.deepEqual([...one.complaints, ...two.complaints], []);
  });

  it('are paused, and the pause is taken back by one click', async () => {
    const { page, complaints } = await open('station', `/subscribers/${town.people.umeId}`);
    await page.getByRole('button', { name: 'お休みを入れる' }).click();
    await page.getByLabel('終わりの日').fill('令和99年1月1日');
    await page.getByRole('button', { name: 'お休みにする' }).click();
    await page.getByText('長くても1年ほど').waitFor();
    await page.getByLabel('終わりの日').fill(town.inDays(5));
    await page.getByRole('button', { name: 'お休みにする' }).click();
    await page.getByText('お休みを入れました。').waitFor();
    await page.getByRole('button', { name: '取り消す' }).click();
    await page.getByText('お休みの予定はありません', { exact: false }).waitFor();
    await page.getByRole('button', { name: '連絡先を変更する' }).click();
    await page.getByRole('button', { name: '連絡先を足す' }).click();
    await page.getByLabel('お名前').fill('"><img src=x onerror=alert(1)>');
    await page.getByLabel('続柄').fill('長女');
    await page.getByRole('button', { name: '保存する' }).click();
    await page.getByText('"><img src=x onerror=alert(1)>').first().waitFor();
    await page.getByText('連絡がとれないときだけ伝えてよい').first().waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(complaints, []);
  });

  it('are moved to another station by the administrator, with a reason that stands in the record', async () => {
    const { page, complaints } = await open('admin', `/subscribers/${town.people.umeId}`);
    await page.getByRole('button', { name: '別のステーションに移す' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('移す理由').fill('"><b>引っ越し</b>');
    assert.deepEqual(await seriousFindings(page), []);
    await dialog.getByRole('button', { name: '移す', exact: true }).dblclick();
    await page.getByText('八柱 に移しました。').waitFor();
    await page.getByText('別のステーションに移しました').waitFor();
    await page.getByText('"><b>引っ越し</b>').waitFor();
    const { page: station } = await open('station', `/subscribers/${town.people.umeId}`);
    await station.getByText('この方は見つかりません。').waitFor();
    await page.getByRole('button', { name: '別のステーションに移す' }).click();
    await dialog.getByLabel('移す理由').fill('取り消し');
    await dialog.getByRole('button', { name: '移す', exact: true }).click();
    await page.getByText('常盤平 に移しました。').waitFor();
    assert.deepEqual(complaints, []);
  });

  it('come in from a list: first the errors are shown, then a good list is taken in', async () => {
    const { page, complaints } = await open('admin', '/subscribers/import');
    await choose(
      page,
      `${header}\n7001,取込 一郎,とりこみ いちろう,119,火,9:00\n7002,取込 二郎,,0473917002,火,25:00\n`,
    );
    await page.getByText('直すところがあるので、まだ取り込めません').waitFor();
    await page.getByRole('cell', { name: '2', exact: true }).waitFor();
    await page.getByText('3桁の番号には、かけられません').waitFor();
    await page.getByText('「25:00」は読み取れません').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await choose(
      page,
      `${header}\n7001,${inQuotes(scriptName)},とりこみ いちろう,047-391-7001,火,9:00\n7002,取込 二郎,,473917002,火・金,9:05\n`,
    );
    await page.getByText('新しい方 2人、変わる方 0人').waitFor();
    await page.getByText('473917002 → 0473917002').waitFor();
    await page.getByRole('button', { name: '2人を取り込む' }).click();
    await page.getByText('2人を取り込みました').waitFor();
    assert.equal((await town.count('subscribers', '7002')).length, 1);
    assert.deepEqual(complaints, []);
  });

  it('are called for a test only by word, outside the hours, and never twice', async () => {
    const { page } = await open('station', `/subscribers/${town.people.umeId}`);
    const button = page.getByRole('button', { name: '1番目の電話に、試しにかける' });
    await button.waitFor();
    await button.click();
    // The hours of this test's own moment decide whether it must be confirmed first; there is no exchange either way.
    const anyway = page.getByRole('button', { name: 'いまかける' });
    const noLine = page.getByText('電話の設備につながりません');
    await until(async () => (await anyway.isVisible()) || (await noLine.isVisible()), {
      what: 'the call is refused or asked about',
      timeoutMs: 20_000,
    });
    if (await anyway.isVisible()) await anyway.click();
    await noLine.waitFor({ timeout: 20_000 });
  });

  async function choose(page: Page, text: string): Promise<void> {
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
    await page.getByRole('button', { name: '中身を確かめる' }).click();
  }
});
