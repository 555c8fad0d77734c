import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tryDatabase } from '../../src/setup/try-database.js';
import type { DatabaseSettings } from '../../src/storage/database.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { onBothDatabases } from '../support/both-databases.js';

/** What is said of databases that are nearly the one that can be used. */
async function refusalsOf(good: DatabaseSettings): Promise<(string | undefined)[]> {
  if (good.engine === 'mariadb') {
    return [
      await tryDatabase({ ...good, user: 'nobody', password: 'wrong' }),
      await tryDatabase({ ...good, port: 1 }),
    ];
  }
  const folder = makeTemporaryFolder('no-database');
  const file = join(folder.path, 'genkidesu.db');
  writeFileSync(file, 'a letter '.repeat(1000));
  const said = [await tryDatabase({ engine: 'sqlite', file })];
  await folder.remove();
  return said;
}

describe('the set-up’s look at a database', () => {
  onBothDatabases((open) => {
    it('finds nothing wrong with one that can be used, and says in words what is wrong with another', async () => {
      await open();
      assert.equal(await tryDatabase(open.settings()), undefined);
      assert.deepEqual(
        await refusalsOf(open.settings()),
        open.engine === 'mariadb'
          ? [
              '利用者名かパスワードが違います。',
              'そのホストとポートで MariaDB が動いていません。起動しているか、ポートが正しいか確かめてください。',
            ]
          : ['その場所の genkidesu.db は SQLite のファイルではありません。'],
      );
    });
  });
});
