import assert from 'node:assert/strict';
import type { Role } from '../../src/users/permissions.js';
import { serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';
import { seedStation } from '../support/builders.js';

describe('the accounts of an organization over HTTP', () => {
  let logins: Logins;
  let served: Served;
  let [matsudo, kashiwa] = [
    { organizationId: 0, stationId: 0 },
    { organizationId: 0, stationId: 0 },
  ];

  beforeEach(async () => {
    logins = await openLogins();
    served = await serveHttp(logins);
    matsudo = await seedStation(logins.database, codec);
    kashiwa = await seedStation(logins.database, codec);
  });
  afterEach(async () => {
    await served.close();
    await logins.close();
  });

  let count = 0;
  /** Somebody of this role who is in. */
  async function as(role: Role, place = matsudo): Promise<{ who: Visitor; id: number }> {
    const organizationId = role === 'operator' ? undefined : place.organizationId;
    const stationIds = role === 'station' ? [place.stationId] : [];
    const id = await logins.join({ organizationId, role, stationIds, mail: `user${++count}@example.jp` });
    const who = new Visitor(served.url);
    who.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
    return { who, id };
  }
  const auditor = (place = matsudo) => ({
    organizationId: place.organizationId,
    role: 'auditor',
    name: '監査 太郎',
    mail: `auditor${++count}@example.jp`,
  });

  it('lets an administrator invite, and shows the link while no mail server is set', async () => {
    const { who } = await as('tenantAdmin');
    const invited = await who.post('/api/users', auditor());
    assert.equal(invited.status, 201);
    assert.match(String(invited.body.link), /^http:\/\/genki\.test\/welcome#[\w-]{43}$/);
    assert.equal((await logins.database('mails').where({ state: 'waiting' })).length > 0, true);
    const again = await who.post(`/api/users/${String(invited.body.id)}/invite-again`);
    assert.notEqual(again.body.link, invited.body.link);
  });

  it('shows no link where a mail server sends it', async () => {
    await served.close();
    served = await serveHttp(logins, { users: { ...logins.users } });
    await served.close();
    const post = { send: () => Promise.resolve({ kind: 'sent' as const }), close: () => undefined };
    const withPost = await openLogins({ given: logins.database, post });
    served = await serveHttp(withPost);
    const { who } = await as('tenantAdmin');
    assert.deepEqual(Object.keys((await who.post('/api/users', auditor())).body), ['id', 'mail']);
    await withPost.close();
  });

  for (const [what, change, status, code] of [
    ['into another tenant', { organizationId: 'kashiwa' }, 404, 'notFound'],
    ['as an operator', { role: 'operator', organizationId: undefined }, 404, 'notFound'],
    [
      'for a station of another tenant',
      { role: 'station', stationIds: ['kashiwa'] },
      422,
      'stationsElsewhere',
    ],
    ['without an organization', { organizationId: undefined }, 400, 'badParameter'],
    [
      'for a counsellor that is not there',
      { role: 'counsellor', counsellorId: 9 },
      422,
      'counsellorElsewhere',
    ],
    ['with two addresses', { mail: 'a@b.jp,c@d.jp' }, 400, 'badParameter'],
  ] as const) {
    it(`refuses an administrator's invitation ${what}`, async () => {
      const { who } = await as('tenantAdmin');
      const body: Record<string, unknown> = { ...auditor(), ...change };
      if (body.organizationId === 'kashiwa') body.organizationId = kashiwa.organizationId;
      if ('stationIds' in change) body.stationIds = [kashiwa.stationId];
      const answer = await who.post('/api/users', body);
      assert.deepEqual([answer.status, answer.code], [status, code]);
    });
  }

  it('refuses a second account of one mail', async () => {
    const { who } = await as('tenantAdmin');
    const wanted = auditor();
    await who.post('/api/users', wanted);
    assert.equal(
      (await who.post('/api/users', { ...wanted, mail: wanted.mail.toUpperCase() })).code,
      'mailTaken',
    );
  });

  it('shows an administrator the own organization only, and the operator all', async () => {
    const [admin, , operator] = [await as('tenantAdmin'), await as('auditor', kashiwa), await as('operator')];
    const of = async ({ who }: { who: Visitor }) => {
      const { body } = await who.get('/api/users');
      return (body as unknown as { organizationId?: number }[]).map((user) => user.organizationId);
    };
    assert.deepEqual(await of(admin), [matsudo.organizationId]);
    assert.deepEqual(await of(operator), [matsudo.organizationId, kashiwa.organizationId, undefined]);
  });

  it('shuts an account with all its sessions, and opens it again', async () => {
    const [admin, auditing] = [await as('tenantAdmin'), await as('auditor')];
    assert.equal((await admin.who.post(`/api/users/${auditing.id}/disable`)).status, 200);
    assert.equal((await auditing.who.get('/api/me')).status, 401);
    await admin.who.post(`/api/users/${auditing.id}/enable`);
    assert.equal((await auditing.who.get('/api/me')).status, 401);
    assert.equal((await logins.users.users.find(auditing.id))?.state, 'active');
  });

  it('lets nobody shut an account of another tenant, of an operator, or their own', async () => {
    const [admin, other, operator] = [
      await as('tenantAdmin'),
      await as('auditor', kashiwa),
      await as('operator'),
    ];
    for (const [id, status] of [
      [other.id, 404],
      [operator.id, 404],
      [admin.id, 409],
      [99_999, 404],
    ] as const) {
      assert.equal((await admin.who.post(`/api/users/${id}/disable`)).status, status);
    }
  });

  it('shows who was refused what to the own administrators, and to nobody else', async () => {
    const [admin, station, stranger] = [
      await as('tenantAdmin'),
      await as('station'),
      await as('tenantAdmin', kashiwa),
    ];
    await station.who.get('/api/users');
    await station.who.get(`/api/stations/${kashiwa.stationId}/days/2026-11-24`);
    const of = async ({ who }: { who: Visitor }) =>
      (
        (await who.get('/api/access-log')).body as unknown as {
          userId: number;
          what: string;
          detail: string;
        }[]
      )
        .filter(({ what }) => what === 'rightRefused')
        .map(({ userId, detail }) => `${userId} ${detail}`);
    assert.deepEqual(await of(admin), [`${station.id} ledger.see`, `${station.id} user.see`]);
    // It was about one of theirs: they may know that somebody tried.
    assert.deepEqual(await of(stranger), [`${station.id} ledger.see`]);
  });

  it('shows the operator a ledger for a reason only, and writes the reason down', async () => {
    const { who, id } = await as('operator');
    const path = `/api/stations/${matsudo.stationId}/days/2026-11-24`;
    assert.equal((await who.get(path)).code, 'reasonNeeded');
    const reason = '市からの照会（11月24日）';
    assert.equal((await who.get(path, { 'x-reason': encodeURIComponent(reason) })).status, 200);
    const rows = await logins.users.accessLog.list(matsudo.organizationId, 10);
    const looked = rows.filter(({ what }) => what === 'looked');
    assert.ok(looked.length > 0 && looked.every((row) => row.userId === id && row.reason === reason));
  });
});
