import assert from 'node:assert/strict';
import { numberOf } from '../../src/demo/simulated-people.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { allAreWell, carrierSees, eachIsCalledOnce, inTown, isTalking } from '../support/town-play.js';

const numbers = Array.from({ length: 16 }, (_, which) => numberOf('24', which));
/** From the owner's last sign of life to the moment when another process has its place. */
const takeoverMs = 15_000;

describe('two services on one exchange and database', function () {
  this.timeout(townTimeoutMs);

  let killed: Promise<void> | undefined;
  let frozen: Promise<void> | undefined;
  before(async () => {
    await findAsterisk();
    [killed, frozen] = [ownerIsKilled(), ownerIsFrozen()];
    for (const run of [killed, frozen]) run.catch(() => undefined);
  });

  it('the second one says who owns it and waits; when the owner is killed it goes on at once', async () => {
    await killed;
  });

  it('the second one takes over from a frozen owner, which ends by itself once it goes on', async () => {
    await frozen;
  });
});

async function ownerIsKilled(): Promise<void> {
  await inTown({ numbers, channelCap: 8 }, async (town, start) => {
    const owner = await start();
    await owner.logged('lease.taken');
    const second = await start({ HTTP_PORT: String(await freeTcpPort()) });
    await second.logged('lease.waiting');
    const said = second.lines.find((line) => line.includes('"event":"lease.waiting"')) ?? '';
    assert.match(said, new RegExp(`"pid":${owner.pid},"since":"20`));

    await carrierSees(town, 4, isTalking, 'are answered');
    await owner.kill();
    // A dead process of the same machine is known to be dead.
    await second.logged('lease.taken', 3000);
    await town.settled(60_000);
    await allAreWell(town, numbers);
    eachIsCalledOnce(town, numbers);
  });
}

async function ownerIsFrozen(): Promise<void> {
  await inTown({ numbers, channelCap: 8 }, async (town, start) => {
    const owner = await start();
    await owner.logged('lease.taken');
    const second = await start({ HTTP_PORT: String(await freeTcpPort()) });
    await second.logged('lease.waiting');

    await carrierSees(town, 4, isTalking, 'are answered');
    owner.signal('SIGSTOP');
    await second.logged('recovery.taken_up', takeoverMs);
    owner.signal('SIGCONT');
    assert.deepEqual(await owner.ended, { code: 70, signal: null });
    await town.settled(60_000);
    await allAreWell(town, numbers);
    const attempts = await town.database('attempts').where({ started: true }).select<{ id: string }[]>('id');
    assert.equal(town.carrierCalls().length, attempts.length, 'somebody was called without an attempt');
    assert.ok(!second.hasEnded());
  });
}
