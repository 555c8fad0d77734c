import assert from 'node:assert/strict';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { ConsoleService } from '../support/console-service.js';
import { addConsoleUser, type ConsoleUser } from '../support/console-users.js';
import { Firefox } from '../support/firefox.js';
import { townTimeoutMs } from '../support/pbx-town.js';

const enter = '\uE007';
const tab = '\uE004';

describe('the console in Firefox ESR', function () {
  this.timeout(townTimeoutMs);

  let firefox: Firefox;
  let service: ConsoleService;
  let port: number;
  let user: ConsoleUser;

  before(async () => {
    firefox = await Firefox.open();
    service = await ConsoleService.open(async (seeding) => {
      const organizations = new OrganizationStore(seeding.database);
      const organizationId = await organizations.add({ kind: 'municipality', name: '松戸市' }, new Date());
      user = await addConsoleUser(seeding, { role: 'supervisor', organizationId, mail: 'fox@genki.test' });
    });
    port = service.port;
  });
  after(async () => {
    await firefox.close();
    await service.close();
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
