import assert from 'node:assert/strict';
import { join } from 'node:path';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { migrate, openDatabase, type Database } from '../../src/storage/database.js';
import { freeTcpPort } from '../../src/testbed/free-ports.js';
import { makeTemporaryFolder, type TemporaryFolder } from '../../src/testbed/temporary-folder.js';
import { until } from '../../src/testbed/until.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { Firefox } from '../support/firefox.js';
import { townTimeoutMs } from '../support/pbx-town.js';
import { ServiceProcess } from '../support/service-process.js';
import { testKeyText } from '../support/test-codec.js';

const enter = '\uE007';
const tab = '\uE004';

describe('the console in Firefox ESR', function () {
  this.timeout(townTimeoutMs);

  let firefox: Firefox;
  let folder: TemporaryFolder;
  let database: Database;
  let service: ServiceProcess;
  let port: number;
  let user: ConsoleUser;

  before(async () => {
    firefox = await Firefox.open();
    folder = makeTemporaryFolder('firefox');
    port = await freeTcpPort();
    const environment: Record<string, string> = {
      GENKIDESU_DATA: folder.path,
      LOOKUP_KEY: 'a-key-for-these-tests',
      PERSONAL_DATA_KEY: testKeyText,
      CALLER_NUMBER: '0473900000',
      ARI_URL: `http://127.0.0.1:${await freeTcpPort()}`,
      ARI_PASSWORD: 'nobody',
      AMI_PORT: String(await freeTcpPort()),
      AMI_PASSWORD: 'nobody',
      HTTP_PORT: String(port),
    };
    database = openDatabase({ engine: 'sqlite', file: join(folder.path, 'genkidesu.db') });
    await migrate(database);
    const organizationId = await new OrganizationStore(database).add(
      { kind: 'municipality', name: '松戸市' },
      new Date(),
    );
    user = await addConsoleUser(
      { database, environment },
      { role: 'supervisor', organizationId, mail: 'fox@genki.test' },
    );
    service = new ServiceProcess(environment);
    await service.start();
    await until(
      async () => (await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined))?.ok === true,
      { what: 'the service answers', timeoutMs: 20_000 },
    );
  });
  after(async () => {
    await firefox.close();
    await service.kill();
    await database.destroy();
    await folder.remove();
  });

  it('lets somebody in by keyboard alone, and shows the live board', async () => {
    await firefox.goTo(`http://127.0.0.1:${port}/wallboard`);
    await firefox.sees('メールアドレス');
    await firefox.read('document.querySelector("input").focus()');
    await firefox.type(`${user.mail}${tab}${user.password}${enter}`);
    await firefox.sees('松戸 まもる（相談の責任者）');
    await firefox.sees('まだ分からない');
    assert.deepEqual(firefox.complaints, []);
  });
});
