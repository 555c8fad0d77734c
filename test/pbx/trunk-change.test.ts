import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TrunkFile } from '../../src/asterisk/config/trunk-settings.js';
import { callCommand } from '../../src/cli/call-command.js';
import { trunkCommand } from '../../src/cli/trunk-command.js';
import { numberOf } from '../../src/demo/simulated-people.js';
import { readCarrierRecord, type CarrierCall } from '../../src/testbed/carrier-record.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { stageCallerNumber, stageHotlineNumbers } from '../../src/testbed/stage.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf, phoneUs } from '../support/exchange.js';
import { openHotlineStage, openHour, type HotlineStage } from '../support/hotline-stage.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const patient = numberOf('06', 1);

describe('the line to the carrier', function () {
  this.timeout(townTimeoutMs);

  let hotline: HotlineStage;
  before(async () => {
    hotline = await openHotlineStage({ preset: 'rakuten' });
    await hotline.setClock(openHour);
  });
  after(() => hotline.close());

  const callsTo = (number: string): CarrierCall[] =>
    readCarrierRecord(hotline.stage.carrierRecordFile).filter((call) => call.number === number);
  const shape = ({ from, identities }: CarrierCall) => ({ from, identities });

  function world() {
    const said: string[] = [];
    const print = (line: string): void => void said.push(line);
    return {
      said,
      world: {
        print,
        complain: print,
        environment: { ...hotline.stage.environment },
        clock: () => new Date(),
      },
    };
  }

  async function call(number: string): Promise<string> {
    const { said, world: ours } = world();
    const before = process.exitCode;
    await callCommand(ours).parseAsync(['node', 'call', number, '--ring-seconds', '10']);
    process.exitCode = before;
    return said.join('\n');
  }

  /** A counsellor's telephone, whose place somebody of the carrier takes, is picked up and dials. */
  async function counsellorDials(number: string, as: string): Promise<void> {
    const channel = `PJSIP/${as}@trunk`;
    await hotline.pbx.action({
      ...{ action: 'Originate', channel, context: 'counsellor', exten: number, priority: '1', async: 'true' },
    });
  }

  /** What the command of the exchange's owner does with a changed trunk file. */
  async function apply(trunk: Partial<TrunkFile>): Promise<string> {
    const { pbx, carrier } = hotline.stage;
    const { sipHost, sipPort, httpPort: ariPort, amiPort, ariPassword, amiPassword } = pbx;
    // The stage has no command's file of passwords; these are the ones with which it runs.
    const secrets = { ariPassword, amiPassword, lookupKey: 'x'.repeat(16) };
    writeFileSync(join(pbx.dir, 'secrets.json'), JSON.stringify(secrets), { mode: 0o600 });
    const { moduleDir: modules, dataDir: data } = await findAsterisk();
    const place = { modules, data, sipHost, sipPort, ariPort, amiPort };
    writeFileSync(join(pbx.dir, 'place.json'), JSON.stringify(place));
    const file = join(hotline.stage.dir, 'trunk.json');
    const line = { host: carrier.sipHost, port: carrier.sipPort, callerNumber: stageCallerNumber };
    writeFileSync(
      file,
      JSON.stringify({ ...line, channelCap: 20, hotlineNumbers: stageHotlineNumbers, ...trunk }),
    );
    const { said, world: ours } = world();
    const before = process.exitCode;
    await trunkCommand(ours).parseAsync(['node', 'trunk', 'apply', '--dir', pbx.dir, '--trunk', file]);
    said.push(`exit ${process.exitCode ?? 0}`);
    process.exitCode = before;
    return said.join('\n');
  }

  it('carries numbers as the preset wants them: 0… dialled, 81… shown and preferred', async () => {
    const number = numberOf('01', 1);
    assert.match(await call(number), /終わりました: ok/);
    assert.deepEqual(callsTo(number).map(shape), [
      {
        from: '81473900000',
        identities: [`P-Preferred-Identity: <sip:81473900000@${hotline.stage.carrier.sipHost}>`],
      },
    ]);
  });

  it('shows a counsellor’s line in the same form', async () => {
    const number = numberOf('20', 1);
    await counsellorDials(number, numberOf('06', 2));
    // The headers are written down after the call.
    await until(() => callsTo(number)[0]?.identities !== undefined, {
      what: 'somebody is phoned, and the number named',
      timeoutMs: 20_000,
    });
    assert.deepEqual(callsTo(number).map(shape), [
      {
        from: '81473900000',
        identities: [`P-Preferred-Identity: <sip:81473900000@${hotline.stage.carrier.sipHost}>`],
      },
    ]);
  });

  for (const [told, to] of [
    ['+81471234567', '+81120386117'],
    ['81471234568', '81120386117'],
    ['0471234569', '0120386117'],
  ] as const) {
    const number = told.replace(/^\+?81/, '0');
    it(`knows ${told}, who dialled ${to}, by the number of this country`, async () => {
      await phoneUs(hotline.carrier, { to, from: told, application: 'Wait', data: '2' });
      const { data } = await hotline.event(number, 'ARRIVED');
      assert.deepEqual(data.slice(1), [number, '0120386117']);
      const seen = (await channelsOf(hotline.pbx)).map(({ calleridnum }) => calleridnum);
      assert.ok(!seen.includes(told) || told === number, `${told} stands in the exchange`);
    });
  }

  it('is changed under a call that lives on, and the next call goes the new way', async () => {
    const wait = { application: 'Wait', data: '120', async: 'true' };
    await hotline.pbx.action({ action: 'Originate', channel: `PJSIP/${patient}@trunk`, ...wait });
    await until(() => callsTo(patient)[0]?.answeredAt !== undefined, {
      what: 'the call is up',
      timeoutMs: 20_000,
    });
    const said = await apply({ preset: 'address', numberFormat: '+81', callerFormat: '+81' });
    assert.match(said, /書き直しました: .*pjsip\.conf[^]*反映しました[^]*exit 0/);

    const number = numberOf('01', 2);
    assert.match(await call(number), /終わりました: ok/);
    const abroad = number.replace(/^0/, '+81');
    assert.deepEqual(callsTo(abroad).map(shape), [
      {
        from: '+81473900000',
        identities: [`P-Asserted-Identity: <sip:+81473900000@${hotline.stage.carrier.sipHost}>`],
      },
    ]);
    assert.equal(callsTo(patient)[0]?.endedAt, undefined, 'the call of before lives on');
    const to = numberOf('20', 2);
    await counsellorDials(to, numberOf('06', 2).replace(/^0/, '+81'));
    await until(() => callsTo(to.replace(/^0/, '+81')).length > 0, {
      what: 'somebody is phoned',
      timeoutMs: 20_000,
    });
    const ours = async (): Promise<number> =>
      (await channelsOf(hotline.pbx)).filter(({ application }) => application === 'Wait').length;
    assert.equal(await ours(), 1);
    // The carrier's goodbye still belongs to the call.
    await hotline.carrier.action({ action: 'Hangup', channel: '/^PJSIP/customer-/' });
    await until(async () => (await ours()) === 0, { what: 'the call of before is over' });
  });

  it('is left as it was by a trunk file that cannot be used', async () => {
    const said = await apply({ numberFormat: '+82' as '+81' });
    assert.match(said, /numberFormat: [^]*exit 1/);
  });

  it('leaves nothing for Asterisk to complain of', () => {
    const complaints = hotline
      .warnings()
      .split('\n')
      .filter((line) => /ERROR|WARNING/.test(line) && /pjsip|header|set_var|globals|trunk/i.test(line));
    assert.deepEqual(complaints, []);
  });
});
