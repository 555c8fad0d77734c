import assert from 'node:assert/strict';
import { numberOf } from '../../src/demo/simulated-people.js';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { startPrivateMariadb } from '../../src/testbed/private-mariadb.js';
import { until } from '../../src/testbed/until.js';
import { channelsOf, managerOf } from '../support/exchange.js';
import { townTimeoutMs, type Town } from '../support/pbx-town.js';
import { TcpProxy } from '../support/tcp-proxy.js';
import {
  allAreWell,
  carrierSees,
  eachIsCalledOnce,
  inTown,
  isRinging,
  isTalking,
  lasts,
} from '../support/town-play.js';

/** Calls that live through a fault are taken up again within this time. */
const takenUpMs = 5000;

const plays = {
  'the exchange is killed during calls and started again: everybody ends well, nobody missed a call':
    exchangeIsKilled,
  'the link to the exchange is cut during calls: they are taken up within 5 s of its return': linkIsCut,
  'the link to the exchange falls silent during calls: it is noticed, and nobody is called twice':
    linkFallsSilent,
  'the database stops during calls for longer than they last: they finish, and every result is kept':
    databaseStops,
  'the service is told to end during calls: those finish, no other one begins, and it exits with 0':
    serviceIsToldToEnd,
};

describe('a part of the service fails', function () {
  this.timeout(townTimeoutMs);

  const played = new Map<string, Promise<void>>();
  before(async () => {
    await findAsterisk();
    for (const [name, play] of Object.entries(plays)) {
      const run = play();
      run.catch(() => undefined);
      played.set(name, run);
    }
  });

  for (const name of Object.keys(plays)) {
    it(name, async () => {
      await played.get(name);
    });
  }
});

/** @param codes how many people of each kind */
function townsfolk(codes: Record<string, number>): string[] {
  return Object.entries(codes).flatMap(([code, count]) =>
    Array.from({ length: count }, (_, which) => numberOf(code, which)),
  );
}

async function exchangeIsKilled(): Promise<void> {
  const numbers = townsfolk({ '24': 6, '01': 4, '18': 3 });
  await inTown({ numbers, channelCap: 13 }, async (town, start) => {
    const service = await start();
    await carrierSees(town, 3, isTalking, 'are answered');
    // A call that has only just been placed may be known to the carrier, and not yet in our exchange's record.
    await carrierSees(
      town,
      numbers.length,
      (call) => isTalking(call) || isRinging(call),
      'ring or are answered',
    );
    assert.ok(town.carrierCalls().filter(isRinging).length >= 3);
    await town.stage.pbx.kill();
    await lasts(2, 'the exchange is dead');
    assert.ok(!service.hasEnded());
    await town.stage.pbx.restart();
    await town.settled(60_000);
    await allAreWell(town, numbers);
    const started = await town.database('attempts').where({ started: true }).select<{ id: string }[]>('id');
    assert.equal(town.carrierCalls().length, started.length);
  });
}

async function linkIsCut(): Promise<void> {
  const numbers = townsfolk({ '24': 8 });
  await inTown({ numbers, channelCap: 8 }, async (town, start) => {
    await overProxy(town, async (proxy) => {
      const service = await start({ ARI_URL: `http://127.0.0.1:${proxy.port}` });
      await carrierSees(town, 8, isTalking, 'are answered');
      await allAreConducted(town, 8);
      proxy.cut();
      const saidBefore = service.lines.length;
      await lasts(7, 'the link is cut');
      proxy.mend();
      await service.logged('recovery.taken_up', takenUpMs, saidBefore);
      await town.settled(40_000);
      await allAreWell(town, numbers);
      eachIsCalledOnce(town, numbers);
    });
  });
}

async function linkFallsSilent(): Promise<void> {
  const numbers = townsfolk({ '24': 12 });
  await inTown({ numbers, channelCap: 6 }, async (town, start) => {
    await overProxy(town, async (proxy) => {
      const service = await start({ ARI_URL: `http://127.0.0.1:${proxy.port}` });
      await carrierSees(town, 6, isTalking, 'are answered');
      await allAreConducted(town, 6);
      proxy.fallSilent();
      // Two unanswered pings, then a new connection that nobody answers either.
      await service.logged('ari.socket_error', 40_000);
      const saidBefore = service.lines.length;
      proxy.mend();
      await service.logged('recovery.taken_up', takenUpMs, saidBefore);
      await town.settled(60_000);
      await allAreWell(town, numbers);
      eachIsCalledOnce(town, numbers);
    });
  });
}

/** The carrier knows of an answer before our exchange does: a call that is not ours yet would break off with the link. */
async function allAreConducted(town: Town, count: number): Promise<void> {
  const pbx = await managerOf(town.stage.pbx);
  const ours = async (): Promise<number> =>
    (await channelsOf(pbx)).filter(({ application }) => application === 'Stasis').length;
  try {
    await until(async () => (await ours()) === count, { what: `${count} calls are conducted` });
  } finally {
    pbx.stop();
  }
}

async function overProxy(town: Town, work: (proxy: TcpProxy) => Promise<void>): Promise<void> {
  const proxy = await TcpProxy.open(town.stage.pbx.httpPort);
  try {
    await work(proxy);
  } finally {
    await proxy.close();
  }
}

async function databaseStops(): Promise<void> {
  const mariadb = await startPrivateMariadb();
  try {
    const { host, port, user, password, database } = await mariadb.createDatabase('town');
    const on = { engine: 'mariadb', host, port, user, password, database } as const;
    const numbers = townsfolk({ '24': 6, '01': 6 });
    await inTown({ numbers, channelCap: 6, on }, async (town, start) => {
      const service = await start();
      const talking = await carrierSees(town, 4, isTalking, 'are answered');
      await mariadb.stopServer();
      const inProgress = new Set(talking.map(({ id }) => id));
      const finished = (): boolean =>
        town.carrierCalls().every(({ id, endedAt }) => endedAt !== undefined || !inProgress.has(id));
      await until(finished, { what: 'calls finish without the database', timeoutMs: 30_000 });
      await mariadb.startServer();
      await town.settled(60_000);
      await service.logged('attempt.result_waits');
      await allAreWell(town, numbers);
      eachIsCalledOnce(town, numbers);
      assert.equal((await service.stop())?.code, 0);
    });
  } finally {
    await mariadb.close();
  }
}

async function serviceIsToldToEnd(): Promise<void> {
  const numbers = townsfolk({ '01': 10 });
  await inTown({ numbers, channelCap: 5 }, async (town, start) => {
    const service = await start();
    const talking = await carrierSees(town, 5, isTalking, 'are answered');
    service.signal('SIGTERM');
    await until(() => service.hasEnded(), { what: 'the service has ended', timeoutMs: 40_000 });
    assert.deepEqual(await service.ended, { code: 0, signal: null });
    // The carrier hears the goodbye, and writes it down, when our exchange has done with the call.
    await until(() => town.carrierCalls().every(({ endedAt }) => endedAt), { what: 'the calls are over' });
    const called = town.carrierCalls();
    assert.deepEqual(called.map(({ id }) => id).sort(), talking.map(({ id }) => id).sort());
    assert.ok(called.every(({ keys }) => keys.length === 1));
    const states = [...(await town.results()).values()].map(({ state }) => state).sort();
    assert.deepEqual(states, [...Array<string>(5).fill('answered'), ...Array<string>(5).fill('due')]);
  });
}
