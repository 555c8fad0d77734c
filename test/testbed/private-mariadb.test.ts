import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { startPrivateMariadb, type PrivateMariadb } from '../../src/testbed/private-mariadb.js';
import { makeTemporaryFolder } from '../../src/testbed/temporary-folder.js';

describe('a private MariaDB', function () {
  this.timeout(300_000);

  let mariadb: PrivateMariadb;
  before(async () => (mariadb = await startPrivateMariadb()));
  after(async () => mariadb.close());

  async function ask(database: string, sql: string, connectTimeout = 20_000): Promise<unknown[]> {
    const { host, port, user, password } = mariadb;
    const connection = await createConnection({ host, port, user, password, database, connectTimeout });
    try {
      const [rows] = await connection.query<RowDataPacket[]>(sql);
      return Array.isArray(rows) ? rows.map((row): unknown[] => Object.values(row)) : [];
    } finally {
      await connection.end();
    }
  }

  it('answers, and keeps Japanese and emoji as they are', async () => {
    await mariadb.createDatabase('words');
    assert.deepEqual(await ask('words', "SELECT '元気です😀', @@character_set_database"), [
      ['元気です😀', 'utf8mb4'],
    ]);
  });

  it('writes each commit to the disk, as in production', async () => {
    assert.deepEqual(await ask('mysql', 'SELECT @@innodb_flush_log_at_trx_commit'), [[1]]);
  });

  it('has its data again on the same port after a stop and a start', async () => {
    await mariadb.createDatabase('kept');
    await ask('kept', 'CREATE TABLE t (n INT)');
    await ask('kept', 'INSERT INTO t VALUES (7)');

    await mariadb.stopServer();
    await assert.rejects(ask('kept', 'SELECT 1'), { code: 'ECONNREFUSED' });
    await mariadb.startServer();

    assert.deepEqual(await ask('kept', 'SELECT n FROM t'), [[7]]);
  });

  it('does not answer while it is paused, and goes on afterwards', async () => {
    mariadb.pause();
    await assert.rejects(ask('mysql', 'SELECT 1', 500), { code: 'ETIMEDOUT' });
    mariadb.resume();
    assert.deepEqual(await ask('mysql', 'SELECT 1'), [[1]]);
  });

  it('lets nobody in without its password', async () => {
    const { host, port } = mariadb;
    await assert.rejects(createConnection({ host, port, user: 'root' }), { code: 'ER_ACCESS_DENIED_ERROR' });
  });

  it('keeps its data for the next time in a folder it is given', async () => {
    const folder = makeTemporaryFolder('kept');
    const first = await startPrivateMariadb({ dir: folder.path });
    await first.createDatabase('stays');
    await first.close();
    const second = await startPrivateMariadb({ dir: folder.path });
    const { host, port, user, password } = second;
    const connection = await createConnection({ host, port, user, password, database: 'stays' });
    await connection.end();
    await second.close();
    await folder.remove();
  });

  it('is gone with its folder once closed, even when it was paused', async () => {
    const other = await startPrivateMariadb();
    other.pause();
    await other.close();
    assert.ok(!existsSync(dirname(other.socketPath)));
    const { host, port, user, password } = other;
    await assert.rejects(createConnection({ host, port, user, password }), { code: 'ECONNREFUSED' });
  });
});
