import assert from 'node:assert/strict';
import { fillDemo } from '../../src/demo/demo-data.js';
import { DemoDoor } from '../../src/demo/demo-door.js';
import { fillHotline } from '../../src/demo/demo-hotline-data.js';
import { addDemoUsers } from '../../src/demo/demo-users.js';
import { isInForeground } from '../../src/demo/foreground.js';
import { roles } from '../../src/users/permissions.js';
import { codec, openLogins, tokenOf, type Logins } from '../support/logins.js';

const browser = { address: '127.0.0.1', device: 'test' };

describe("the demo's door", () => {
  let logins: Logins;
  let organizationId: number;
  let said: string[];
  let door: DemoDoor;

  before(async () => {
    logins = await openLogins({ loginLinks: true });
    organizationId = await fillDemo(logins.database, codec, logins.clock.read());
    await fillHotline(logins.database, codec, organizationId, logins.clock.read());
  });
  after(() => logins.close());
  beforeEach(async () => {
    said = [];
    const view = { step: (text: string) => said.push(text), lineWasTyped: () => undefined };
    door = new DemoDoor({ view, baseUrl: 'http://genki.test' });
    const users = await addDemoUsers(logins.users, logins.database, organizationId);
    door.opensTo({ links: logins.users.userLinks, users });
  });

  /** The links that were printed last, by role. */
  const printed = () =>
    new Map(
      (said.at(-1) ?? '')
        .split('\n')
        .filter((line) => line.includes('/login-link?'))
        .map((line): [string, string] => [/\s(\w+)\s+http/.exec(line)?.[1] ?? '', tokenOf(line)]),
    );
  const open = (token: string) => logins.users.userLinks.useLoginLink(token, browser);

  it('tells where the wallboard is, and lets each role in once, whole', async () => {
    await door.tell();
    assert.match(said[0] ?? '', /http:\/\/genki\.test\/wallboard/);
    assert.deepEqual([...printed().keys()], [...roles]);
    for (const [role, token] of printed()) {
      const session = await open(token);
      assert.equal(session?.stage, 'full');
      const signedIn = await logins.users.sessions.find(session.token);
      assert.equal(signedIn?.user.role, role);
      assert.equal(await open(token), undefined);
    }
  });

  it('opens to nobody by an older link once there are fresh ones', async () => {
    await door.tell();
    const [older] = [...printed().values()];
    await door.tell();
    const [fresh] = [...printed().values()];
    assert.equal(await open(older ?? ''), undefined);
    assert.ok(await open(fresh ?? ''));
  });

  it('has one user of each role, however often they are added, who belong where they work', async () => {
    await addDemoUsers(logins.users, logins.database, organizationId);
    const users = await logins.users.users.list(undefined);
    assert.deepEqual(
      users.map(({ role }) => role),
      [...roles],
    );
    const of = (role: string) => users.find((user) => user.role === role);
    assert.equal(of('operator')?.organizationId, undefined);
    assert.equal(of('station')?.stationIds.length, 1);
    assert.ok(of('counsellor')?.counsellorId);
    assert.notEqual(of('supervisor')?.counsellorId, of('counsellor')?.counsellorId);
    assert.ok(users.every(({ state }) => state === 'active'));
    assert.equal(await logins.users.users.passwordHashOf(users[0]?.id ?? 0), undefined);
  });

  it('says to wait while no service lets anybody in', async () => {
    door.opensTo(undefined);
    await door.tell();
    assert.match(said[0] ?? '', /少し待って/);
    assert.equal(printed().size, 0);
  });

  it('reads what is typed only in front of a terminal', () => {
    const stat = (group: number, terminal: number, foreground: number) =>
      `7 (a (b) c) S 1 ${group} 7 ${terminal} ${foreground} 0`;
    for (const [own, parent, expected] of [
      [stat(7, 5, 7), '', true],
      [stat(7, 5, 9), '', false],
      // In a session of our own: our parent knows.
      [stat(7, 0, -1), stat(6, 5, 6), true],
      [stat(7, 0, -1), stat(6, 5, 4), false],
      [stat(7, 0, -1), stat(6, 0, -1), false],
    ] as const) {
      assert.equal(
        isInForeground((pid) => (pid === process.pid ? own : parent)),
        expected,
        `${own} / ${parent}`,
      );
    }
  });
});
