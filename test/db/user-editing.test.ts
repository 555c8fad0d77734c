import assert from 'node:assert/strict';
import type { Database } from '../../src/storage/database.js';
import type { User } from '../../src/users/user-store.js';
import { versionOf } from '../../src/users/user-editing.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation } from '../support/builders.js';
import { codec, openLogins, type Logins } from '../support/logins.js';

describe('two who edit accounts at one time', () => {
  onBothDatabases((open) => {
    let database: Database;
    let [one, other]: Logins[] = [];
    let place: { organizationId: number; stationId: number };

    beforeEach(async () => {
      database = await open();
      one = await openLogins({ given: database });
      // Two transactions of one process cannot wait for each other in SQLite.
      other = await openLogins({ given: open.engine === 'sqlite' ? database : open.another() });
      place = await seedStation(database, codec);
    });
    afterEach(async () => {
      await one?.close();
      await other?.close();
    });

    const join = async (mail: string, role: 'tenantAdmin' | 'station'): Promise<User> => {
      assert.ok(one);
      const { organizationId, stationId } = place;
      const id = await one.join({ organizationId, role, mail, stationIds: [stationId] });
      const user = await one.users.users.find(id);
      assert.ok(user);
      return user;
    };
    const edit = async (
      from: Logins | undefined,
      user: User,
      change: Partial<User>,
      by: User | undefined,
    ) => {
      const seen = versionOf(user);
      const answer = await from?.users.editing.edit(user, { ...user, ...change }, { seen, byUserId: by?.id });
      return answer?.kind;
    };

    it('never leave an organization without an administrator', async () => {
      const [first, second] = [await join('a@b.jp', 'tenantAdmin'), await join('c@d.jp', 'tenantAdmin')];
      const answers = await Promise.all([
        edit(one, first, { role: 'auditor' }, first),
        edit(other, second, { role: 'auditor' }, second),
      ]);
      assert.deepEqual(answers.sort(), ['edited', 'lastAdmin']);
      const left = await one?.users.users.list(place.organizationId);
      assert.equal(left?.filter(({ role }) => role === 'tenantAdmin').length, 1);
    });

    it('do not write over each other, and each change is written down once', async () => {
      const user = await join('a@b.jp', 'station');
      const answers = await Promise.all([
        edit(one, user, { name: '山本 花' }, undefined),
        edit(other, user, { role: 'auditor' }, undefined),
      ]);
      assert.deepEqual(answers.sort(), ['changedMeanwhile', 'edited']);
      const entries = await one?.users.accessLog.list(place.organizationId, 100);
      assert.equal(entries?.filter(({ detail }) => detail.startsWith('user.edit ')).length, 1);
    });

    it('change all of an account or nothing', async () => {
      const user = await join('a@b.jp', 'station');
      await database.schema.renameTable('access_log', 'access_log_away');
      await assert.rejects(edit(one, user, { role: 'auditor', name: '別' }, undefined));
      await database.schema.renameTable('access_log_away', 'access_log');
      assert.deepEqual(await one?.users.users.find(user.id), user);
    });
  });
});
