import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setupCommand } from '../../src/cli/setup-command.js';
import { numberOf } from '../../src/demo/simulated-people.js';
import { startAsterisk } from '../../src/testbed/asterisk-instance.js';
import { readCarrierRecord } from '../../src/testbed/carrier-record.js';
import { startChild } from '../../src/testbed/child-process.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { freeTcpPort, freeUdpPort, freeUdpRange } from '../../src/testbed/free-ports.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const [sipHost, carrierHost] = ['127.0.0.1', '127.0.0.2'];

describe('an installation that genkidesu setup made', function () {
  this.timeout(townTimeoutMs);

  it('finds the exchange that was started from it in order, and phones somebody', async () => {
    const install = await findAsterisk();
    const folder = makeTemporaryFolder('setup-pbx');
    const [sipPort, carrierPort] = [await freeUdpPort(sipHost), await freeUdpPort(carrierHost)];
    const rtp = await freeUdpRange('0.0.0.0', 200);
    const carrier = await startAsterisk({
      ...{ kind: 'carrier', install, dir: join(folder.path, 'carrier'), sipHost: carrierHost },
      ...{ sipPort: carrierPort, amiPort: await freeTcpPort(), httpPort: await freeTcpPort() },
      ...{ rtp: { first: rtp.first, last: rtp.first + 99 }, maxCalls: 20 },
      customer: { host: sipHost, port: sipPort },
    });
    const dir = join(folder.path, 'srv');
    const answers = {
      ...{ preset: 'address', trunkHost: carrierHost, trunkPort: carrierPort, numberFormat: '81' },
      ...{ callerNumber: '0473900000', testCallNumber: numberOf('01', 1), channelCap: 4 },
      ...{ asteriskModules: install.moduleDir, asteriskData: install.dataDir, sipHost, sipPort },
      ...{ rtpPorts: `${rtp.first + 100}-${rtp.last}` },
      ...{ ariPort: await freeTcpPort(), amiPort: await freeTcpPort() },
    };
    const file = join(folder.path, 'answers.json');
    writeFileSync(file, JSON.stringify(answers));
    const said: string[] = [];
    const print = (line: string): void => void said.push(line);
    const world = { print, complain: print, environment: {}, clock: () => new Date() };
    const before = process.exitCode;
    let stop = (): Promise<unknown> => Promise.resolve();
    try {
      await setupCommand(world).parseAsync(['--dir', dir, '--answers', file, '--no-check'], { from: 'user' });
      assert.equal(process.exitCode, 0, said.join('\n'));
      const configuration = join(dir, 'pbx', 'etc', 'asterisk.conf');
      let tellReady: () => void = () => undefined;
      const ready = new Promise<void>((resolve) => (tellReady = resolve));
      const pbx = await startChild([...install.command, '-C', configuration, '-f'], {
        onLine: (line) => line.includes('Asterisk Ready') && tellReady(),
      });
      stop = () => pbx.stop('SIGTERM');
      await Promise.race([ready, pbx.ended]);

      said.length = 0;
      const changed = { ...answers, callerFormat: '+81' };
      writeFileSync(file, JSON.stringify(changed));
      await setupCommand(world).parseAsync(['--dir', dir, '--answers', file], { from: 'user' });
    } finally {
      process.exitCode = before;
      await Promise.all([stop(), carrier.stop()]);
    }
    const text = said.join('\n');
    assert.match(text, /Asterisk に反映しました[^]*\[ 良好 \]  回線の登録 +登録は要りません[^]*異常 0 件/);
    assert.match(text, /電話に出ました[^]*終わりました: ok/);
    const record = readCarrierRecord(join(carrier.dir, 'log', 'cel-custom', 'carrier.csv'));
    assert.deepEqual(
      record.map(({ number, from }) => [number, from]),
      [[answers.testCallNumber.replace(/^0/, '81'), '+81473900000']],
    );
    await folder.remove();
  });
});
