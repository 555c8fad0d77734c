import assert from 'node:assert/strict';
import { engineOf } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();

describe('the databases of the tests', () => {
  onBothDatabases((open) => {
    it('are of the engine that the title says', async () => {
      assert.equal(engineOf(await open()), open.engine);
    });

    for (const time of ['first', 'second']) {
      it(`are empty when the ${time} test opens one`, async () => {
        const database = await open();
        assert.deepEqual(await database('organizations').select('id'), []);
        const subscriber = await seedSubscriber(database, codec, await seedStation(database, codec));
        await seedCheckin(database, subscriber, '2026-11-24');
        assert.equal((await database('check_ins').select('id')).length, 1);
      });
    }

    for (const change of ['rows', 'tables']) {
      it(`are as new after a test that changed ${change}`, async () => {
        const database = await open();
        assert.ok((await database('targets').select('id')).length > 0, 'what the migrations put in is there');
        const { organizationId } = await seedStation(database, codec);
        assert.equal(organizationId, 1);
        await database('targets').delete();
        if (change === 'tables') await database.schema.dropTable('targets');
      });
    }

    it('are seen by another connection too', async () => {
      const { stationId } = await seedStation(await open(), codec);
      assert.deepEqual(await open.another()('stations').select('id'), [{ id: stationId }]);
    });
  });
});
