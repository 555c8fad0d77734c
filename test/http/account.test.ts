import assert from 'node:assert/strict';
import { codeOfStep, fromBase32, stepAt } from '../../src/users/totp.js';
import { serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, goodPassword, openLogins, tokenOf, type Logins } from '../support/logins.js';

const mail = 'hanako@city.example.jp';
const newPassword = 'もっとながい合言葉です';

describe("one's own account over HTTP", () => {
  let logins: Logins;
  let served: Served;

  beforeEach(async () => {
    logins = await openLogins();
    served = await serveHttp(logins);
    const row = { id: 1, kind: 'municipality', name: '松戸市', key_map: '{}', created_at: 0 };
    await logins.database('organizations').insert(row);
  });
  afterEach(async () => {
    await served.close();
    await logins.close();
  });

  const visitor = () => new Visitor(served.url);
  async function enter(password = goodPassword): Promise<Visitor> {
    const who = visitor();
    await who.post('/api/login', { mail, password });
    return who;
  }
  const codeOf = (secret: unknown) => codeOfStep(fromBase32(String(secret)), stepAt(logins.clock.read()));
  /** The token in the newest waiting mail. */
  async function mailedToken(): Promise<string> {
    const row = await logins.database('mails').orderBy('id', 'desc').first<{ body: string }>('body');
    return /#([\w-]{43})$/m.exec(codec.decode(row.body))?.[1] ?? 'none';
  }

  it('ends every session when the password changes, and goes on in a new one', async () => {
    await logins.join({ organizationId: 1, role: 'auditor', mail });
    const here = await enter();
    const elsewhere = await enter();
    const before = here.cookie;
    const change = { oldPassword: goodPassword, newPassword };
    assert.equal(
      (await here.post('/api/account/password', { ...change, oldPassword: 'x' })).code,
      'wrongPassword',
    );
    assert.equal(
      (await here.post('/api/account/password', { ...change, newPassword: 'short' })).code,
      'password.tooShort',
    );
    assert.equal((await here.post('/api/account/password', change)).status, 200);
    assert.notEqual(here.cookie, before);
    assert.equal((await here.get('/api/me')).status, 200);
    assert.equal((await elsewhere.get('/api/me')).status, 401);
    assert.equal((await visitor().post('/api/login', { mail, password: goodPassword })).status, 401);
    assert.equal((await visitor().post('/api/login', { mail, password: newPassword })).status, 200);
  });

  it('shows the sessions and ends one of them, and nobody else’s', async () => {
    await logins.join({ organizationId: 1, role: 'auditor', mail });
    const other = await logins.join({ organizationId: 1, role: 'auditor', mail: 'other@city.example.jp' });
    const foreign = await logins.users.sessions.begin(other, 'full', '');
    const here = await enter();
    const there = await enter();
    const { sessions } = (await here.get('/api/account/sessions')).body as {
      sessions: { id: number; isThisOne: boolean }[];
    };
    // The third is of the day of the invitation.
    assert.deepEqual(
      sessions.map(({ isThisOne }) => isThisOne),
      [false, true, false],
    );
    assert.equal((await here.ask('delete', `/api/account/sessions/${foreign.sessionId}`)).status, 404);
    assert.equal((await here.ask('delete', `/api/account/sessions/${sessions[0]?.id}`)).status, 204);
    assert.equal((await there.get('/api/me')).status, 401);
    assert.ok(await logins.users.sessions.find(foreign.token));
  });

  it('sets a second factor up before an administrator is in, by a code that works', async () => {
    await logins.join({ organizationId: 1, role: 'tenantAdmin', mail });
    const who = await enter();
    const { body } = await who.post('/api/account/totp');
    assert.match(String(body.address), /^otpauth:\/\/totp\//);
    assert.equal((await who.post('/api/account/totp/confirm', { code: '000000' })).code, 'wrongCode');
    const confirmed = await who.post('/api/account/totp/confirm', { code: codeOf(body.secret) });
    assert.equal((confirmed.body.recoveryCodes as string[]).length, 10);
    assert.equal((await who.get('/api/users')).status, 200);
    assert.equal(
      (await who.post('/api/account/totp/remove', { password: goodPassword })).code,
      'totpRequired',
    );
    // A stranger at the open screen cannot set up their own.
    assert.equal((await who.post('/api/account/totp')).code, 'wrongPassword');
  });

  it('does not let one who owes a code set up another app', async () => {
    await logins.giveTotp(await logins.join({ organizationId: 1, role: 'tenantAdmin', mail }));
    const who = await enter();
    assert.equal((await who.post('/api/account/totp')).code, 'totpNeeded');
    assert.equal((await who.post('/api/account/totp/confirm', { code: '123456' })).code, 'totpNeeded');
    assert.equal(
      (await who.post('/api/account/recovery-codes', { password: goodPassword })).code,
      'totpNeeded',
    );
  });

  it('gives a new password by mail, once, for an hour, and keeps the second factor', async () => {
    await logins.giveTotp(await logins.join({ organizationId: 1, role: 'tenantAdmin', mail }));
    const open = await logins.users.sessions.list(1);
    assert.ok(open.length > 0);
    assert.equal((await visitor().post('/api/password-reset', { mail: 'nobody@example.jp' })).status, 202);
    await logins.users.userLinks.requestReset(mail);
    await logins.users.userLinks.requestReset(mail);
    assert.equal((await logins.database('user_links').where({ kind: 'passwordReset' })).length, 1);
    const token = await mailedToken();
    const stored = await logins.database('user_links').select('token_hash');
    assert.doesNotMatch(JSON.stringify(stored), new RegExp(token));
    const looked = await visitor().post('/api/links/look', { token });
    assert.deepEqual([looked.body.kind, looked.body.mail], ['passwordReset', mail]);
    assert.equal(
      (await visitor().post('/api/links/password', { token, password: 'short' })).code,
      'password.tooShort',
    );
    const who = visitor();
    assert.equal((await who.post('/api/links/password', { token, password: newPassword })).status, 200);
    assert.equal(who.cookie, undefined);
    assert.deepEqual(await logins.users.sessions.list(1), []);
    assert.equal(
      (await visitor().post('/api/links/password', { token, password: newPassword })).code,
      'noSuchLink',
    );
    assert.equal((await who.post('/api/login', { mail, password: newPassword })).body.stage, 'totp');
  });

  it('opens a locked account by a new password', async () => {
    await logins.join({ organizationId: 1, role: 'auditor', mail });
    for (let n = 0; n < 6; n++) await visitor().post('/api/login', { mail, password: 'wrong' });
    await logins.users.userLinks.requestReset(mail);
    await visitor().post('/api/links/password', { token: await mailedToken(), password: newPassword });
    assert.equal((await visitor().post('/api/login', { mail, password: newPassword })).status, 200);
  });

  it('closes a link after its hour, and an older invitation when a newer one is sent', async () => {
    await logins.join({ organizationId: 1, role: 'auditor', mail });
    await logins.users.userLinks.requestReset(mail);
    const token = await mailedToken();
    logins.clock.goOn(3600);
    assert.equal(
      (await visitor().post('/api/links/password', { token, password: newPassword })).code,
      'noSuchLink',
    );
    const invited = await logins.users.invitations.invite(
      { organizationId: 1, role: 'auditor', name: '次郎', mail: 'jiro@city.example.jp' },
      undefined,
    );
    assert.equal(invited.kind, 'invited');
    const jiro = await logins.users.users.findByMail('jiro@city.example.jp');
    assert.ok(jiro);
    const newer = await logins.users.invitations.inviteAgain(jiro);
    assert.equal(
      (await visitor().post('/api/links/look', { token: tokenOf(invited.link) })).code,
      'noSuchLink',
    );
    const who = visitor();
    const password = newPassword;
    assert.equal(
      (await who.post('/api/links/password', { token: tokenOf(newer), password })).body.stage,
      'full',
    );
    assert.equal((await who.get('/api/me')).status, 200);
  });
});
