import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { numberOf } from '../../src/demo/simulated-people.js';
import type { Softphone } from '../../src/testbed/softphone.js';
import { until } from '../../src/testbed/until.js';
import { openPage, seriousFindings, tooWide } from '../support/board-page.js';
import { openBrowser } from '../support/browser.js';
import type { ConsoleUser } from '../support/console-users.js';
import { focusedField, HotdeskTown, known } from '../support/hotdesk-town.js';
import type { Caller } from '../support/hotline-stage.js';
import type { HotlineTown } from '../support/hotline-town.js';
import { leaveMessage } from '../support/left-message.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** Somebody of the carrier who answers when phoned back. */
const wishesCallBack = numberOf('01', 7);

describe('the hotline’s desk in a browser', function () {
  this.timeout(townTimeoutMs);

  let browser: Browser;
  let desk: HotdeskTown;
  let town: HotlineTown;
  let phone: Softphone;
  let user: ConsoleUser;
  let page: Page;
  let complaints: string[];
  let caller: Caller;
  let cardId: number;

  before(async () => {
    browser = await openBrowser();
    desk = await HotdeskTown.open();
    ({ town, phone } = desk);
    user = await desk.user('counsellor', '101');
    const seen = { port: desk.port, user, path: '/', width: 1366, height: 768 };
    ({ page, complaints } = await openPage(browser, seen));
    page.setDefaultTimeout(15_000);
  });
  after(async () => {
    await browser.close();
    await desk.close();
  });

  const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
  const field = (path: string) => page.locator(`[data-field="${path}"]`).first();
  const saved = () => page.locator('[data-testid="save-state"][data-state="saved"]').waitFor();
  const card = () => desk.cards.find(town.organizationId, cardId);
  const focused = () => focusedField(page);

  it('starts a counsellor at their desk, and lets them take calls', async () => {
    await page.getByTestId('now').getByText('いま、することはありません').waitFor();
    assert.match(page.url(), /\/desk$/);
    assert.deepEqual(await seriousFindings(page), []);
    await button('受付を始める').click();
    await page.locator('[data-testid="own-state"][data-state="free"]').waitFor();
  });

  it('opens the card by itself when the phone is picked up', async () => {
    caller = await desk.call(known.number);
    await page.getByTestId('now').getByText('電話が鳴っています').waitFor({ timeout: 60_000 });
    await phone.answer();
    await page.getByTestId('card').waitFor({ timeout: 3000 });
    cardId = Number(/cards\/(\d+)$/.exec(page.url())?.[1]);
    const shown = await page.getByTestId('card').getAttribute('data-call');
    await until(() => town.calls.some(({ callId }) => callId === shown), { what: 'it is the call’s card' });
    await until(async () => (await focused()) === 'principal.name', { what: 'the cursor is in it' });
  });

  it('shows a hostile name as the text that it is', async () => {
    assert.equal(await field('principal.name').inputValue(), known.name);
    await page.getByTestId('known').getByText(known.name).waitFor();
    await page.getByText('かけてきた番号 047-399-9001').waitFor();
  });

  it('is filled in by keyboard alone, in the order of a talk', async () => {
    const { keyboard } = page;
    const type = async (text: string, to: string): Promise<void> => {
      await keyboard.insertText(text);
      await keyboard.press('Tab');
      assert.equal(await focused(), to);
    };
    await keyboard.press('Control+A');
    await type('鈴木 たま', 'principal.kana');
    await keyboard.press('Control+A');
    await type('すずき たま', 'principal.phones');
    await type(known.number, 'principal.sex');
    await keyboard.press('ArrowDown');
    await type('', 'principal.birthDate');
    await keyboard.insertText('昭和15年3月2日');
    await page.getByText('（1940年）').waitFor();
    for (const next of ['principal.postalCode', 'principal.address', 'principal.mail', 'mainTrouble'])
      await type('', next);
    await keyboard.press('ArrowDown');
    await type('', 'freeText');
    await keyboard.insertText('家賃が払えません。');
    await keyboard.press('Escape');
    await keyboard.press('Control+Enter');
    await saved();
    const { content, receivedBy } = (await card()) ?? assert.fail();
    assert.deepEqual(
      [content.principal?.name, content.principal?.birthDate, content.mainTrouble, content.freeText],
      ['鈴木 たま', '1940-03-02', 'rentBurden', '家賃が払えません。'],
    );
    assert.equal(receivedBy?.id, desk.counsellorIds.get('101'));
    await keyboard.press('Tab');
    await keyboard.press('Space');
    await page.getByTestId('triage-words').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('says which field it can not take, and saves the others', async () => {
    await field('principal.mail').fill('これは違う');
    await field('principal.address').fill('松戸市根本');
    await page.getByText('メールアドレスの形になっていません').first().waitFor();
    await until(async () => (await card())?.content.principal?.address === '松戸市根本', { what: 'saved' });
    await field('principal.mail').fill('');
    await saved();
  });

  it('refers the case to somebody, with the caller still on the line', async () => {
    await button('ケースを始める').press('Enter');
    await button('つなぐ').press('Enter');
    await page.getByLabel('つなぎ先').focus();
    // There is something to choose from.
    await page.locator('option', { hasText: '自立相談支援センター' }).first().waitFor({ state: 'attached' });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText('家賃のこと');
    await page.keyboard.press('Control+Enter');
    await page.getByText('つなぎ → 自立相談支援センター').waitFor();
    const [referral] = await town.database('referrals').select<{ consent: string }[]>('consent');
    assert.equal(referral?.consent, 'spoken');
  });

  it('keeps what is written when the login has ended, and saves it after the next one', async () => {
    await town.database('user_sessions').delete();
    await field('nextStep').fill('あした電話する');
    await page.getByRole('dialog').getByLabel('メールアドレス').fill(user.mail);
    await page.getByRole('dialog').getByLabel('パスワード').first().fill(user.password);
    await page.getByRole('dialog').getByRole('button', { name: 'ログインする' }).click();
    await saved();
    assert.equal((await card())?.content.nextStep, 'あした電話する');
    assert.equal(await field('nextStep').inputValue(), 'あした電話する');
  });

  it('shows both what I wrote and what somebody else saved meanwhile', async () => {
    const { version } = (await card()) ?? assert.fail();
    const by = desk.counsellorIds.get('102') ?? 0;
    const draft = { answerGiven: '窓口を伝えた', nextStep: '来週たずねる' };
    await desk.cards.saveDraft(town.organizationId, cardId, draft, { version, by, now: new Date() });
    await field('nextStep').fill('あした必ず電話する');
    await page.getByText('相談員102さんの内容：来週たずねる').waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await button('両方を残す').click();
    await saved();
    const { content } = (await card()) ?? assert.fail();
    assert.deepEqual(
      [content.answerGiven, content.nextStep],
      ['窓口を伝えた', '来週たずねる\nあした必ず電話する'],
    );
  });

  it('leaves the cursor where somebody writes while a further call is answered', async () => {
    await caller.hangUp();
    await phone.until('idle');
    await field('freeText').focus();
    await page.keyboard.press('End');
    const further = await desk.call('0473999002');
    // One key now and then, as long as it takes.
    await desk.untilRings(() => page.keyboard.press('ArrowRight'));
    await phone.answer();
    await page.getByTestId('new-card').waitFor();
    assert.equal(await focused(), 'freeText');
    await page.keyboard.press('F2');
    await page.locator('[data-testid="card"]:not([data-card="1"])').waitFor();
    assert.equal(
      await page.getByRole('navigation', { name: '開いている相談票' }).getByRole('link').count(),
      2,
    );
    // A page that is opened in the middle of a call finds its card, too.
    await page.goto(`${town.url}/desk`);
    await page.locator('[data-testid="card"][data-call]:not([data-card="1"])').waitFor();
    await further.hangUp();
    await phone.until('idle');
    await page.goto(`${town.url}/cards/${cardId}`);
  });

  it('is finished after the call, and opened again by one click', async () => {
    await button('書き終える').click();
    await until(async () => (await card())?.state === 'finished', { what: 'the card is finished' });
    await button('取り消す').click();
    await until(async () => (await card())?.state === 'draft', { what: 'it is open again' });
  });

  it('is found by words that stand on it, and by no others', async () => {
    await page.goto(`${town.url}/cards`);
    const rows = page.getByTestId('cards').getByRole('row');
    await rows.filter({ hasText: '鈴木 たま' }).waitFor();
    const words = page.getByLabel('探す言葉', { exact: false });
    await words.fill('佐藤');
    await button('探す').click();
    await page.getByText('当てはまる相談票はありません').waitFor();
    await words.fill('スズキ 家賃');
    await button('探す').click();
    await rows.filter({ hasText: '鈴木 たま' }).waitFor();
    assert.deepEqual(await seriousFindings(page), []);
  });

  it('phones back by one click, and once for two', async () => {
    await page.goto(`${town.url}/desk`);
    await button('休む：記録').click();
    await page.locator('[data-testid="own-state"][data-state="paused"]').waitFor();
    const wisher = await desk.call(wishesCallBack);
    await page.getByTestId('caller').waitFor({ timeout: 60_000 });
    await town.sees('one waits', ({ lines }) => lines[0]?.waiting.length === 1);
    await wisher.press('1');
    await town.hotline.event(wishesCallBack, 'EXITWITHKEY');
    // Their number is right. They are thanked, and the exchange hangs up.
    await wisher.press('1');
    await town.hotline.event(wishesCallBack, 'CALLBACK');
    const row = page.getByTestId('task');
    await row.waitFor({ timeout: 30_000 });
    await row.getByRole('button', { name: '電話をかける' }).dblclick();
    await phone.answer();
    const calls = () => desk.carrierCallsTo(wishesCallBack);
    await until(() => calls().some(({ answeredAt }) => answeredAt !== undefined), {
      what: 'the person has answered',
      timeoutMs: 30_000,
    });
    await phone.hangUp();
    await phone.until('idle');
    assert.equal(calls().length, 1);
    assert.equal(phone.calls.length, 3);
  });

  it('settles a task with a note, and takes that back by one click', async () => {
    const row = page.getByTestId('task');
    await row.getByLabel('メモ').fill('話せました');
    await row.getByRole('button', { name: '済んだ' }).click();
    await row.waitFor({ state: 'detached' });
    await button('取り消す').last().click();
    await row.getByText('話せました').waitFor();
    await row.getByRole('button', { name: '済んだ' }).click();
    await row.waitFor({ state: 'detached' });
  });

  it('plays a message by a key, and writes down who heard it', async () => {
    const { taskId, voiceId } = await leaveMessage(town, {
      ...{ organizationId: town.organizationId, lineId: town.lineId, number: '0473999555' },
    });
    await page.goto(`${town.url}/messages`);
    await page.getByTestId('message').getByRole('button', { name: '聞く' }).press('Space');
    await page.locator('audio').waitFor();
    const length = () =>
      page.locator('audio').evaluate((audio) => (audio as unknown as { duration: number }).duration);
    await until(async () => (await length()) === 0.5, { what: 'the sound is there' });
    const heard = await town.database('voice_listenings').where({ voice_file_id: voiceId });
    assert.equal(heard.length, 1);
    assert.deepEqual(await seriousFindings(page), []);
    await page.getByLabel('メモ').fill('聞きました');
    await button('済んだ').click();
    await page.getByText('聞いていない伝言はありません').waitFor();
    await button('取り消す').click();
    await page.getByTestId('message').waitFor();
    const tasks = town.database('hotline_tasks').where({ id: taskId });
    assert.deepEqual(await tasks.select('state'), [{ state: 'open' }]);
  });

  it('keeps the list of destinations', async () => {
    await page.goto(`${town.url}/destinations`);
    await button('つなぎ先を足す').click();
    await page.getByLabel('名前').fill('福祉まるごと相談窓口');
    await page.keyboard.press('Control+Enter');
    const added = page.getByTestId('destination').filter({ hasText: '福祉まるごと相談窓口' });
    await added.waitFor();
    assert.deepEqual(await seriousFindings(page), []);
    await added.getByRole('button', { name: '使わなくする' }).click();
    await added.waitFor({ state: 'detached' });
  });

  it('lets a supervisor see the counsellors and the figures, and change a state, by keyboard too', async () => {
    const supervisor = await desk.user('supervisor', '102');
    const opened = await openPage(browser, { port: desk.port, user: supervisor, path: '/' });
    await desk.changeStates(opened.page);
    await opened.page.getByText('秒以内に応答した数 ÷', { exact: false }).first().waitFor();
    assert.deepEqual(await seriousFindings(opened.page), []);
    assert.deepEqual(opened.complaints, []);
    await opened.page.context().close();
  });

  it('fits small and large screens without scrolling sideways', async () => {
    const paths = ['/desk', `/cards/${cardId}`, '/tasks', '/messages', '/destinations', '/cards'];
    assert.deepEqual(await tooWide(page, town.url, paths), []);
    assert.deepEqual(await seriousFindings(page), []);
    assert.deepEqual(complaints, []);
  });
});
