import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AriPhone } from '../../src/asterisk/ari/ari-phone.js';
import { numberOf } from '../../src/demo/simulated-people.js';
import { createLog } from '../../src/log.js';
import { readCarrierRecord } from '../../src/testbed/carrier-record.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { openStage, stageCallerNumber } from '../../src/testbed/stage.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf, managerOf } from '../support/exchange.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const maxSeconds = 4;

describe('the longest time of a call', function () {
  this.timeout(townTimeoutMs);

  it('is kept by Asterisk alone when nobody of ours is left to end the call', async () => {
    const folder = makeTemporaryFolder('longest');
    const stage = await openStage(await findAsterisk(), folder.path, { channelCap: 2 });
    const manager = await managerOf(stage.pbx);
    const phone = new AriPhone({
      pbxId: 'longest',
      baseUrl: stage.environment.ARI_URL ?? '',
      user: 'genkidesu',
      password: stage.pbx.ariPassword,
      callerNumber: stageCallerNumber,
      clock: () => new Date(),
      log: createLog('silent'),
      onUp: () => undefined,
      onDown: () => undefined,
      onReplaced: () => undefined,
    });
    try {
      phone.start();
      await until(() => phone.isUp, { what: 'the phone is up' });
      const attemptId = randomUUID();
      const call = phone.place({ attemptId, number: numberOf('06', 1), ringSeconds: 30, maxSeconds });
      assert.equal(await call.answered, 'answered');
      phone.stop();
      assert.equal((await channelsOf(manager)).length, 1);

      await until(async () => (await channelsOf(manager)).length === 0, {
        what: 'Asterisk has ended the call',
        timeoutMs: 10_000,
      });
      // The carrier hears the goodbye, and writes it down, when our exchange has done with the call.
      const { startedAt, endedAt } = await until(() => endedCall(stage.carrierRecordFile), {
        what: 'the carrier has noted the end',
      });
      const seconds = (endedAt.getTime() - startedAt.getTime()) / 1000;
      assert.ok(Math.abs(seconds - maxSeconds) < 1.5, `the call lasted ${seconds} s`);
    } finally {
      phone.stop();
      manager.stop();
      await stage.close();
      await folder.remove();
    }
  });
});

function endedCall(carrierRecordFile: string): { startedAt: Date; endedAt: Date } | undefined {
  const [seen] = readCarrierRecord(carrierRecordFile);
  return seen?.endedAt && { startedAt: seen.startedAt, endedAt: seen.endedAt };
}
