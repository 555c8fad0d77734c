import assert from 'node:assert/strict';
import { serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, goodPassword, openLogins, tokenOf, type Logins } from '../support/logins.js';

const mail = 'hanako@city.example.jp';

describe('coming in over HTTP', () => {
  let logins: Logins;
  let served: Served;
  let organizationId: number;

  beforeEach(async () => {
    logins = await openLogins();
    served = await serveHttp(logins);
    const row = { kind: 'municipality', name: '松戸市', key_map: '{}', created_at: 0 };
    [organizationId = 0] = await logins.database('organizations').insert(row);
  });
  afterEach(async () => {
    await served.close();
    await logins.close();
  });

  const visitor = (headers = {}) => new Visitor(served.url, headers);
  const join = (role: 'supervisor' | 'tenantAdmin' = 'supervisor') =>
    logins.join({ organizationId, role, mail });
  const logIn = async (who: Visitor, password = goodPassword) => who.post('/api/login', { mail, password });

  it('gives a session that knows who it is, and ends with the logout', async () => {
    const id = await join();
    const who = visitor();
    const login = await logIn(who);
    assert.deepEqual([login.status, login.body.stage], [200, 'full']);
    const me = await who.get('/api/me');
    assert.equal(me.status, 200);
    assert.deepEqual(me.body.organization, { id: organizationId, name: '松戸市', timeZone: 'Asia/Tokyo' });
    const { user, permissions } = me.body as { user: { id: number; role: string }; permissions: string[] };
    assert.deepEqual([user.id, user.role], [id, 'supervisor']);
    assert.ok(permissions.includes('hotline.listen') && !permissions.includes('user.invite'));
    assert.doesNotMatch(JSON.stringify(me.body), /argon2|password/i);
    const kept = who.cookie;
    assert.equal((await who.post('/api/logout')).status, 204);
    assert.equal(who.cookie, undefined);
    who.cookie = kept;
    assert.equal((await who.get('/api/me')).status, 401);
  });

  it('finds the mail however it is typed', async () => {
    await join();
    const answer = await visitor().post('/api/login', {
      mail: ' Hanako＠city.example.jp',
      password: goodPassword,
    });
    assert.equal(answer.status, 200);
  });

  it('hands its cookie to nobody else', async () => {
    await join();
    const answer = await logIn(visitor());
    const [cookie = ''] = answer.headers.getSetCookie();
    assert.match(cookie, /^genkidesu=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/);
    await served.close();
    served = await serveHttp(logins, { baseUrl: 'https://genki.example.jp' });
    const secure = await logIn(visitor({ origin: 'https://genki.example.jp' }));
    assert.match(
      secure.headers.getSetCookie()[0] ?? '',
      /^__Host-genkidesu=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    assert.match(secure.headers.get('strict-transport-security') ?? '', /max-age/);
  });

  it('keeps no token in the database and writes none into the log', async () => {
    await join();
    const who = visitor();
    await logIn(who);
    const token = who.cookie?.split('=')[1] ?? 'none';
    const rows = await logins.database('user_sessions').select('*');
    assert.doesNotMatch(JSON.stringify(rows) + logins.logged.join(), new RegExp(`${token}|hanako|花子`));
  });

  it('gives one answer to a wrong password and to a mail that nobody has', async () => {
    await join();
    const wrong = await logIn(visitor(), 'not the password');
    const nobody = await visitor().post('/api/login', {
      mail: 'nobody@city.example.jp',
      password: goodPassword,
    });
    assert.equal(wrong.status, 401);
    assert.deepEqual(nobody.body, wrong.body);
  });

  it('takes as long for a mail that nobody has as for a wrong password', async () => {
    await join();
    const took = { [mail]: [] as number[], 'nobody@city.example.jp': [] as number[] };
    for (let turn = 0; turn < 12; turn++) {
      for (const [address, times] of Object.entries(took)) {
        const startedAt = performance.now();
        await visitor().post('/api/login', { mail: address, password: 'wrong' });
        times.push(performance.now() - startedAt);
        // Nobody is to be locked out here.
        await logins.database('login_failures').delete();
      }
    }
    // The fastest of each is what the machine's other work has not touched.
    const [known = 0, unknown = 0] = Object.values(took).map((times) => Math.min(...times));
    assert.ok(Math.abs(known - unknown) < 0.5 * Math.max(known, unknown), `${known} ms and ${unknown} ms`);
  });

  for (const known of [true, false]) {
    it(`shuts the door of ${known ? 'an account' : 'a mail without account'} for a while, and opens it again`, async () => {
      if (known) await join();
      for (let slip = 0; slip < 5; slip++) assert.equal((await logIn(visitor(), 'wrong')).status, 401);
      const shut = await logIn(visitor());
      assert.deepEqual([shut.status, shut.code, shut.headers.get('retry-after')], [429, 'locked', '30']);
      logins.clock.goOn(30);
      assert.equal((await logIn(visitor())).status, known ? 200 : 401);
      const subjects = await logins.database('mails').pluck<string[]>('subject');
      const told = subjects.filter((subject) => codec.decode(subject).includes('失敗'));
      assert.equal(told.length, known ? 1 : 0);
    });
  }

  it('makes those wait who try from one address too often', async () => {
    await served.close();
    await logins.close();
    logins = await openLogins({ triesPerMinute: 3 });
    served = await serveHttp(logins);
    const codes = [];
    for (let n = 0; n < 4; n++) {
      const { code } = await visitor().post('/api/login', { mail: `a${n}@example.jp`, password: 'x' });
      codes.push(code);
    }
    assert.deepEqual(codes, ['wrongLogin', 'wrongLogin', 'wrongLogin', 'slowDown']);
  });

  it('takes a new token at every step, and nothing that was in the browser before', async () => {
    const id = await join('tenantAdmin');
    const { codeNow } = await logins.giveTotp(id);
    const planted = await logins.users.sessions.begin(id, 'totp', 'an attacker');
    const who = visitor();
    who.cookie = `genkidesu=${planted.token}`;
    assert.deepEqual((await logIn(who)).body.stage, 'totp');
    const half = who.cookie;
    assert.notEqual(half, `genkidesu=${planted.token}`);
    assert.equal((await who.get('/api/stations')).code, 'totpNeeded');
    assert.deepEqual(Object.keys((await who.get('/api/me')).body), ['stage', 'endsAt', 'permissions']);
    assert.equal((await who.post('/api/login/totp', { code: codeNow() })).body.stage, 'full');
    assert.notEqual(who.cookie, half);
    for (const old of [half, `genkidesu=${planted.token}`]) {
      const stale = visitor();
      stale.cookie = old;
      assert.equal((await stale.get('/api/me')).status, 401);
    }
    assert.equal((await who.get('/api/stations')).status, 200);
  });

  it('takes a code once, and a recovery code once', async () => {
    const { codeNow, recoveryCodes } = await logins.giveTotp(await join('tenantAdmin'));
    const code = codeNow();
    const enter = async (given: string) => {
      const who = visitor();
      await logIn(who);
      return (await who.post('/api/login/totp', { code: given })).status;
    };
    assert.deepEqual([await enter(code), await enter(code)], [200, 401]);
    const [printed = ''] = recoveryCodes;
    assert.deepEqual([await enter(printed.toLowerCase()), await enter(printed)], [200, 401]);
  });

  it('does not let a right password make up for guessed codes', async () => {
    await logins.giveTotp(await join('tenantAdmin'));
    const statuses = [];
    for (let n = 0; n < 6; n++) {
      const who = visitor();
      const login = await logIn(who);
      statuses.push(
        login.status === 200 ? (await who.post('/api/login/totp', { code: '000000' })).status : login.code,
      );
    }
    assert.deepEqual(statuses, [401, 401, 401, 401, 401, 'locked']);
  });

  it('lets an administrator without a second factor do nothing but set it up', async () => {
    await join('tenantAdmin');
    const who = visitor();
    assert.equal((await logIn(who)).body.stage, 'totpSetup');
    assert.deepEqual((await who.get('/api/me')).body.permissions, []);
    for (const path of ['/api/users', '/api/stations', '/api/account/sessions'])
      assert.equal((await who.get(path)).code, 'totpSetupNeeded');
  });

  it('ends after an hour of rest, and after half a day of work', async () => {
    await join();
    const who = visitor();
    await logIn(who);
    logins.clock.goOn(3600);
    assert.equal((await who.get('/api/me')).status, 401);
    await logIn(who);
    for (let half = 1; half < 24; half++) {
      logins.clock.goOn(1800);
      assert.equal((await who.get('/api/me')).status, 200);
    }
    logins.clock.goOn(1800);
    assert.equal((await who.get('/api/me')).status, 401);
  });

  it('lets the demo in by its link once, and only from this machine', async () => {
    const id = await join();
    await assert.rejects(logins.users.userLinks.createLoginLink(id), /only the demo/);
    const demo = await openLogins({ given: logins.database, loginLinks: true });
    const link = await demo.users.userLinks.createLoginLink(id);
    const path = `/login-link?token=${tokenOf(link)}`;
    assert.equal((await visitor().get(path)).status, 404);
    await served.close();
    served = await serveHttp(demo);
    assert.equal((await visitor().get(path, { 'x-forwarded-for': '127.0.0.1' })).status, 404);
    const who = visitor();
    assert.equal((await who.get(path)).status, 303);
    assert.equal((await who.get('/api/me')).status, 200);
    assert.equal((await visitor().get(path)).status, 404);
    assert.doesNotMatch(demo.logged.join(), new RegExp(tokenOf(link)));
    await demo.close();
  });
});
