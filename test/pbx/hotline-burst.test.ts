import assert from 'node:assert/strict';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { benchNumber, writePeople } from '../../src/bench/bench-people.js';
import { HotlineTown } from '../../src/bench/hotline-town.js';
import { percentile } from '../../src/bench/percentile.js';
import { projectRoot } from '../../src/project-root.js';
import { readCarrierRecord } from '../../src/testbed/carrier-record.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { findSipp } from '../../src/testbed/find-sipp.js';
import { managerOf } from '../../src/testbed/manager-of.js';
import { runCallers } from '../../src/testbed/sipp-callers.js';
import { runCounsellors, type Counsellors } from '../../src/testbed/sipp-counsellors.js';
import type { SippCall } from '../../src/testbed/sipp-log.js';
import { openStage, stageHotlineNumbers, type Stage } from '../../src/testbed/stage.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';

const checkIns = 200;
const callers = 16;
const token = randomBytes(18).toString('base64url');

describe('a burst of check-ins while people phone the hotline', function () {
  this.timeout(townTimeoutMs);

  let folder: TemporaryFolder;
  let stage: Stage;
  let town: HotlineTown;
  let service: ServiceProcess;
  let phones: Counsellors;
  let quiet: SippCall[];
  let busy: SippCall[];

  before(async () => {
    folder = makeTemporaryFolder('burst');
    stage = await openStage(await findAsterisk(), folder.path, { channelCap: checkIns + 40 });
    town = await HotlineTown.open(stage, 5);
    service = new ServiceProcess({
      ...stage.environment,
      API_TOKEN: token,
      STARTS_PER_SECOND: '1000',
      FINISH_SECONDS: '0',
    });
    await service.start();
    await service.logged('service.started', 30_000);
    await prepare();
    quiet = await phoneUs('04739980');
    await service.stop();
    const numbers = Array.from({ length: checkIns }, (_, index) => benchNumber(index));
    await writePeople(town.database, town.codec, numbers, new Date());
    // The calls begin as soon as the service is there.
    await service.start();
    await until(() => placed() > 0, { what: 'check-ins begin', timeoutMs: 60_000 });
    busy = await phoneUs('04739981');
  });
  after(async () => {
    await phones.stop();
    await service.kill();
    await town.database.destroy();
    await stage.close();
    await folder.remove();
  });

  const placed = (): number =>
    readCarrierRecord(stage.carrierRecordFile).filter(({ number }) => number.startsWith('04738')).length;

  async function prepare(): Promise<void> {
    const pbx = await managerOf(stage.pbx);
    const greeting = join(projectRoot, 'sounds', 'beep');
    await pbx.action({ action: 'DBPut', family: 'hotline-line/1', key: 'greeting', val: greeting });
    const accounts = town.accounts.map(({ extension, secret }) => ({ user: extension, password: secret }));
    const sipp = await findSipp();
    const registrar = { host: stage.pbx.sipHost, port: stage.pbx.sipPort };
    const connect = (): Promise<Counsellors | undefined> =>
      runCounsellors({ sipp, registrar, phones: accounts, ringSeconds: 0, talkSeconds: [1] }).catch(
        () => undefined,
      );
    const connected = await until(connect, {
      what: 'the telephones are let in',
      timeoutMs: 30_000,
      everyMs: 500,
    });
    assert.ok(connected);
    phones = connected;
    for (const { extension } of town.accounts)
      await pbx.action({
        action: 'QueueAdd',
        queue: 'line-1',
        interface: `PJSIP/${extension}`,
        membername: extension,
      });
    pbx.stop();
  }

  /** Two people a second phone us. */
  async function phoneUs(numbers: string): Promise<SippCall[]> {
    const lot = await runCallers({
      sipp: await findSipp(),
      target: { host: stage.pbx.sipHost, port: stage.pbx.sipPort },
      localHost: stage.carrier.sipHost,
      number: stageHotlineNumbers[0],
      callerNumbers: Array.from(
        { length: callers },
        (_, index) => `${numbers}${String(index).padStart(2, '0')}`,
      ),
      callsPerSecond: 2,
      calls: callers,
      mostAtOnce: callers,
    });
    return lot.over;
  }

  /** From the call to the counsellor who picks up, in ms, for those of one lot. */
  function waits(calls: readonly SippCall[]): number[] {
    const pickedUp = phones.calls().flatMap(({ answeredAt }) => answeredAt ?? []);
    return calls.map(({ invitedAt, endedAt = 0 }) => {
      // Each talk lasts a second and is ended by the telephone: the end tells which one it was.
      const own = pickedUp.filter((at) => at > invitedAt && Math.abs(endedAt - at - 1000) < 400);
      return (own[0] ?? Infinity) - invitedAt;
    });
  }

  it('does begin so many calls at once', async () => {
    await until(() => placed() >= checkIns, { what: 'all are called', timeoutMs: 60_000 });
    const starts = readCarrierRecord(stage.carrierRecordFile)
      .filter(({ number }) => number.startsWith('04738'))
      .map(({ startedAt }) => startedAt.getTime());
    const [first, last] = [Math.min(...starts), starts.toSorted((a, b) => a - b)[checkIns - 1] ?? 0];
    assert.ok(last - first < 20_000, `${checkIns} calls began within ${last - first} ms`);
    const between = busy.filter(({ invitedAt }) => invitedAt >= first - 500 && invitedAt <= last + 500);
    assert.ok(between.length > 0, 'somebody phones during the burst');
  });

  it('refuses nobody who phones, and answers within two seconds', () => {
    for (const { invitedAt, answeredAt = Infinity, endedBy } of [...quiet, ...busy]) {
      assert.equal(endedBy, 'exchange');
      assert.ok(answeredAt - invitedAt < 2000, `answered after ${answeredAt - invitedAt} ms`);
    }
  });

  it('lets nobody wait longer for a counsellor', () => {
    const [before, during] = [waits(quiet), waits(busy)];
    assert.ok(
      percentile(during, 0.9) < percentile(before, 0.9) + 1500,
      `waits without: ${before.join(' ')}; with the burst: ${during.join(' ')}`,
    );
  });
});
