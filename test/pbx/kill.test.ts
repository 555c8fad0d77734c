import assert from 'node:assert/strict';
import { findAsterisk } from '../../src/testbed/find-asterisk.js';
import { until } from '../../src/testbed/until.js';
import type { CarrierCall } from '../../src/testbed/carrier-record.js';
import { numberOf } from '../../src/demo/simulated-people.js';
import { quickPolicy, Town, townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';

const killsPerPoint = 20;

/** The moments of a call at which the service dies, as the carrier sees them. */
const points: Record<string, (call: CarrierCall) => Date | undefined> = {
  INVITE: (call) => call.startedAt,
  '180 Ringing': (call) => call.ringingAt,
  '200 OK': (call) => call.answeredAt,
  'the key': (call) => call.keys[0]?.at,
  BYE: (call) => call.endedAt,
};

describe('the service is killed with SIGKILL', function () {
  this.timeout(townTimeoutMs);

  /** The towns wait more than they work, so all of them are played at one time. */
  const played = new Map<string, Promise<void>>();
  before(async () => {
    await findAsterisk();
    for (const [index, [name, momentOf]] of Object.entries(points).entries()) {
      const run = killAgainAndAgain(name, momentOf, dice(386_117 + index));
      run.catch(() => undefined);
      played.set(name, run);
    }
  });

  for (const name of Object.keys(points)) {
    it(`${killsPerPoint} times at ${name}: nobody is forgotten, nobody is called twice for one attempt`, async () => {
      await played.get(name);
    });
  }
});

/** The numbers from 0 up to 1 of a fixed sequence (Lehmer): a failure can be repeated. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

async function killAgainAndAgain(
  name: string,
  momentOf: (call: CarrierCall) => Date | undefined,
  throwDice: () => number,
): Promise<void> {
  const town = await Town.open({ channelCap: 6, settings: { STARTS_PER_SECOND: '6' } });
  const service = new ServiceProcess(town.environment);
  try {
    const numbers = Array.from({ length: 40 }, (_, which) => numberOf(which % 2 === 0 ? '23' : '24', which));
    await town.people(numbers, quickPolicy({ maxRung: 20 }));
    await service.start();
    const seen = new Set<string>();
    for (let kills = 0; kills < killsPerPoint; kills++) {
      await until(() => town.carrierCalls().some((call) => momentOf(call) && !seen.has(call.id)), {
        what: `the carrier sees ${name} for kill ${kills + 1}`,
        timeoutMs: 40_000,
        everyMs: 5,
      }).catch((error: unknown) => {
        throw new Error(`${String(error)}; the service said last:\n${service.lines.slice(-25).join('\n')}`);
      });
      for (const call of town.carrierCalls()) if (momentOf(call)) seen.add(call.id);
      const at = performance.now() + throwDice() * 60;
      await until(() => performance.now() >= at, { what: 'the dice have it', everyMs: 1 });
      await service.kill();
      await service.start();
    }
    const settled = async (): Promise<boolean> => (await town.openCheckins()) === 0;
    await until(settled, { what: 'everybody is settled', timeoutMs: 120_000, everyMs: 200 });
    await service.stop();
    await checkPromises(town, numbers);
  } finally {
    await service.kill();
    await town.close();
  }
}

async function checkPromises(town: Town, numbers: readonly string[]): Promise<void> {
  const results = await town.results();
  const calls = town.carrierCalls();
  const attempts = await town
    .database('attempts as a')
    .join('phone_numbers as n', 'n.subscriber_id', 'a.subscriber_id')
    .select<{ number: string; started: number }[]>('n.number', 'a.started');
  for (const number of numbers) {
    const result = results.get(number);
    assert.deepEqual(
      [result?.state, result?.result, result?.missed],
      ['answered', 'ok', 0],
      `${number} ended otherwise`,
    );
    const own = calls
      .filter((call) => call.number === number)
      .sort((one, other) => one.startedAt.getTime() - other.startedAt.getTime());
    const started = attempts.filter(
      (attempt) => town.numberIn(attempt.number) === number && attempt.started === 1,
    );
    assert.equal(
      own.length,
      started.length,
      `${number}: the carrier saw other calls than the attempts that started`,
    );
    for (const [index, call] of own.entries()) {
      const before = own[index - 1];
      assert.ok(
        !before || (before.endedAt && before.endedAt <= call.startedAt),
        `${number}: two calls at one time`,
      );
    }
  }
}
