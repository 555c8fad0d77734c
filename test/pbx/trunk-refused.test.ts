import assert from 'node:assert/strict';
import { doctorCommand } from '../../src/cli/doctor-command.js';
import type { Finding } from '../../src/doctor/findings.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { freeUdpPort } from '../../src/testbed/free-ports.js';
import { openStage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { startFakeRegistrar } from '../support/fake-registrar.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const host = '127.0.0.3';
const registration = { username: '81471234567', password: 'wrong' };

/** What the doctor says of the registration with a carrier at a port. */
async function look(port: number): Promise<Finding | undefined> {
  const folder = makeTemporaryFolder('refused');
  const stage = await openStage(await findAsterisk(), folder.path, {
    trunk: { preset: 'rakuten', host, port, registration },
  });
  const lines: string[] = [];
  const before = process.exitCode;
  try {
    const doctor = doctorCommand({ print: (line) => lines.push(line), environment: stage.environment });
    await doctor.parseAsync(['--json'], { from: 'user' });
  } finally {
    process.exitCode = before;
    await stage.close();
    await folder.remove();
  }
  const { findings } = JSON.parse(lines.join('\n')) as { findings: Finding[] };
  return findings.find(({ what }) => what === '回線の登録');
}

describe('the doctor at a line that does not register', function () {
  this.timeout(townTimeoutMs);

  it('names a wrong password, and what to do about it', async () => {
    const registrar = await startFakeRegistrar(host);
    try {
      const finding = await look(registrar.port);
      assert.equal(finding?.state, 'bad');
      assert.match(finding.said, /断られました（利用者名かパスワードが違う/);
      assert.match(finding.mend, /username と password .*genkidesu trunk apply/);
    } finally {
      await registrar.close();
    }
  });

  it('tells silence from a refusal', async () => {
    const finding = await look(await freeUdpPort(host));
    assert.equal(finding?.state, 'bad');
    assert.match(finding.said, /答えがありません/);
    assert.match(finding.mend, /ネットワーク/);
  });
});
