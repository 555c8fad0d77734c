import assert from 'node:assert/strict';
import { findSipp } from '../../src/testbed/find-sipp.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import { until } from '../../src/testbed/until.js';
import { phoneHotline } from '../support/hotline-stage.js';
import { HotlineTown } from '../support/hotline-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';

describe('the hotline on a real exchange', function () {
  this.timeout(townTimeoutMs);

  let town: HotlineTown;
  let phones: Counsellors;
  before(async () => {
    town = await HotlineTown.open();
    await town.startService();
    const accounts = await town.counsellors.accounts();
    phones = await runCounsellors({
      sipp: await findSipp(),
      registrar: { host: town.hotline.stage.pbx.sipHost, port: town.hotline.stage.pbx.sipPort },
      phones: accounts.map(({ extension, secret }) => ({ user: extension, password: secret })),
      ringSeconds: 1,
    });
  });
  after(async () => {
    await phones.stop();
    await town.close();
  });

  it('lets the phones of counsellors register with the accounts that the service made', async () => {
    for (const extension of ['101', '102']) {
      assert.equal(await town.order(`/counsellors/${extension}/login`), 202);
      await town.seesCounsellor(extension, 'free');
    }
  });

  it('knows the line by its number, its hours and its counsellors', async () => {
    const { hotline, number } = town;
    assert.equal(await hotline.get('hotline-did', number), '2');
    assert.equal(await hotline.get('hotline-line', '2/week'), Array(7).fill('0000-2400').join('|'));
    assert.equal(await hotline.get('hotline-counsellor', '101/lines'), '2');
    assert.match(await hotline.get('hotline-line', '2/until'), /^20\d{6}$/);
  });

  it('shows a pause when the exchange tells it, with its reason', async () => {
    assert.equal(await town.order('/counsellors/102/pause', { reason: '昼休み' }), 202);
    await town.seesCounsellor('102', 'paused');
    assert.equal(
      town.pictures.at(-1)?.counsellors.find(({ extension }) => extension === '102')?.reason,
      '昼休み',
    );
  });

  it('follows a caller from joining to the end, and opens the card once', async () => {
    await phoneHotline(town.hotline.carrier, {
      from: '0473999001',
      to: town.number,
    });
    await town.sees('somebody waits', ({ lines }) => lines[0]?.waiting.length === 1);
    await town.seesCounsellor('101', 'ringing');
    await town.seesCounsellor('101', 'talking');
    await town.sees('nobody waits', ({ lines }) => lines[0]?.waiting.length === 0);
    await until(() => town.calls.length > 0, { what: 'the screen is told of the call' });
    const [call] = town.calls;
    assert.deepEqual([call?.extension, call?.lineId], ['101', town.lineId]);
    assert.equal(call?.callId, town.pictures.at(-1)?.counsellors[0]?.callId);
    await town.seesCounsellor('101', 'free');
    assert.equal(town.calls.length, 1);
  });

  it('changes nothing for who waits while our process is away', async () => {
    assert.equal(await town.order('/counsellors/101/pause', { reason: '記録' }), 202);
    await town.seesCounsellor('101', 'paused');
    await phoneHotline(town.hotline.carrier, {
      from: '0473999002',
      to: town.number,
    });
    const before = await town.sees('somebody waits', ({ lines }) => lines[0]?.waiting.length === 1);
    await town.stopService();
    await town.startService();
    const after = await town.sees('the same one waits', ({ lines }) => lines[0]?.waiting.length === 1);
    const [joined, again] = [before, after].map(({ lines }) => lines[0]?.waiting[0]);
    assert.equal(again?.callId, joined?.callId);
    // The exchange tells whole seconds.
    assert.ok(Math.abs(Date.parse(again?.joinedAt ?? '') - Date.parse(joined?.joinedAt ?? '')) <= 2000);
    assert.deepEqual(
      after.counsellors.map(({ state, reason }) => [state, reason]),
      [
        ['paused', '記録'],
        ['paused', '昼休み'],
      ],
    );
    assert.equal(await town.order('/counsellors/101/resume'), 202);
    await town.seesCounsellor('101', 'talking');
    await town.seesCounsellor('101', 'free');
  });

  it('finds everybody as they were after the exchange was restarted', async () => {
    await town.hotline.stage.pbx.kill();
    await town.sees('the exchange is not heard', ({ heard }) => !heard);
    await town.hotline.stage.pbx.restart();
    await town.sees('it is heard again', ({ heard }) => heard);
    await town.sees('102 pauses still', ({ counsellors }) =>
      counsellors.some(({ extension, reason }) => extension === '102' && reason === '昼休み'),
    );
    await town.seesCounsellor('101', 'free');
  });

  it('logs out who is no counsellor any more, and takes their account away', async () => {
    await town.counsellors.remove('102', new Date());
    await town.sees('102 is gone', ({ counsellors }) =>
      counsellors.every(({ extension }) => extension !== '102'),
    );
    await until(async () => (await town.hotline.get('hotline-counsellor', '102/lines')) === '', {
      what: 'nothing is kept for 102',
    });
  });

  it('has written down what was ordered, and what the exchange said', async () => {
    const rows = await town
      .database('hotline_orders')
      .orderBy('id')
      .select<{ what: string; ordered_by: string; answer: string }[]>('what', 'ordered_by', 'answer');
    assert.deepEqual(
      rows.map(({ what, ordered_by: by, answer }) => `${by} ${what} ${answer}`),
      ['101 logIn done', '102 logIn done', '102 pause done', '101 pause done', '101 resume done'],
    );
  });
});
