import assert from 'node:assert/strict';
import { findSipp } from '../../src/testbed/find-sipp.js';
import { runCounsellors } from '../../src/testbed/sipp-counsellors.js';
import { until } from '../../src/testbed/until.js';
import { phoneHotline, type Caller } from '../support/hotline-stage.js';
import { HotlineTown } from '../support/hotline-town.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';

const talks = '0473999041';
const rings = '0473999042';
const waits = '0473999043';
const givesUp = '0473999044';

describe('a service that is killed while people phone', function () {
  this.timeout(townTimeoutMs);

  it('loses nobody who talks, rings or waits, and stores each call exactly once', async () => {
    const town = await HotlineTown.open();
    const { hotline, number: to } = town;
    const httpPort = hotline.stage.environment.HTTP_PORT ?? '';
    const service = new ServiceProcess({ ...town.environment, HTTP_PORT: httpPort });
    const order = async (extension: string): Promise<number> => {
      const response = await fetch(
        `http://127.0.0.1:${httpPort}/api/hotline/counsellors/${extension}/login`,
        {
          method: 'POST',
          headers: { authorization: `Bearer ${town.environment.API_TOKEN ?? ''}` },
        },
      );
      return response.status;
    };
    try {
      await service.start();
      await service.logged('service.started', 30_000);
      await until(async () => (await hotline.get('hotline-counsellor', '102/lines')) !== '', {
        what: 'the accounts are made',
        timeoutMs: 30_000,
      });
      await hotline.shortGreeting('2');
      const accounts = await town.counsellors.accounts();
      const phones = await runCounsellors({
        sipp: await findSipp(),
        registrar: { host: hotline.stage.pbx.sipHost, port: hotline.stage.pbx.sipPort },
        phones: accounts.map(({ extension, secret }) => ({ user: extension, password: secret })),
        ringSeconds: 3,
      });
      const logsIn = (extension: string): Promise<unknown> =>
        until(async () => (await order(extension)) === 202, {
          what: `${extension} logs in`,
          timeoutMs: 20_000,
          everyMs: 250,
        });
      try {
        const phone = (from: string): Promise<Caller> => phoneHotline(hotline.carrier, { from, to });
        const answered = async (from: string): Promise<string> =>
          (await hotline.event(from, 'ANSWERED')).agent;
        await logsIn('101');
        const talking = await phone(talks);
        assert.equal(await answered(talks), '101');
        await logsIn('102');
        const ringing = await phone(rings);
        await until(() => phones.calls().some(({ who }) => who === '102'), {
          what: '102 rings',
          timeoutMs: 10_000,
        });
        await service.kill();
        const waiting = await phone(waits);
        await hotline.event(waits, 'ENTERQUEUE');
        const leaving = await phone(givesUp);
        await hotline.event(givesUp, 'ENTERQUEUE');
        await leaving.hangUp();
        assert.equal(await answered(rings), '102');
        await talking.hangUp();
        assert.equal(await answered(waits), '101');
        await Promise.all([ringing.hangUp(), waiting.hangUp()]);
        for (const from of [talks, rings, waits, givesUp]) await hotline.story(from);

        await service.start();
        const rows = async () =>
          town
            .database('hotline_calls')
            .whereNotNull('ended_at')
            .orderBy('arrived_at')
            .select<{ result: string; answered_by: string | null; answered_at: number | null }[]>(
              'result',
              'answered_by',
              'answered_at',
            );
        await until(async () => (await rows()).length >= 4, { what: 'all are stored', timeoutMs: 30_000 });
        const stored = await rows();
        assert.deepEqual(
          stored.map(({ result, answered_by: by }) => [result, by]),
          [
            ['answered', '101'],
            ['answered', '102'],
            ['answered', '101'],
            ['abandoned', null],
          ],
        );
        const known = stored.flatMap(({ answered_at: at }) => at ?? []).sort();
        const seen = phones.calls().map(({ answeredAt = 0 }) => answeredAt);
        for (const [index, at] of seen.sort().entries())
          assert.ok(Math.abs(at - (known[index] ?? 0)) < 1500, `answer ${index} is stored at the wrong time`);
      } finally {
        await phones.stop();
      }
    } catch (error) {
      throw new Error(`${String(error)}; the service said last:\n${service.lines.slice(-10).join('\n')}`, {
        cause: error,
      });
    } finally {
      await service.kill();
      await town.close();
    }
  });
});
