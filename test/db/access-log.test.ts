import assert from 'node:assert/strict';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { AccessLogKeeper } from '../../src/users/access-log-keeper.js';
import { AccessLogStore } from '../../src/users/access-log-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { codec, HandClock } from '../support/logins.js';

const day = 86_400_000;

describe('the access log', () => {
  onBothDatabases((open) => {
    let database: Database;
    let accessLog: AccessLogStore;
    let clock: HandClock;
    let logged: string[];

    beforeEach(async () => {
      database = await open();
      accessLog = new AccessLogStore({ database, codec });
      [clock, logged] = [new HandClock(), []];
    });

    const write = async (ageMs: number, times = 1): Promise<void> => {
      for (let time = 0; time < times; time++)
        await accessLog.add({
          ...{ at: new Date(clock.at - ageMs), userId: undefined, organizationId: undefined },
          ...{ what: 'loginRefused', detail: 'password', address: '192.0.2.1' },
        });
    };
    const ages = async (): Promise<number[]> =>
      (await accessLog.list(undefined, 5000)).map(({ at }) => clock.at - at.getTime());
    const keeper = (days: number): AccessLogKeeper => {
      const log = createLog('info', { write: (line) => logged.push(line) });
      return new AccessLogKeeper({ accessLog, days, clock: clock.read, log });
    };

    it('keeps an entry until its last moment, and lets it go then', async () => {
      await write(10 * day + 1);
      await write(10 * day);
      await write(0);
      assert.equal(await keeper(10).runOnce(), 1);
      assert.deepEqual(await ages(), [0, 10 * day]);
      clock.goOn(1);
      assert.equal(await keeper(10).runOnce(), 1);
      assert.equal(await keeper(10).runOnce(), 0);
    });

    it('removes many in portions, and says how many', async () => {
      await write(1096 * day, 1203);
      await write(5 * day, 3);
      assert.equal(await keeper(1095).runOnce(), 1203);
      assert.equal((await ages()).length, 3);
      const [line] = logged.map((one) => JSON.parse(one) as Record<string, unknown>);
      assert.deepEqual([line?.event, line?.removed, line?.days], ['accessLog.removed', 1203, 1095]);
    });

    it('is not held up by an entry of a clock that was wrong', async () => {
      await write(-3000 * day);
      await write(20 * day, 2);
      await write(day);
      assert.equal(await keeper(10).runOnce(), 2);
      assert.deepEqual(await ages(), [day, -3000 * day]);
    });

    it('says nothing when there is nothing to remove, and removes nothing after the stop', async () => {
      const stopped = keeper(10);
      await stopped.runOnce();
      await write(20 * day);
      await stopped.stop();
      assert.equal(await stopped.runOnce(), 0);
      assert.deepEqual(logged, []);
      assert.equal((await ages()).length, 1);
    });
  });
});
