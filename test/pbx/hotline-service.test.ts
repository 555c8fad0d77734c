import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { numberOf } from '../../src/demo/simulated-people.js';
import { findSipp } from '../../src/testbed/find-sipp.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import { until } from '../../src/testbed/until.js';
import { phoneHotline } from '../support/hotline-stage.js';
import { HotlineTown } from '../support/hotline-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** Somebody of the carrier who answers, and who asked to be phoned back. */
const phonedBack = numberOf('01', 7);

describe('the hotline on a real exchange', function () {
  this.timeout(townTimeoutMs);

  let town: HotlineTown;
  let phones: Counsellors;
  before(async () => {
    town = await HotlineTown.open();
    await town.startService();
    await until(async () => (await town.hotline.get('hotline-counsellor', '102/lines')) !== '', {
      what: 'the accounts are made',
      timeoutMs: 30_000,
    });
    await town.hotline.shortGreeting('2');
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

  const phoneUs = (from: string) => phoneHotline(town.hotline.carrier, { from, to: town.number });
  const nowWaiting = (count: number) =>
    town.sees(`${count} wait`, ({ lines }) => lines[0]?.waiting.length === count);

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
    assert.equal(town.reasonOf('102'), '昼休み');
  });

  it('follows a caller from joining to the end, and opens the card once', async () => {
    const caller = await phoneUs('0473999001');
    await nowWaiting(1);
    await town.seesCounsellor('101', 'ringing');
    await town.seesCounsellor('101', 'talking');
    await nowWaiting(0);
    await until(() => town.calls.length > 0, { what: 'the screen is told of the call' });
    const [call] = town.calls;
    assert.deepEqual([call?.extension, call?.lineId], ['101', town.lineId]);
    assert.equal(call?.callId, town.pictures.at(-1)?.counsellors[0]?.callId);
    assert.equal(town.cardOf(call)?.calls[0]?.callId, call?.callId);
    await caller.hangUp();
    await town.seesCounsellor('101', 'free');
    assert.equal(town.calls.length, 1);
  });

  it('lets a supervisor hear a call, and nobody else', async () => {
    const caller = await phoneUs('0473999002');
    await town.seesCounsellor('101', 'talking');
    assert.equal(await town.order('/supervisors/101/listen', { counsellor: '102', mode: 'listen' }), 403);
    assert.equal(await town.order('/supervisors/102/listen', { counsellor: '101', mode: 'whisper' }), 202);
    const spies = async (): Promise<boolean> =>
      (await town.channels()).some(
        ({ application, channel }) =>
          [application, String(channel).slice(0, 9)].join() === 'ChanSpy,PJSIP/102',
      );
    await until(spies, { what: '102 hears the call', timeoutMs: 10_000 });
    await caller.hangUp();
    await until(async () => !(await spies()), { what: 'it ends with the call', timeoutMs: 10_000 });
    await town.seesCounsellor('101', 'free');
  });

  it('pulls a caller forward at once', async () => {
    await town.order('/counsellors/101/pause', { reason: '記録' });
    await town.seesCounsellor('101', 'paused');
    const first = await phoneUs('0473999003');
    await nowWaiting(1);
    const second = await phoneUs('0473999004');
    const { lines } = await nowWaiting(2);
    const last = lines[0]?.waiting[1]?.callId ?? '';
    assert.equal(await town.order('/supervisors/102/pull', { callId: last }), 202);
    await town.sees('the second is the first', (now) => now.lines[0]?.waiting[0]?.callId === last);
    await first.hangUp();
    await second.hangUp();
    await nowWaiting(0);
  });

  it('changes nothing for who waits while our process is away', async () => {
    const caller = await phoneUs('0473999005');
    const before = await nowWaiting(1);
    const logged = town.logged.length;
    await town.stopService();
    // An account that is nobody's is taken away last: once it is gone, those of the counsellors were judged.
    await town.hotline.counsellor('199', 'nobody');
    await town.startService();
    const after = await nowWaiting(1);
    const toldOf = (event: string): string[] =>
      town.logged.slice(logged).filter((text) => text.includes(event));
    await until(() => toldOf('account.removed').length > 0, {
      what: 'the accounts were looked at',
      timeoutMs: 20_000,
    });
    assert.deepEqual(toldOf('account.made'), [], 'accounts stay as they are');
    assert.deepEqual(toldOf('hotline.accounts_failed'), [], 'nothing is asked before the link is there');
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
    await caller.hangUp();
    await town.seesCounsellor('101', 'free');
  });

  it('calls about a task: first the counsellor, then who asked for it', async () => {
    await town.order('/counsellors/101/pause', { reason: '記録' });
    await town.seesCounsellor('101', 'paused');
    const caller = await phoneUs(phonedBack);
    await nowWaiting(1);
    await caller.press('1');
    await town.hotline.asks(phonedBack, 'hotline-phone-me-back');
    await caller.hangUp();
    const task = await town.nextTask();
    assert.equal(await town.order(`/tasks/${task}/call`, { extension: '101' }), 202);
    await town.hotline.line(
      ({ event, agent, data }) => event === 'BACKDIAL' && agent === '101' && data[1] === String(task),
      'BACKDIAL',
    );
    const talks = async (): Promise<boolean> =>
      (await town.channels()).some(
        ({ channel, channelstatedesc: state }) =>
          String(channel).startsWith('PJSIP/trunk-hotline-') && state === 'Up',
      );
    await until(talks, { what: 'the person has answered', timeoutMs: 20_000 });
    await town.hotline.pbx.action({ action: 'Hangup', channel: '/^PJSIP/101-.*$/' });
    await town.hotline.line(({ event, data }) => event === 'BACKENDED' && data[2] === 'ANSWER', 'BACKENDED');
    assert.equal(await town.order('/counsellors/101/resume'), 202);
    await town.seesCounsellor('101', 'free');
  });

  it('finds everybody as they were after the exchange was restarted, phones too, at once', async () => {
    await town.hotline.stage.pbx.stop();
    await town.sees('the exchange is not heard', ({ heard }) => !heard);
    await town.hotline.stage.pbx.restart();
    await town.sees('it is heard again', ({ heard }) => heard);
    await town.seesCounsellor('101', 'free');
    assert.equal(town.reasonOf('102'), '昼休み');
  });

  it('makes everything anew for an exchange that has lost its memory, members and pauses too', async () => {
    const { pbx } = town.hotline.stage;
    await pbx.kill();
    await town.sees('the exchange is not heard', ({ heard }) => !heard);
    rmSync(join(pbx.dir, 'lib', 'astdb.sqlite3'));
    await pbx.restart();
    await town.sees(
      'both are logged in',
      ({ heard, counsellors }) => heard && counsellors.every(({ lineIds }) => lineIds.length === 1),
    );
    assert.equal(town.reasonOf('102'), '昼休み');
    const told = async (family: string, key: string): Promise<boolean> =>
      (await town.hotline.get(family, key)) !== '';
    await until(() => told('hotline-salt', 'value'), { what: 'the salt is written', timeoutMs: 10_000 });
    assert.ok(await told('hotline-did', town.number));
    assert.ok(await told('ps_endpoints/endpoint', '101'));
  });

  it('logs out who is no counsellor any more, and takes their account away', async () => {
    await town.counsellors.remove('102', new Date());
    await town.sees('102 is gone', ({ counsellors }) =>
      counsellors.every(({ extension }) => extension !== '102'),
    );
    await until(async () => (await town.hotline.get('ps_endpoints/endpoint', '102')) === '', {
      what: 'the account is gone',
      timeoutMs: 10_000,
    });
    await until(async () => (await town.hotline.get('hotline-counsellor', '102/lines')) === '', {
      what: 'nothing is kept for 102',
      timeoutMs: 10_000,
    });
  });

  it('has written down what was ordered, and what the exchange said', async () => {
    const rows = await town
      .database('hotline_orders')
      .orderBy('id')
      .select<{ what: string; ordered_by: string; answer: string }[]>('what', 'ordered_by', 'answer');
    assert.deepEqual(
      rows.map(({ what, ordered_by: by, answer }) => `${by} ${what} ${answer}`),
      [
        '101 logIn done',
        '102 logIn done',
        '102 pause done',
        '102 whisper done',
        '101 pause done',
        '102 pullForward done',
        '101 resume done',
        '101 pause done',
        'api callBack done',
        '101 resume done',
      ],
    );
  });

  it('has logged no number and no name', () => {
    const text = town.logged.join('\n');
    for (const secret of ['0473999001', phonedBack, '相談員101']) assert.ok(!text.includes(secret), secret);
  });
});
