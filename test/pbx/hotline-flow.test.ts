import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { until } from '../../src/testbed/until.js';
import { channelsOf } from '../support/exchange.js';
import { openHotlineStage, openHour, phoneHotline } from '../support/hotline-stage.js';
import type { HotlineStage, QueueLine } from '../support/hotline-stage.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** Every line here is one situation, so that all of them can be tried at once. */
const talking = { slot: '1', did: '0120386117' };
const deserted = { slot: '2', did: '0473900202' };
const busy = { slot: '3', did: '0473900203' };
const overfull = { slot: '4', did: '0473900204' };
const closed = { slot: '5', did: '0473900205' };
const brief = { slot: '6', did: '0473900206' };
const urgent = { slot: '7', did: '0473900207' };
const silent = { slot: '8', did: '0473900208' };

describe('a call to the hotline, with our service dead', function () {
  this.timeout(townTimeoutMs);

  let hotline: HotlineStage;
  before(async () => {
    hotline = await openHotlineStage();
    await hotline.setClock(openHour);
    for (const { slot, did } of [deserted, busy, overfull, closed, brief, urgent, silent])
      await hotline.put('hotline-did', did, slot);
    const everyHour = Array(7).fill('0000-2400').join('|');
    for (const slot of ['1', '2', '3', '4', '6', '7', '8']) {
      await hotline.put(`hotline-line/${slot}`, 'week', everyHour);
      await hotline.put(`hotline-line/${slot}`, 'until', '20991231');
    }
    // The stock greeting takes 16 s; two lines keep it.
    for (const slot of ['2', '3', '4', '7']) await hotline.shortGreeting(slot);
    await hotline.put('hotline-line/5', 'week', '||||||');
    await hotline.put('hotline-line/5', 'until', '20991231');
    await hotline.put('hotline-line/4', 'max-wait', '6');
    await hotline.put('hotline-line/8', 'recording', 'no');
    // Who stays on the line, who never answers, and who hangs up after two seconds.
    await hotline.counsellor('101', '0473906101');
    for (const extension of ['103', '104', '107']) await hotline.counsellor(extension, `0473909${extension}`);
    for (const extension of ['106', '108']) await hotline.counsellor(extension, `0473920${extension}`);
    for (const extension of ['101', '103', '104', '106', '107', '108'])
      await hotline.logIn(extension, Number(extension.slice(1)));
    // These speak for a while, and are heard at the end of the tests.
    await ring('0471000007', deserted, true);
    await ring('0471000008', overfull, true);
    await ring('0471000009', closed, true);
  });
  after(() => hotline.close());

  const ring = (from: string, { did }: { did: string }, speaks = false) =>
    phoneHotline(hotline.carrier, { from, to: did, speaks });

  it('is answered, recorded while the two speak, and told in full', async () => {
    const caller = await ring('0471000001', talking, true);
    const { agent } = await hotline.event('0471000001', 'CONNECT');
    await lasts(2);
    await caller.hangUp();
    await hotline.event('0471000001', 'COMPLETECALLER');
    const story = await hotline.story('0471000001');
    assert.equal(agent, '101');
    assertTold(story, served, ['COMPLETECALLER', 'LEFT talk', 'RECORDED']);
    const first = one(story, 'ARRIVED');
    assert.deepEqual(first.data.slice(1), ['0471000001', '0120386117']);
    assert.ok(Math.abs(Number(first.data[0]) - Date.now()) < 120_000, 'epoch milliseconds');
    const file = one(story, 'RECORDED').data[1] ?? '';
    await until(() => existsSync(file) && statSync(file).size > 16_000, { what: 'a recording of speech' });
  });

  it('is found under a number written with +81 or 81', async () => {
    for (const [from, did] of [
      ['0471000021', '+81120386117'],
      ['0471000022', '81473900208'],
    ] as const) {
      const caller = await ring(from, { did });
      const { data } = await hotline.event(from, 'ARRIVED');
      assert.equal(data[2], did.replace(/^\+?81/, '0'));
      await caller.hangUp();
      assert.deepEqual(events(await hotline.story(from)), ['ARRIVED', 'LEFT greeting']);
    }
  });

  it('is found by the To header when the request names only the main number', async () => {
    const carrier = createSocket('udp4').bind(0, hotline.stage.carrier.sipHost);
    await once(carrier, 'listening');
    try {
      const { sipHost, sipPort } = hotline.stage.pbx;
      carrier.send(inviteFor('0473900117', '0471000023', hotline, carrier.address().port), sipPort, sipHost);
      assert.deepEqual((await hotline.event('0471000023', 'ARRIVED')).data.slice(1), [
        '0471000023',
        '0473900117',
      ]);
      const calls = await channelsOf(hotline.pbx);
      const [call] = calls.filter(({ calleridnum }) => calleridnum === '0471000023');
      await hotline.pbx.action({ action: 'Hangup', channel: String(call?.channel) });
      await hotline.story('0471000023');
    } finally {
      carrier.close();
    }
  });

  it('is not recorded when the caller presses 9', async () => {
    const caller = await ring('0471000002', brief);
    await hotline.event('0471000002', 'ARRIVED');
    await lasts(1);
    await caller.press('9');
    await hotline.event('0471000002', 'COMPLETEAGENT');
    const story = await hotline.story('0471000002');
    const refused = ['ARRIVED', 'REFUSEDRECORDING', 'JOINING', 'ENTERQUEUE', 'ANSWERED', 'CONNECT'];
    assertTold(story, refused, ['COMPLETEAGENT', 'LEFT talk']);
  });

  it('is not recorded on a line that records nothing, and 9 means nothing there', async () => {
    const caller = await ring('0471000003', silent);
    await hotline.event('0471000003', 'ARRIVED');
    await lasts(1);
    await caller.press('9');
    await hotline.event('0471000003', 'COMPLETEAGENT');
    const story = await hotline.story('0471000003');
    assertTold(story, served, ['COMPLETEAGENT', 'LEFT talk']);
  });

  it('becomes a call back when the caller presses 1 while waiting', async () => {
    const caller = await ring('0471000004', busy);
    await waits('0471000004');
    await caller.press('1');
    await hotline.asks('0471000004', 'hotline-phone-me-back');
    await caller.press('1');
    const story = await hotline.story('0471000004');
    assert.deepEqual(left(story), ['EXITWITHKEY', 'CALLBACK', 'LEFT callBack']);
    assert.deepEqual(one(story, 'CALLBACK').data.slice(1), [one(story, 'JOINING').data[0], '0471000004']);
  });

  it('becomes a call back also when the caller hangs up during the question', async () => {
    const caller = await ring('0471000005', busy);
    await waits('0471000005');
    await caller.press('1');
    await hotline.asks('0471000005', 'hotline-phone-me-back');
    await caller.hangUp();
    assert.deepEqual(left(await hotline.story('0471000005')), ['EXITWITHKEY', 'CALLBACK', 'LEFT callBack']);
  });

  it('asks a caller with a hidden number for it, and again when it cannot be dialled', async () => {
    const caller = await ring('', busy);
    await waits('');
    await caller.press('1');
    await hotline.asks('', 'hotline-phone-me-back');
    await caller.press('0570123456#');
    await lasts(2);
    await caller.press('0471234567#');
    const story = await hotline.story('');
    assert.deepEqual(left(story), ['EXITWITHKEY', 'CALLBACK', 'LEFT callBack']);
    assert.equal(one(story, 'CALLBACK').data[2], '0471234567');
  });

  it('does not hear keys that mean nothing', async () => {
    const caller = await ring('0471000006', busy);
    await waits('0471000006');
    await caller.press('57*#2');
    await lasts(1);
    await caller.hangUp();
    assert.deepEqual(left(await hotline.story('0471000006')), ['ABANDON', 'LEFT queue']);
  });

  it('ends in a message when nobody is there to answer', async () => {
    const story = await hotline.story('0471000007');
    assert.deepEqual(events(story), ['ARRIVED', 'NOCOUNSELLOR', 'MESSAGE', 'LEFT message']);
    const [, file = '', number, why] = one(story, 'MESSAGE').data;
    assert.deepEqual([number, why], ['0471000007', 'noCounsellor']);
    assert.ok(statSync(file).size > 24_000);
  });

  it('ends in a message when it has waited too long', async () => {
    const story = await hotline.story('0471000008');
    assert.deepEqual(left(story), ['EXITWITHTIMEOUT', 'MESSAGE', 'LEFT message']);
    assert.equal(one(story, 'MESSAGE').data[3], 'overflow');
  });

  it('hears the next opening and may leave a message when the line is closed', async () => {
    const story = await hotline.story('0471000009');
    assert.deepEqual(events(story), ['ARRIVED', 'CLOSED', 'MESSAGE', 'LEFT message']);
    assert.equal(one(story, 'MESSAGE').data[3], 'closed');
  });

  it('leaves no message when nobody speaks', async () => {
    const caller = await ring('0471000010', closed);
    await hotline.event('0471000010', 'CLOSED');
    await caller.hangUp();
    assert.deepEqual(events(await hotline.story('0471000010')), ['ARRIVED', 'CLOSED', 'LEFT closed']);
  });

  it('comes first when the caller is a subscriber with an open alert', async () => {
    await hotline.put('hotline-salt', 'value', 'c0ffee');
    const sha1 = createHash('sha1').update('c0ffee0471000012').digest('hex');
    await hotline.put('hotline-urgent', sha1, '10');
    const patient = await ring('0471000011', urgent);
    await waits('0471000011');
    const alarmed = await ring('0471000012', urgent);
    const place = await hotline.event('0471000012', 'ENTERQUEUE');
    assert.deepEqual(place.data, ['', '0471000012', '1']);
    await patient.hangUp();
    await alarmed.hangUp();
    assert.deepEqual(left(await hotline.story('0471000012')), ['ABANDON', 'LEFT queue']);
  });

  it('is one key away for who phones the number of the check-in calls', async () => {
    const caller = await ring('0471000013', { did: '0473900000' });
    await lasts(2);
    await caller.press('1');
    assert.equal((await hotline.event('0471000013', 'ARRIVED')).data[2], '0473900000');
    await caller.hangUp();
    await hotline.story('0471000013');
  });

  it('finds every sound and every step', () => {
    const complaints = hotline
      .warnings()
      .split('\n')
      .filter((line) => !/stir_shaken|default country/.test(line) && / (WARNING|ERROR)\[/.test(line));
    assert.deepEqual(complaints, []);
  });

  /** In the queue, with whatever is said before over. */
  async function waits(number: string): Promise<void> {
    await hotline.event(number, 'ENTERQUEUE');
    await lasts(1);
  }
});

/** A call as a carrier writes it that knows its customer by the main number. */
function inviteFor(to: string, from: string, { stage }: HotlineStage, port: number): string {
  const { sipHost } = stage.carrier;
  const body = [
    ...['v=0', `o=- 1 1 IN IP4 ${sipHost}`, 's=-', `c=IN IP4 ${sipHost}`],
    ...['t=0 0', 'm=audio 40000 RTP/AVP 0', ''],
  ].join('\r\n');
  return [
    `INVITE sip:0473900000@${stage.pbx.sipHost} SIP/2.0`,
    `Via: SIP/2.0/UDP ${sipHost}:${port};branch=z9hG4bKmain;rport`,
    'Max-Forwards: 70',
    `From: <sip:${from}@${sipHost}>;tag=main`,
    `To: "Anshin; hotline" <sip:${to}@${sipHost}>`,
    'Call-ID: main',
    'CSeq: 1 INVITE',
    `Contact: <sip:${from}@${sipHost}:${port}>`,
    'Content-Type: application/sdp',
    `Content-Length: ${Buffer.byteLength(body)}`,
    '',
    body,
  ].join('\r\n');
}

/** The events of a call; the last with its stage. */
function events(story: readonly QueueLine[]): string[] {
  return story
    .filter(({ event }) => !['RINGNOANSWER', 'RINGCANCELED'].includes(event))
    .map(({ event, data }) => (event === 'LEFT' ? `LEFT ${data[1] ?? ''}` : event));
}

const served = ['ARRIVED', 'JOINING', 'ENTERQUEUE', 'ANSWERED', 'CONNECT'];

/** What was written down in order; the end of a talk is written by the queue and by the dialplan, in either order. */
function assertTold(story: readonly QueueLine[], first: readonly string[], end: readonly string[]): void {
  const all = events(story);
  assert.deepEqual([...all.slice(0, first.length), ...all.slice(first.length).sort()], [...first, ...end]);
}

/** What came after a caller was let into the queue. */
function left(story: readonly QueueLine[]): string[] {
  const all = events(story);
  assert.deepEqual(all.slice(0, 3), ['ARRIVED', 'JOINING', 'ENTERQUEUE']);
  return all.slice(3);
}

function one(story: readonly QueueLine[], event: string): QueueLine {
  const [found, ...more] = story.filter((line) => line.event === event);
  assert.ok(found && more.length === 0, event);
  return found;
}

/** People take their time. */
async function lasts(seconds: number): Promise<void> {
  const over = performance.now() + seconds * 1000;
  await until(() => performance.now() >= over, { what: 'time passes', timeoutMs: seconds * 1000 + 5000 });
}
