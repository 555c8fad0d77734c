import assert from 'node:assert/strict';
import { isFromOwnPage } from '../../src/http/own-page.js';
import { serveHttp, Visitor } from '../support/http-visitor.js';
import { goodPassword, openLogins } from '../support/logins.js';

const host = 'genki.example.jp';
const base = 'https://genki.example.jp';

describe('a request that changes something', () => {
  for (const [what, given, baseUrl, own] of [
    ['of our page', { secFetchSite: 'same-origin', origin: base }, base, true],
    ['of a page beside ours', { secFetchSite: 'same-site', origin: 'https://x.example.jp' }, base, false],
    ['of another site', { secFetchSite: 'cross-site', origin: 'https://evil.example' }, base, false],
    ['typed into the address line', { secFetchSite: 'none', origin: undefined }, base, false],
    ['of another site with our origin', { secFetchSite: 'cross-site', origin: base }, base, false],
    ['of our page in an old browser', { secFetchSite: undefined, origin: base }, base, true],
    [
      'of our page on plain HTTP in the office',
      { secFetchSite: undefined, origin: 'http://genki.example.jp' },
      undefined,
      true,
    ],
    [
      'of another site in an old browser',
      { secFetchSite: undefined, origin: 'https://evil.example' },
      base,
      false,
    ],
    ['of a page in a sandbox', { secFetchSite: undefined, origin: 'null' }, base, false],
    [
      'of a name that begins like ours',
      { secFetchSite: undefined, origin: 'https://genki.example.jp.evil' },
      base,
      false,
    ],
    ['of no page at all', { secFetchSite: undefined, origin: undefined }, base, false],
  ] as const) {
    it(`${what} is ${own ? 'taken' : 'refused'}`, () => {
      assert.equal(isFromOwnPage({ ...given, host }, baseUrl), own);
    });
  }

  it('is refused over HTTP, with and without a login, and a token needs no page', async () => {
    const logins = await openLogins();
    const served = await serveHttp(logins);
    try {
      await logins
        .database('organizations')
        .insert({ id: 1, kind: 'municipality', name: 'A', key_map: '{}', created_at: 0 });
      await logins.join({ organizationId: 1, role: 'auditor', mail: 'a@b.jp' });
      const who = new Visitor(served.url);
      const foreign = { origin: 'https://evil.example' };
      const login = { mail: 'a@b.jp', password: goodPassword };
      assert.equal((await who.post('/api/login', login, foreign)).code, 'foreignPage');
      await who.post('/api/login', login);
      assert.equal((await who.post('/api/logout', {}, foreign)).code, 'foreignPage');
      assert.equal(
        (await who.post('/api/logout', {}, { 'sec-fetch-site': 'cross-site' })).code,
        'foreignPage',
      );
      assert.equal((await who.get('/api/me', foreign)).status, 200);
      const { gate } = served.server;
      const headers = { cookie: who.cookie, host: new URL(served.url).host };
      assert.equal(
        await gate.authorizeSocket({ headers: { ...headers, origin: 'https://evil.example' } }),
        undefined,
      );
      assert.equal(
        await gate.authorizeSocket({ headers: { ...headers, cookie: undefined, origin: served.url } }),
        undefined,
      );
      const socket = await gate.authorizeSocket({ headers: { ...headers, origin: served.url } });
      assert.equal(socket?.user.role, 'auditor');
      const ended: number[] = [];
      logins.users.sessions.onEnded(({ sessionId }) => ended.push(sessionId));
      await who.post('/api/logout');
      assert.deepEqual(ended, [socket.session.id]);
      assert.equal(await gate.authorizeSocket({ headers: { ...headers, origin: served.url } }), undefined);
    } finally {
      await served.close();
      await logins.close();
    }
  });
});
