import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLog } from '../../src/log.js';
import { Heartbeat } from '../../src/watch/heartbeat.js';
import { standingAfter, whyNotWorking, type WorkFacts } from '../../src/watch/heartbeat-rule.js';

const now = new Date('2026-11-24T03:00:00Z');
const secondsAgo = (seconds: number): Date => new Date(now.getTime() - seconds * 1000);
const works: WorkFacts = {
  wroteAt: secondsAgo(60),
  sweptAt: secondsAgo(5),
  ari: true,
  ami: true,
  isHeld: false,
};

describe('whether the service truly works', () => {
  for (const [what, facts, why] of [
    ['all is well', {}, undefined],
    ['nothing was ever written', { wroteAt: undefined }, 'databaseNotWritten'],
    ['nothing was written for three minutes', { wroteAt: secondsAgo(180) }, 'databaseNotWritten'],
    ['the sweep never ran', { sweptAt: undefined }, 'sweepStands'],
    ['the sweep stands', { sweptAt: secondsAgo(61) }, 'sweepStands'],
    ['the calls cannot be steered', { ari: false }, 'noExchange'],
    ['the manager is away', { ami: false }, 'noExchange'],
    ['the exchange is away while dialling is held', { ari: false, ami: false, isHeld: true }, undefined],
    ['the sweep stands while dialling is held', { sweptAt: undefined, isHeld: true }, 'sweepStands'],
  ] as const) {
    it(`says ${why ?? 'yes'} when ${what}`, () => {
      assert.equal(whyNotWorking({ ...works, ...facts }, now), why);
    });
  }

  it('remembers since when it is so, and when it was last heard', () => {
    const heard = standingAfter(
      { state: 'waiting', since: secondsAgo(99) },
      { kind: 'sent' },
      secondsAgo(60),
    );
    assert.deepEqual(heard, { state: 'sent', since: secondsAgo(60), lastSentAt: secondsAgo(60) });
    const again = standingAfter(heard, { kind: 'sent' }, now);
    assert.deepEqual(again, { state: 'sent', since: secondsAgo(60), lastSentAt: now });
    const failed = standingAfter(again, { kind: 'unheard', said: 'HTTP 500' }, now);
    assert.deepEqual(failed, { state: 'unheard', since: now, said: 'HTTP 500', lastSentAt: now });
  });
});

describe('the heartbeat', () => {
  let elsewhere: Server;
  let port: number;
  let asked: string[];
  let answer: number | 'never' | 'elsewhere';
  let logged: string[];
  let facts: WorkFacts;

  before(async () => {
    elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      if (answer === 'never') return;
      response.statusCode = answer === 'elsewhere' ? 302 : answer;
      if (answer === 'elsewhere') response.setHeader('location', '/stolen');
      response.end('OK');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    port = (elsewhere.address() as AddressInfo).port;
  });
  after(() => {
    elsewhere.closeAllConnections();
    elsewhere.close();
  });
  beforeEach(() => {
    [asked, answer, logged, facts] = [[], 200, [], works];
  });

  function heartbeat({
    url = `http://127.0.0.1:${port}/ping/a-secret-of-ours`,
    patienceMs = 10_000,
  } = {}): Heartbeat {
    const log = createLog('debug', { write: (line) => logged.push(line) });
    return new Heartbeat({ url, facts: () => facts, clock: () => now, log, patienceMs });
  }
  const events = () => logged.map((line) => (JSON.parse(line) as { event: string }).event);

  it('asks the address, and tells the log the first time only', async () => {
    const heart = heartbeat();
    assert.equal(heart.standing.state, 'waiting');
    for (let minute = 0; minute < 3; minute++) await heart.beatOnce();
    assert.deepEqual(asked, Array(3).fill('/ping/a-secret-of-ours'));
    assert.equal(heart.standing.state, 'sent');
    assert.deepEqual(events(), ['heartbeat.sent']);
  });

  for (const [what, how, said] of [
    ['is refused', 500, 'HTTP 500'],
    ['is sent elsewhere', 'elsewhere', 'HTTP 302'],
    ['is left without an answer', 'never', 'TimeoutError'],
  ] as const) {
    it(`warns once when it ${what}, goes on, and never tells the address`, async () => {
      // It must be long enough for the answer that comes in the end.
      const heart = heartbeat(how === 'never' ? { patienceMs: 1000 } : {});
      answer = how;
      for (let minute = 0; minute < 3; minute++) await heart.beatOnce();
      assert.deepEqual([heart.standing.state, heart.standing.said], ['unheard', said]);
      assert.equal(asked.length, 3);
      assert.deepEqual(events(), ['heartbeat.unheard']);
      answer = 200;
      await heart.beatOnce();
      assert.deepEqual(events(), ['heartbeat.unheard', 'heartbeat.sent']);
      assert.doesNotMatch(logged.join('\n') + JSON.stringify(heart.standing), /secret|127\.0\.0\.1/);
    }).timeout(15_000);
  }

  it('tells why nobody is there, and never the address', async () => {
    const heart = heartbeat({ url: 'http://127.0.0.1:9/ping/a-secret-of-ours' });
    await heart.beatOnce();
    assert.equal(heart.standing.state, 'unheard');
    assert.doesNotMatch(logged.join('\n') + JSON.stringify(heart.standing), /secret|127\.0\.0\.1/);
  });

  it('keeps silent while the work is not done, and says so once', async () => {
    const heart = heartbeat();
    facts = { ...works, sweptAt: undefined };
    await heart.beatOnce();
    await heart.beatOnce();
    assert.deepEqual([asked, heart.standing.said], [[], 'sweepStands']);
    assert.deepEqual(events(), ['heartbeat.withheld']);
  });

  it('ends at once, also in the middle of a question', async () => {
    const heart = heartbeat();
    answer = 'never';
    const beating = heart.beatOnce();
    await heart.stop();
    await beating;
    assert.deepEqual(events(), []);
  });
});
