import assert from 'node:assert/strict';
import { readCarrierRecord, type CarrierCall } from '../../src/testbed/carrier-record.js';
import { findBaresip, type BaresipInstall } from '../../src/testbed/find-baresip.js';
import { Softphone } from '../../src/testbed/softphone.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf } from '../support/exchange.js';
import { openHotlineStage, openHour, phoneHotline } from '../support/hotline-stage.js';
import type { Caller, HotlineStage, QueueLine } from '../support/hotline-stage.js';
import { addPhoneAccount, exchangeOf } from '../support/phone-accounts.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const password = 'secret-of-this-test';
/** Picks up after a second, and stays. */
const outside = '0473906333';

describe('a caller whom a counsellor passes on', function () {
  this.timeout(townTimeoutMs);

  let hotline: HotlineStage;
  let baresip: BaresipInstall;
  let phones: Softphone[];
  let callers: Caller[];
  let count = 0;
  before(async () => {
    baresip = await findBaresip();
    hotline = await openHotlineStage();
    await hotline.setClock(openHour);
    for (const extension of ['101', '102', '103'])
      await addPhoneAccount(hotline.stage, extension, password, { transport: 'transport-udp' });
    for (const slot of ['1', '2']) await hotline.shortGreeting(slot);
    await hotline.logIn('101', 1);
    await hotline.logIn('103', 2);
  });
  beforeEach(() => {
    phones = [];
    callers = [];
  });
  afterEach(async () => {
    for (const caller of callers) await caller.hangUp().catch(() => undefined);
    await Promise.all(phones.map((phone) => phone.stop()));
    await until(async () => (await channelsOf(hotline.pbx)).length === 0, {
      what: 'every call is over',
      timeoutMs: 30_000,
    });
  });
  after(() => hotline.close());

  async function phone(user: string): Promise<Softphone> {
    const { stage } = hotline;
    const made = await Softphone.start({
      baresip,
      account: { user, password, registrar: exchangeOf(stage) },
    });
    phones.push(made);
    await made.register();
    return made;
  }

  /** Somebody who talks with 101. */
  async function talk(): Promise<{ number: string; counsellor: Softphone; caller: Caller }> {
    const counsellor = await phone('101');
    const number = `047200000${++count}`;
    const caller = await phoneHotline(hotline.carrier, { from: number });
    callers.push(caller);
    await counsellor.answer(60_000);
    await hotline.event(number, 'CONNECT');
    // They greet each other; keys in the first moment of a call are not commands yet.
    await lasts(1);
    return { number, counsellor, caller };
  }

  const carrierCall = (number: string): CarrierCall | undefined =>
    readCarrierRecord(hotline.stage.carrierRecordFile).find((call) => call.number === number);
  const events = (story: readonly QueueLine[]): string[] =>
    story.map(({ event, data }) => (event === 'LEFT' ? `LEFT ${data[1] ?? ''}` : event));
  /** What was written down of one caller so far. */
  const told = (number: string): QueueLine[] => {
    const lines = hotline.lines();
    const first = lines.find(({ data }) => data[1] === number);
    return lines.filter(({ uid }) => uid === first?.uid);
  };
  const answers = (number: string): string[] =>
    told(number)
      .filter(({ event }) => event === 'ANSWERED')
      .map(({ agent }) => agent);

  it('talks with a colleague, after a transfer by the telephone', async () => {
    const colleague = await phone('102');
    const { number, counsellor, caller } = await talk();
    await Promise.all([counsellor.blindTransfer('102'), colleague.answer(30_000)]);
    await until(() => answers(number).includes('102'), { what: 'the colleague answers' });
    await counsellor.until('idle');
    await caller.hangUp();
    await colleague.until('idle');
    const story = await hotline.story(number);
    assert.equal(events(story).at(-1), 'LEFT talk');
    assert.ok(events(story).includes('BLINDTRANSFER'), events(story).join(' '));
  });

  it('talks with a colleague, after the keys ##', async () => {
    const colleague = await phone('102');
    const { number, counsellor, caller } = await talk();
    await counsellor.sendKeys('##');
    await lasts(1);
    await counsellor.sendKeys('102');
    await colleague.answer(30_000);
    await until(() => answers(number).includes('102'), { what: 'the colleague answers' });
    await caller.hangUp();
    await hotline.story(number);
  });

  it('talks with a colleague who was asked first, after *2', async () => {
    const colleague = await phone('102');
    const { number, counsellor, caller } = await talk();
    await counsellor.sendKeys('*2');
    await lasts(1);
    await counsellor.sendKeys('102');
    await colleague.answer(30_000);
    await counsellor.hangUp();
    await counsellor.until('idle');
    const isGone = async (): Promise<boolean> =>
      (await channelsOf(hotline.pbx)).every(({ channel }) => !String(channel).includes('/101-'));
    await until(isGone, { what: 'the counsellor has left the call', timeoutMs: 15_000 });
    await colleague.until('talking');
    await caller.hangUp();
    await colleague.until('idle');
    assert.equal(events(await hotline.story(number)).at(-1), 'LEFT talk');
  });

  it('talks with somebody outside, on the counsellor’s account', async () => {
    const { number, counsellor, caller } = await talk();
    await counsellor.blindTransfer(outside);
    await until(() => carrierCall(outside)?.answeredAt !== undefined, { what: 'they answer' });
    await lasts(1);
    await caller.hangUp();
    const story = await hotline.story(number);
    const out = story.filter(({ event }) => event.startsWith('OUT'));
    assert.deepEqual(
      out.map(({ event, agent }) => [event, agent]),
      [
        ['OUTGOING', '101'],
        ['OUTANSWERED', '101'],
        ['OUTENDED', '101'],
      ],
    );
    assert.equal(carrierCall(outside)?.from, '0473900000');
    assert.ok(Number(await hotline.get('hotline-spent/101', '20261130')) >= 1);
  });

  it('waits again when the number may not be dialled', async () => {
    const { number, counsellor, caller } = await talk();
    await counsellor.blindTransfer('0570123456');
    await hotline.event(number, 'OUTREFUSED');
    await until(() => told(number).filter(({ event }) => event === 'ENTERQUEUE').length === 2, {
      what: 'the caller waits again',
      timeoutMs: 20_000,
    });
    await caller.hangUp();
    assert.equal(carrierCall('0570123456'), undefined);
  });

  it('waits in the queue of another line after *8 and its slot', async () => {
    const other = await phone('103');
    const { number, counsellor, caller } = await talk();
    await counsellor.blindTransfer('*802');
    await other.answer(60_000);
    await until(() => answers(number).includes('103'), { what: 'the other line answers' });
    await caller.hangUp();
    const story = await hotline.story(number);
    assert.deepEqual(
      story.filter(({ event }) => event === 'ENTERQUEUE').map(({ queue }) => queue),
      ['line-1', 'line-2'],
    );
  });
});

/** People take their time. */
async function lasts(seconds: number): Promise<void> {
  const over = performance.now() + seconds * 1000;
  await until(() => performance.now() >= over, { what: 'time passes', timeoutMs: seconds * 1000 + 5000 });
}
