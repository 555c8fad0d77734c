import assert from 'node:assert/strict';
import type { AmiLink } from '../../src/asterisk/ami/ami-link.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { findBaresip, type BaresipInstall } from '../../src/testbed/find-baresip.js';
import { findSipp, type SippInstall } from '../../src/testbed/find-sipp.js';
import { sendMalformed } from '../../src/testbed/malformed-sip.js';
import { runCallers } from '../../src/testbed/sipp-callers.js';
import { runCounsellors } from '../../src/testbed/sipp-counsellors.js';
import { runStrangers } from '../../src/testbed/sipp-hostile.js';
import { Softphone } from '../../src/testbed/softphone.js';
import type { SoftphoneAccount } from '../../src/testbed/softphone-settings.js';
import { openStage, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf, managerOf } from '../support/exchange.js';
import { addPhoneAccount, exchangeOf } from '../support/phone-accounts.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const carrierHost = '127.0.0.2';
/** Extensions that the test adds to the dialplan: one writes down keys, one listens. */
const keysNumber = '0473900701';
const silentNumber = '0473900702';

describe('phones that are not ours', function () {
  this.timeout(townTimeoutMs);

  let folder: TemporaryFolder;
  let stage: Stage;
  let pbx: AmiLink;
  let sipp: SippInstall;
  let baresip: BaresipInstall;
  const opened: { stop(): Promise<unknown> }[] = [];
  before(async () => {
    [sipp, baresip] = [await findSipp(), await findBaresip()];
    folder = makeTemporaryFolder('phones');
    stage = await openStage(await findAsterisk(), folder.path, { tls: true });
    pbx = await managerOf(stage.pbx);
    for (const extension of ['101', '102', '103', '104', '105'])
      await addPhoneAccount(stage, extension, passwordOf(extension));
    for (const extension of ['106', '107'])
      await addPhoneAccount(stage, extension, passwordOf(extension), { media_encryption: 'sdes' });
    const steps = {
      [keysNumber]: ['Answer()', 'Read(PRESSED,,2,,1,10)', 'Set(DB(test/keys)=${PRESSED})', 'Hangup()'],
      [silentNumber]: ['Answer()', 'Wait(60)', 'Hangup()'],
    };
    for (const [number, applications] of Object.entries(steps)) {
      for (const [index, application] of applications.entries()) {
        const command = `dialplan add extension ${number},${index + 1},${application} into from-trunk`;
        await pbx.action({ action: 'Command', command });
      }
    }
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map(async (each) => each.stop()));
    await until(async () => (await channelsOf(pbx)).length === 0, {
      what: 'every call is over',
      timeoutMs: 20_000,
    });
  });
  after(async () => {
    pbx.stop();
    await stage.close();
    await folder.remove();
  });

  function passwordOf(extension: string): string {
    return `secret of ${extension}`.replaceAll(' ', '-');
  }

  async function softphone(
    user: string,
    options: Partial<SoftphoneAccount> & { localHost?: string } = {},
  ): Promise<Softphone> {
    const { localHost = '127.0.0.3', ...account } = options;
    const phone = await Softphone.start({
      baresip,
      localHost,
      account: { user, password: passwordOf(user), registrar: exchangeOf(stage), ...account },
    });
    opened.push(phone);
    return phone;
  }

  async function registered(user: string, autoAnswer = false): Promise<Softphone> {
    const phone = await softphone(user, { autoAnswer });
    await phone.register();
    return phone;
  }

  describe('a softphone', () => {
    it('is refused with a wrong password, and says so', async () => {
      const phone = await softphone('101', { password: 'guessed' });
      await assert.rejects(phone.register(), /the registrar refused: 401/);
    });

    it('calls a colleague, who sees who calls', async () => {
      const [caller, called] = [await registered('101'), await registered('102')];
      await caller.dial('102');
      assert.equal((await called.answer()).number, '101');
      await caller.until('talking');
      await caller.hangUp();
      await called.until('idle');
    });

    it('keeps a call that it holds and takes up again', async () => {
      const [caller, called] = [await registered('101'), await registered('102')];
      await caller.dial('102');
      await called.answer();
      await called.hold();
      await called.resume();
      assert.equal((await caller.until('talking')).state, 'talking');
      assert.equal((await called.until('talking')).state, 'talking');
    });

    it('sends a call on to a third one', async () => {
      const [caller, called] = [await registered('101'), await registered('102')];
      const third = await registered('103', true);
      await caller.dial('102');
      await called.answer();
      await called.blindTransfer('103');
      await called.until('idle');
      await third.until('talking');
      await caller.until('talking');
    });

    it('asks a third one first, and then joins the two', async () => {
      const [caller, called] = [await registered('101'), await registered('102')];
      const third = await registered('103', true);
      await caller.dial('102');
      await called.answer();
      await called.hold();
      await called.dial('103');
      await until(() => called.calls.filter(({ state }) => state === 'talking').length === 2, {
        what: 'the third one is asked',
      });
      await called.attendedTransfer();
      await called.until('idle');
      await third.until('talking');
      await caller.hangUp();
      await third.until('idle');
    });

    it('talks with nobody listening in between', async () => {
      const secret = {
        transport: 'tls',
        encrypted: true,
        registrar: { host: stage.pbx.sipHost, port: stage.tls?.port ?? 0 },
      } as const;
      const caller = await softphone('106', secret);
      const called = await softphone('107', { ...secret, autoAnswer: true });
      await caller.register();
      await called.register();
      await caller.dial('107');
      await caller.until('talking');
      await called.hangUp();
      await caller.until('idle');
    });

    it('presses keys as a caller of the carrier', async () => {
      const caller = await softphone('0473901077', { localHost: carrierHost });
      await caller.dial(keysNumber);
      await caller.until('talking');
      await caller.sendKeys('4*');
      await caller.until('idle', 15_000);
      const [kept] = await pbx.action({ action: 'DBGet', family: 'test', key: 'keys' }, { list: true });
      assert.equal(kept?.val, '4*');
    });
  });

  describe('phones of a load generator', () => {
    async function counsellors(
      script: { ringSeconds?: number; talkSeconds?: number[] },
      extensions = ['104', '105'],
    ): Promise<Awaited<ReturnType<typeof runCounsellors>>> {
      const phones = await runCounsellors({
        sipp,
        registrar: exchangeOf(stage),
        phones: extensions.map((user) => ({ user, password: passwordOf(user) })),
        ...script,
      });
      opened.push(phones);
      return phones;
    }

    it('register, ring, are picked up, talk and hang up', async () => {
      const phones = await counsellors({ ringSeconds: 0.5, talkSeconds: [1] });
      const caller = await registered('101');
      await caller.dial('104');
      await caller.until('talking');
      await caller.until('idle');
      const [call] = await phones.signOff();
      assert.equal(call?.who, '104');
      assert.equal(call.endedBy, 'phone');
      const { invitedAt, answeredAt = 0, endedAt = 0 } = call;
      assert.ok(lasted(answeredAt - invitedAt, 500), `rang ${answeredAt - invitedAt} ms`);
      assert.ok(lasted(endedAt - answeredAt, 1000), `talked ${endedAt - answeredAt} ms`);
    });

    it('stop ringing when the caller gives up', async () => {
      const phones = await counsellors({});
      const caller = await registered('101');
      await caller.dial('105');
      await until(() => phones.calls()[0]?.ringingAt, { what: 'the phone rings' });
      await caller.hangUp();
      await until(() => phones.calls()[0]?.refusedWith, { what: 'it stops' });
      assert.deepEqual(
        phones.calls().map(({ who, refusedWith, endedBy }) => ({ who, refusedWith, endedBy })),
        [{ who: '105', refusedWith: 487, endedBy: 'exchange' }],
      );
    });

    it('are not let in with a wrong password', async () => {
      await assert.rejects(
        runCounsellors({
          sipp,
          registrar: exchangeOf(stage),
          phones: [{ user: '104', password: 'guessed' }],
        }),
        { code: 'didNotStart' },
      );
    });

    it('call in through the carrier, each from a number of its own, and tell how it went', async () => {
      const callerNumbers = ['0473901001', '0473901002', 'anonymous'];
      const callers = await runCallers({
        sipp,
        target: exchangeOf(stage),
        localHost: carrierHost,
        number: silentNumber,
        callerNumbers,
        callsPerSecond: 5,
        calls: 6,
        mostAtOnce: 6,
        talkSeconds: [4, 6],
      });
      opened.push(callers);
      const channels = await until(
        async () => {
          const now = await channelsOf(pbx);
          return now.length === 6 ? now : undefined;
        },
        { what: 'all are in' },
      );
      const shown = channels.map(({ calleridnum }) => calleridnum).sort();
      assert.deepEqual(shown.slice(0, 4), ['0473901001', '0473901001', '0473901002', '0473901002']);
      const calls = await callers.over;
      assert.deepEqual(
        calls.map(({ who }) => who),
        [...callerNumbers, ...callerNumbers],
      );
      assert.deepEqual([...new Set(calls.map(({ endedBy }) => endedBy))], ['phone']);
      for (const { answeredAt = 0, endedAt = 0 } of calls) {
        const talkedMs = endedAt - answeredAt;
        assert.ok(lasted(talkedMs, 4000) || lasted(talkedMs, 6000), `talked ${talkedMs} ms`);
      }
    });

    it('notice that the exchange hangs up', async () => {
      const callers = await runCallers({
        sipp,
        target: exchangeOf(stage),
        localHost: carrierHost,
        number: silentNumber,
        callerNumbers: ['0473901001'],
        callsPerSecond: 5,
        calls: 1,
        mostAtOnce: 1,
      });
      opened.push(callers);
      await until(() => callers.calls()[0]?.answeredAt, { what: 'the call is answered' });
      const [channel] = await channelsOf(pbx);
      await pbx.action({ action: 'Hangup', channel: String(channel?.channel) });
      const [call] = await callers.over;
      assert.equal(call?.endedBy, 'exchange');
    });
  });

  describe('strangers', () => {
    it('are refused by the hundred, and the exchange goes on to serve', async () => {
      const target = exchangeOf(stage);
      const some = { sipp, target, perSecond: 200, attempts: 400 };
      const [phoning, guessing] = await Promise.all([
        runStrangers({ ...some, what: 'phoning', user: '0473900000' }),
        runStrangers({ ...some, what: 'guessing', user: '101', localHost: '127.0.0.67' }),
      ]);
      await sendMalformed(target, 20);
      assert.equal(phoning.attempts, 400);
      assert.deepEqual([...phoning.answers.keys()], [401]);
      assert.deepEqual([...guessing.answers.keys()], [401]);
      const phone = await registered('101');
      assert.deepEqual(phone.calls, []);
    });
  });
});

/** A timer of a telephone may be late on a busy machine, and never early but for the clocks' grain. */
function lasted(ms: number, wantedMs: number): boolean {
  return ms > wantedMs - 250 && ms < wantedMs + 1500;
}
