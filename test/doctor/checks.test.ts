import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { readConfig, type Config } from '../../src/config.js';
import { asteriskChecks } from '../../src/doctor/asterisk-checks.js';
import { examine, type Check } from '../../src/doctor/check.js';
import { databaseCheck } from '../../src/doctor/database-check.js';
import { personalDataCheck } from '../../src/doctor/personal-data-check.js';
import { machineChecks } from '../../src/doctor/machine-checks.js';
import { guardPersonalData, openPersonalData } from '../../src/personal-data-app.js';
import { newKey } from '../../src/storage/key-file.js';
import { migrate, openDatabase } from '../../src/storage/database.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { seedStation, seedSubscriber } from '../support/builders.js';
import { testKeyText } from '../support/test-codec.js';

const now = new Date('2026-11-24T03:00:00Z');
const nobodyListens = 'http://127.0.0.1:9';

describe('the looks of the doctor', () => {
  let folder: TemporaryFolder;
  let asterisk: Server;
  let version = '22.10.1';
  let clockAhead = 0;

  before(async () => {
    folder = makeTemporaryFolder('doctor');
    asterisk = createServer((request, response) => {
      const right = `Basic ${Buffer.from('genkidesu:right').toString('base64')}`;
      if (request.headers.authorization !== right) response.statusCode = 401;
      const timestamp = new Date(Date.now() + clockAhead).toISOString().replace('Z', '+0000');
      response.end(
        JSON.stringify(request.url === '/ari/asterisk/ping' ? { timestamp } : { system: { version } }),
      );
    });
    await new Promise<void>((resolve) => asterisk.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    asterisk.close();
    asterisk.closeAllConnections();
    await folder.remove();
  });

  function settings(overrides: Record<string, string> = {}): Config {
    return readConfig({
      GENKIDESU_DATA: folder.path,
      LOOKUP_KEY: 'a key for these tests',
      PERSONAL_DATA_KEY: testKeyText,
      ARI_URL: `http://127.0.0.1:${(asterisk.address() as AddressInfo).port}`,
      ARI_PASSWORD: 'right',
      AMI_PASSWORD: 'x',
      AMI_PORT: '9',
      CALLER_NUMBER: '0471234567',
      ...overrides,
    });
  }

  async function found(checks: readonly Check[], what: string): Promise<[string, string][]> {
    const findings = await examine(
      checks.filter((check) => check.what === what),
      5000,
    );
    return findings.map((finding) => [finding.what, finding.state]);
  }

  it('tells the version and the clock of an Asterisk that lets us in', async () => {
    assert.deepEqual(await found(asteriskChecks(settings()), 'Asterisk（ARI）'), [
      ['Asterisk（ARI）', 'good'],
      ['Asterisk の版', 'good'],
      ['時計', 'good'],
    ]);
    version = '23.0.0';
    clockAhead = -600_000;
    assert.deepEqual(await found(asteriskChecks(settings()), 'Asterisk（ARI）'), [
      ['Asterisk（ARI）', 'good'],
      ['Asterisk の版', 'bad'],
      ['時計', 'bad'],
    ]);
  });

  it('tells a wrong password from an Asterisk that is not there', async () => {
    const wrong = await examine(asteriskChecks(settings({ ARI_PASSWORD: 'wrong' })).slice(0, 1), 5000);
    assert.match(wrong[0]?.said ?? '', /パスワードが違います/);
    const away = await examine(asteriskChecks(settings({ ARI_URL: nobodyListens })).slice(0, 1), 5000);
    assert.match(away[0]?.said ?? '', /つながりません/);
  });

  it('says within its time that the manager is not there', async () => {
    assert.deepEqual(await found(asteriskChecks(settings()), 'Asterisk（AMI）'), [
      ['Asterisk（AMI）', 'bad'],
    ]);
    // It tries for most of the time that a look may take.
  }).timeout(20_000);

  it('finds a database that is yet to be made, one that is behind, and one that is up to date', async () => {
    const check = databaseCheck(settings(), () => now);
    assert.deepEqual(await found([check], 'データベース'), [['データベース', 'warning']]);
    const database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await database.raw('create table unrelated (id integer)');
    assert.deepEqual(await found([check], 'データベース'), [
      ['データベース', 'good'],
      ['データベースの形', 'bad'],
    ]);
    await migrate(database);
    await database.destroy();
    assert.deepEqual(await found([check], 'データベース'), [
      ['データベース', 'good'],
      ['データベースの形', 'good'],
      ['データベースへの書き込み', 'good'],
      ['サービスの稼働', 'warning'],
    ]);
  });

  it('reads values with the key, and names a key that is not the database’s', async () => {
    const data = join(folder.path, 'keys');
    mkdirSync(data);
    const config = settings({ GENKIDESU_DATA: data });
    const what = '個人情報の鍵';
    assert.deepEqual(await found([personalDataCheck(config)], what), [[what, 'warning']]);
    const database = openDatabase({ engine: 'sqlite', file: join(data, 'genkidesu.db') });
    await migrate(database);
    const { keys, codec } = openPersonalData(config);
    await guardPersonalData(database, keys, now);
    await seedSubscriber(database, codec, await seedStation(database, codec));
    assert.deepEqual(await found([personalDataCheck(config)], what), [[what, 'good']]);
    const other = newKey(now).key.toString('base64');
    for (const line of [`tests ${other}`, `others ${other}`]) {
      const wrong = settings({ GENKIDESU_DATA: data, PERSONAL_DATA_KEY: line });
      assert.deepEqual(await found([personalDataCheck(wrong)], what), [[what, 'bad']]);
    }
    await database('subscribers').update({ name: 'enc:1:tests:AAAA' });
    assert.deepEqual(await found([personalDataCheck(config)], what), [[what, 'bad']]);
    await database.destroy();
  });

  it('does not blame the key for a database that cannot be opened', async () => {
    const config = settings({ DATABASE_ENGINE: 'mariadb', DATABASE_PORT: '9' });
    const what = '個人情報の鍵';
    assert.deepEqual(await found([personalDataCheck(config)], what), [[what, 'warning']]);
  });

  it('finds a database server that is away', async () => {
    const config = settings({ DATABASE_ENGINE: 'mariadb', DATABASE_PORT: '9' });
    assert.deepEqual(await found([databaseCheck(config, () => now)], 'データベース'), [
      ['データベース', 'bad'],
    ]);
  });

  it('looks at the data folder by writing into it, and at the records by reading them', async () => {
    const config = settings({ ASTERISK_RECORDS_DIR: join(folder.path, 'none') });
    assert.deepEqual(await found(machineChecks(config), 'データフォルダ'), [['データフォルダ', 'good']]);
    assert.deepEqual(await found(machineChecks(config), '通話記録'), [['通話記録', 'bad']]);
    const later = settings({ GENKIDESU_DATA: join(folder.path, 'later/data') });
    assert.deepEqual(await found(machineChecks(later), 'データフォルダ'), [['データフォルダ', 'warning']]);
    const nowhere = settings({ GENKIDESU_DATA: '/proc/nowhere' });
    assert.deepEqual(await found(machineChecks(nowhere), 'ディスクの空き'), [['ディスクの空き', 'bad']]);
  });
});
