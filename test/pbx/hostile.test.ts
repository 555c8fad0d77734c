import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { findSipp, type SippInstall } from '../../src/testbed/find-sipp.js';
import { sendMalformed } from '../../src/testbed/malformed-sip.js';
import { runCallers } from '../../src/testbed/sipp-callers.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import { runStrangers, type StrangersResult } from '../../src/testbed/sipp-hostile.js';
import type { SippCall } from '../../src/testbed/sipp-log.js';
import { until } from '../../src/testbed/until.js';
import { HotlineTown } from '../support/hotline-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';

/** A telephone of ours and who tries its password, behind one address, as in a house with one router. */
const sharedHost = '127.0.0.66';
const guessesPerSecond = 1000;
const guesses = 4000;
const unknownCalls = 600;
const callers = 8;
const mostLogBytesPerHour = 50_000_000;

describe('a hotline under attack', function () {
  this.timeout(townTimeoutMs);

  let town: HotlineTown;
  let sipp: SippInstall;
  let phones: Counsellors;
  let calls: SippCall[];
  let guessing: StrangersResult;
  let phoning: StrangersResult;
  let logBytesPerHour: number;

  before(async () => {
    town = await HotlineTown.open();
    await town.startService();
    const { hotline } = town;
    await hotline.shortGreeting('2');
    await until(async () => (await hotline.get('hotline-counsellor', '102/lines')) !== '', {
      what: 'the accounts are made',
      timeoutMs: 30_000,
    });
    sipp = await findSipp();
    phones = await phoneOf('101');
    assert.equal(await town.order('/counsellors/101/login'), 202);
    await town.seesCounsellor('101', 'free');
    await attack();
  });
  after(async () => {
    await phones.stop();
    await town.close();
  });

  async function phoneOf(extension: string, password?: string): Promise<Counsellors> {
    const { sipHost, sipPort } = town.hotline.stage.pbx;
    const account = (await town.counsellors.accounts()).find((one) => one.extension === extension);
    return runCounsellors({
      sipp,
      registrar: { host: sipHost, port: sipPort },
      localHost: sharedHost,
      phones: [{ user: extension, password: password ?? account?.secret ?? '' }],
      ringSeconds: 0.5,
      talkSeconds: [1],
    });
  }

  async function attack(): Promise<void> {
    const { stage } = town.hotline;
    const target = { host: stage.pbx.sipHost, port: stage.pbx.sipPort };
    const before = logBytes();
    const begun = performance.now();
    const phoningUs = await runCallers({
      sipp,
      target,
      localHost: stage.carrier.sipHost,
      number: town.number,
      callerNumbers: Array.from({ length: callers }, (_, index) => `047399905${index}`),
      callsPerSecond: 1,
      calls: callers,
      mostAtOnce: callers,
    });
    const from = { sipp, target, localHost: sharedHost };
    [guessing, phoning] = await Promise.all([
      runStrangers({
        ...from,
        what: 'guessing',
        user: '101',
        perSecond: guessesPerSecond,
        attempts: guesses,
      }),
      runStrangers({ ...from, what: 'phoning', user: '110', perSecond: 150, attempts: unknownCalls }),
      sendMalformed(target, 20, sharedHost),
    ]);
    const lastedSeconds = (performance.now() - begun) / 1000;
    logBytesPerHour = ((logBytes() - before) / lastedSeconds) * 3600;
    calls = await phoningUs.over;
  }

  function logBytes(): number {
    const folder = join(town.hotline.stage.pbx.dir, 'log');
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => statSync(join(folder, name)))
      .reduce((sum, file) => sum + (file.isFile() ? file.size : 0), 0);
  }

  async function refusals(): Promise<number> {
    const response = await fetch(`${town.url}/metrics`);
    const text = await response.text();
    const lines = [...text.matchAll(/^genkidesu_sip_refusals_total\{[^}]*\} (\d+)/gm)];
    return lines.reduce((sum, [, count]) => sum + Number(count), 0);
  }

  it('refuses everybody who is unknown or guesses', () => {
    assert.equal(phoning.attempts, unknownCalls);
    assert.deepEqual([...phoning.answers.keys()], [401]);
    assert.deepEqual([...guessing.answers.keys()], [401]);
  });

  it('serves its callers as if nothing were', () => {
    assert.equal(calls.length, callers);
    for (const { invitedAt, answeredAt = Infinity, endedBy } of calls) {
      assert.ok(answeredAt - invitedAt < 2000, `answered after ${answeredAt - invitedAt} ms`);
      assert.equal(endedBy, 'exchange');
    }
    const answered = phones.calls().filter(({ answeredAt }) => answeredAt !== undefined);
    assert.equal(answered.length, callers);
  });

  it('counts the attempts', async () => {
    await until(async () => (await refusals()) >= 0.9 * guesses, {
      what: `at least nine in ten of ${guesses} guesses are counted`,
      timeoutMs: 10_000,
      everyMs: 500,
    });
  });

  it('writes little about it', () => {
    assert.ok(
      logBytesPerHour < mostLogBytesPerHour,
      `${Math.round(logBytesPerHour / 1_000_000)} MB of logs an hour`,
    );
  });

  it('keeps out a telephone with a wrong password, and no other one', async () => {
    await assert.rejects(phoneOf('102', 'not-the-password'), /Only 0 of 1 phones registered/);
    await town.seesCounsellor('101', 'free');
    const other = await phoneOf('102');
    await other.stop();
  });
});
