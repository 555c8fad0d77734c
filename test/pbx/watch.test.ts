import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { numberOf } from '../../src/demo/simulated-people.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { until } from '../../src/testbed/until.js';
import { quickPolicy, Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';

const secretPath = '/ping/a-secret-of-this-house';

/** One who is well, one who presses nothing, and one whose number is not in use. */
const codes = ['01', '06', '14'];

/** The calls of all tenants together are counted by Japan's day. */
const msOfTodayLeft = (): number => {
  const [hour, day] = [3_600_000, 86_400_000];
  return day - ((Date.now() + 9 * hour) % day);
};

describe('the watch over a service at a real exchange', function () {
  this.timeout(townTimeoutMs);

  let town: Town;
  let service: ServiceProcess;
  let elsewhere: Server;
  let beats: string[];
  let url: string;

  before(async () => {
    beats = [];
    elsewhere = createServer((request, response) => {
      beats.push(request.url ?? '');
      response.end('OK');
    });
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
    const port = await freeTcpPort();
    url = `http://127.0.0.1:${port}`;
    town = await Town.open({
      settings: {
        HTTP_PORT: String(port),
        MAX_ASKS: '1',
        KEY_SECONDS: '2',
        HEARTBEAT_URL: `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}${secretPath}`,
      },
    });
    // Nearly always at once: figures of a day that ends meanwhile would be those of none of these calls.
    await until(() => msOfTodayLeft() > 120_000, { what: 'the day is not about to end', timeoutMs: 130_000 });
    await town.people(
      codes.map((code) => numberOf(code, 1)),
      quickPolicy({ maxMissed: 1 }),
    );
    service = new ServiceProcess(town.environment);
    await service.start();
    await town.settled(60_000);
  });
  after(async () => {
    await service.stop();
    elsewhere.closeAllConnections();
    elsewhere.close();
    await town.close();
  });

  const figures = async (): Promise<string> => (await fetch(`${url}/metrics`)).text();

  it('counts what was promised and kept', async () => {
    const text = await figures();
    for (const [line, value] of [
      [/^genkidesu_checkins_due_today\{organization="1"\} (\d+)$/m, '3'],
      [/^genkidesu_checkins_settled_today\{organization="1"\} (\d+)$/m, '3'],
      [/^genkidesu_checkins_unknown_today\{organization="1"\} (\d+)$/m, '0'],
      [/^genkidesu_calls_today\{trunk="[^"]+",outcome="ok"\} (\d+)$/m, '1'],
      [/^genkidesu_calls_answered_today\{trunk="[^"]+"\} (\d+)$/m, '2'],
      [/^genkidesu_calls_answered_without_key_today\{trunk="[^"]+"\} (\d+)$/m, '1'],
      [/^genkidesu_call_causes_today\{trunk="[^"]+",sip_status="404",cause="1"\} (\d+)$/m, '1'],
      [/^genkidesu_link_up\{link="ari"\} (\d+)$/m, '1'],
      [/^genkidesu_link_up\{link="trunk"\} (\d+)$/m, '1'],
      [/^genkidesu_alerts_opened_last_day\{organization="1"\} (\d+)$/m, '2'],
    ] as const)
      assert.equal(line.exec(text)?.[1], value, String(line));
    assert.doesNotMatch(text, /試験|町 |0473901/);
  });

  it('finds clocks, disks and database well', async () => {
    const wanted = ['clock', 'database', 'database.write', 'schema', 'disk.data', 'link.ami', 'hold'];
    await until(
      async () => {
        const text = await figures();
        return wanted.every((check) => text.includes(`genkidesu_check_state{check="${check}"} 0\n`));
      },
      { what: 'everything that is watched is well', timeoutMs: 30_000, everyMs: 250 },
    );
  });

  it('tells somebody outside that the work is done, and nobody the address', async () => {
    await until(() => beats.length > 0, { what: 'a heartbeat', timeoutMs: 30_000 });
    assert.deepEqual([...new Set(beats)], [secretPath]);
    const ready = await until(
      async () => {
        const answer = (await (await fetch(`${url}/readyz`)).json()) as { heartbeat?: { state: string } };
        return answer.heartbeat?.state === 'sent' ? answer : undefined;
      },
      { what: 'the heartbeat is told as sent', timeoutMs: 10_000 },
    );
    assert.ok(ready);
    assert.doesNotMatch(JSON.stringify(ready) + service.lines.join('\n'), /a-secret-of-this-house/);
  });
});
