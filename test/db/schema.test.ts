import assert from 'node:assert/strict';
import { knownMigrations, migrate, unlockSchema } from '../../src/storage/database.js';
import { lockSchema } from '../../src/storage/schema-store.js';
import { onBothDatabases } from '../support/both-databases.js';

describe('the schema of a database', () => {
  onBothDatabases((open) => {
    it('may be brought up any number of times', async () => {
      const database = await open();
      assert.deepEqual([await migrate(database), await migrate(database)], [[], []]);
    });

    it('is refused when it is newer than the program, which says so in Japanese', async () => {
      const database = await open();
      const future = '29991231_9999_future';
      await database('knex_migrations').insert({ name: future, batch: 9, migration_time: new Date() });
      await assert.rejects(migrate(database), (error: Error & { code?: string }) => {
        assert.equal(error.code, 'newer');
        assert.match(error.message, /29991231_9999_future.*新しい版のプログラムで動かしてください/);
        return true;
      });
      await database('knex_migrations').where({ name: future }).delete();
    });

    it('says what to do when an upgrade or a restore is half done, and goes on once it is told to', async () => {
      const database = await open();
      await lockSchema(database, true);
      await assert.rejects(migrate(database, 0), { code: 'locked', message: /migrate --unlock/ });
      await unlockSchema(database);
      assert.deepEqual(await migrate(database, 0), []);
    });

    it('names the change that had died in the middle', async () => {
      const database = await open();
      const last = (await knownMigrations()).at(-1) ?? '';
      // Its tables are there, and nobody has noted that they are.
      await database('knex_migrations').where({ name: last }).delete();
      await assert.rejects(migrate(database), { code: 'broken', message: new RegExp(last) });
      await database('knex_migrations').insert({ name: last, batch: 1, migration_time: new Date() });
    });
  });
});
