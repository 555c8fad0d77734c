import assert from 'node:assert/strict';
import { callCommand } from '../../src/cli/call-command.js';
import { numberOf } from '../../src/demo/simulated-people.js';
import { until } from '../../src/testbed/until.js';
import { Town, townTimeoutMs } from '../support/pbx-town.js';

describe('genkidesu call', function () {
  this.timeout(townTimeoutMs);
  let town: Town;
  before(async () => (town = await Town.open({ channelCap: 4 })));
  after(() => town.close());

  /** Runs the command and gives back what it printed. */
  async function call(number: string): Promise<string> {
    const said: string[] = [];
    const print = (line: string): void => void said.push(line);
    const world = { print, complain: print, environment: { ...town.environment }, clock: () => new Date() };
    const before = process.exitCode;
    await callCommand(world).parseAsync(['node', 'call', number, '--ring-seconds', '10']);
    said.push(`exit ${process.exitCode ?? 0}`);
    process.exitCode = before;
    return said.join('\n');
  }

  it('tells the course of a call to somebody who presses 1', async () => {
    const said = await call(numberOf('01', 1));
    assert.match(said, /発信します[^]*電話に出ました[^]*番号 1（ok）[^]*終わりました: ok[^]*exit 0/);
    assert.equal(town.carrierCalls().length, 1);
  });

  it('tells that a line is busy', async () => {
    const number = numberOf('08', 1);
    assert.match(await call(number), /終わりました: busy（cause 17、SIP 486/);
    // The next ones count calls: this one must stand in the carrier's record.
    await until(() => town.carrierCalls().some((one) => one.number === number), { what: 'it is noted' });
  });

  for (const number of ['110', '119', '0570012345', '00112025550123', '12345']) {
    it(`never dials ${number}`, async () => {
      const before = town.carrierCalls().length;
      assert.match(await call(number), /この番号にはかけられません[^]*exit 1/);
      assert.equal(town.carrierCalls().length, before);
    });
  }
});
