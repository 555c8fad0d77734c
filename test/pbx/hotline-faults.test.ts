import assert from 'node:assert/strict';
import type { LineView } from '../../src/hotline/picture-view.js';
import { LineStore } from '../../src/hotline/line-store.js';
import { findSipp, type SippInstall } from '../../src/testbed/find-sipp.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import { until } from '../../src/testbed/until.js';
import { phoneHotline } from '../support/hotline-stage.js';
import { HotlineTown } from '../support/hotline-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { TcpProxy } from '../support/tcp-proxy.js';

/** A second line, whose first telephone nobody picks up and whose third is gone. */
const otherNumber = '0120386119';

describe('a hotline in which something fails', function () {
  this.timeout(townTimeoutMs);

  let town: HotlineTown;
  let manager: TcpProxy;
  let sipp: SippInstall;
  let answering: Counsellors;
  let unheard: Counsellors;
  let gone: Counsellors;
  let otherCall: Promise<{ agent: string; event: string }[]>;
  before(async () => {
    town = await HotlineTown.open();
    const { organizationId } = town;
    const now = new Date();
    const other = await new LineStore(town.database).add(
      {
        organizationId,
        name: 'もう一つの相談',
        shownNumber: '0473900002',
        slot: 3,
        week: Array.from({ length: 7 }, () => [{ from: '00:00', until: '24:00' }]),
        closedOnHolidays: false,
        closedAtYearEnd: false,
        numbers: [otherNumber],
      },
      now,
    );
    for (const extension of ['103', '104', '105'])
      await town.counsellors.add(
        { organizationId, name: `相談員${extension}`, extension, lineIds: [other.id] },
        now,
      );
    manager = await TcpProxy.open(town.hotline.stage.pbx.amiPort);
    town.environment.AMI_PORT = String(manager.port);
    await town.startService();
    for (const slot of ['2', '3']) await town.hotline.shortGreeting(slot);
    await until(async () => (await town.hotline.get('hotline-counsellor', '105/lines')) !== '', {
      what: 'the accounts are made',
      timeoutMs: 30_000,
    });
    sipp = await findSipp();
    [answering, unheard, gone] = await Promise.all([
      phonesOf(['101', '102', '104'], '127.0.0.4', { ringSeconds: 1, talkSeconds: [3] }),
      phonesOf(['103'], '127.0.0.5', {}),
      phonesOf(['105'], '127.0.0.6', { ringSeconds: 1 }),
    ]);
    for (const extension of ['101', '102', '103', '104', '105'])
      assert.equal(await town.order(`/counsellors/${extension}/login`), 202);
    otherCall = phoneTheOtherLine();
  });
  after(async () => {
    await Promise.all([answering, unheard, gone].map((one) => one.stop()));
    await town.close();
    await manager.close();
  });

  async function phonesOf(
    extensions: readonly string[],
    localHost: string,
    script: { ringSeconds?: number; talkSeconds?: number[] },
  ): Promise<Counsellors> {
    const { sipHost, sipPort } = town.hotline.stage.pbx;
    const accounts = (await town.counsellors.accounts()).filter(({ extension }) =>
      extensions.includes(extension),
    );
    return runCounsellors({
      sipp,
      registrar: { host: sipHost, port: sipPort },
      localHost,
      phones: accounts.map(({ extension, secret }) => ({ user: extension, password: secret })),
      ...script,
    });
  }

  /** Rings for twenty seconds in vain at the first telephone, beside all that follows. */
  async function phoneTheOtherLine(): Promise<{ agent: string; event: string }[]> {
    await gone.signOff();
    await town.order('/counsellors/104/pause', { reason: '記録' });
    await phoneHotline(town.hotline.carrier, { from: '0473999031', to: otherNumber });
    await until(() => unheard.calls().length > 0, { what: '103 rings', timeoutMs: 20_000 });
    // Orders are refused while another of these tests has cut the link.
    await until(async () => (await town.order('/counsellors/104/resume')) === 202, {
      what: '104 takes calls again',
      timeoutMs: 60_000,
      everyMs: 500,
    });
    return town.hotline.story('0473999031');
  }

  const firstLine = (): LineView | undefined => town.pictures.at(-1)?.lines[0];
  const waitingIs = (count: number): Promise<unknown> =>
    town.sees(`${count} wait`, ({ heard, lines }) => heard && lines[0]?.waiting.length === count);
  const orderOfAll = async (what: string, status: number): Promise<void> => {
    for (const extension of ['101', '102'])
      assert.equal(await town.order(`/counsellors/${extension}/${what}`, { reason: '記録' }), status, what);
  };

  it('keeps those who wait when everybody pauses, and lets them be heard of again after a cut', async () => {
    await orderOfAll('pause', 202);
    await phoneHotline(town.hotline.carrier, { from: '0473999032', to: town.number });
    await waitingIs(1);
    const callId = firstLine()?.waiting[0]?.callId;
    manager.cut();
    await town.sees('it is told that the picture is old', ({ heard }) => !heard);
    assert.equal(firstLine()?.waiting[0]?.callId, callId);
    await orderOfAll('resume', 503);
    // Somebody comes whom we cannot hear of.
    await phoneHotline(town.hotline.carrier, { from: '0473999033', to: town.number });
    await town.hotline.event('0473999033', 'ENTERQUEUE');
    manager.mend();
    await waitingIs(2);
    assert.equal(firstLine()?.waiting[0]?.callId, callId);
  });

  it('notices a link that has fallen silent, and gives no order into it', async () => {
    manager.fallSilent();
    await town.sees('it is told that the picture is old', ({ heard }) => !heard);
    await orderOfAll('resume', 503);
    manager.mend();
    await waitingIs(2);
  });

  it('loses nobody who waits when the exchange reads its settings again', async () => {
    const before = firstLine()?.waiting.map(({ callId }) => callId);
    for (const command of ['module reload app_queue.so', 'core reload'])
      await town.hotline.pbx.action({ action: 'Command', command });
    // The AMI's own module is reloaded too, and may drop its sessions.
    await until(() => town.hotline.pbx.isUp, { what: 'the manager is there', timeoutMs: 10_000 });
    await waitingIs(2);
    assert.deepEqual(
      firstLine()?.waiting.map(({ callId }) => callId),
      before,
    );
    await until(async () => (await town.order('/counsellors/101/resume')) === 202, {
      what: 'orders are taken',
      timeoutMs: 20_000,
      everyMs: 500,
    });
    for (const number of ['0473999032', '0473999033']) {
      const { agent } = await town.hotline.event(number, 'ANSWERED');
      assert.equal(agent, '101');
    }
  });

  it('takes a message when everybody pauses for too long', async () => {
    assert.equal(await town.order('/counsellors/101/pause', { reason: '記録' }), 202);
    await town.hotline.put('hotline-line/2', 'max-wait', '3');
    const caller = await phoneHotline(town.hotline.carrier, { from: '0473999034', to: town.number });
    await town.hotline.event('0473999034', 'EXITWITHTIMEOUT');
    await caller.hangUp();
    const story = await town.hotline.story('0473999034');
    assert.deepEqual([story.at(-1)?.event, story.at(-1)?.data[1]], ['LEFT', 'message']);
  });

  it('rings the next one when nobody picks up, and no telephone that is gone', async () => {
    const story = await otherCall;
    const rang = story.filter(({ event }) => event === 'RINGNOANSWER').map(({ agent }) => agent);
    assert.ok(rang.includes('103'), `rang in vain: ${rang.join()}`);
    assert.deepEqual(
      story.filter(({ event }) => event === 'ANSWERED').map(({ agent }) => agent),
      ['104'],
    );
    assert.deepEqual(gone.calls(), []);
  });

  it('has stored each of these calls exactly once', async () => {
    const calls = async (): Promise<{ result: string | null }[]> =>
      town
        .database('hotline_calls')
        .whereNotNull('ended_at')
        .orderBy('arrived_at')
        .select<{ result: string | null }[]>('result');
    await until(async () => (await calls()).length === 4, { what: 'all are taken in', timeoutMs: 20_000 });
    assert.deepEqual((await calls()).map(({ result }) => result).toSorted(), [
      'answered',
      'answered',
      'answered',
      'overflow',
    ]);
  });
});
