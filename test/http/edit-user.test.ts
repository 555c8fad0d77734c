import assert from 'node:assert/strict';
import type { Role } from '../../src/users/permissions.js';
import { seedStation } from '../support/builders.js';
import { seedCounsellor } from '../support/consultation-builders.js';
import { serveHttp, Visitor, type Answered, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';

describe('editing a user over HTTP', () => {
  let logins: Logins;
  let served: Served;
  let [matsudo, kashiwa] = [
    { organizationId: 0, stationId: 0 },
    { organizationId: 0, stationId: 0 },
  ];
  let count = 0;
  let admin: Visitor;
  let adminId: number;
  let hana: number;

  beforeEach(async () => {
    logins = await openLogins();
    served = await serveHttp(logins);
    matsudo = await seedStation(logins.database, codec);
    kashiwa = await seedStation(logins.database, codec);
    ({ who: admin, id: adminId } = await as('tenantAdmin'));
    ({ id: hana } = await as('station'));
  });
  afterEach(async () => {
    await served.close();
    await logins.close();
  });

  async function as(role: Role, place = matsudo): Promise<{ who: Visitor; id: number }> {
    const organizationId = role === 'operator' ? undefined : place.organizationId;
    const stationIds = role === 'station' ? [place.stationId] : [];
    const id = await logins.join({ organizationId, role, stationIds, mail: `user${++count}@example.jp` });
    return { who: await enter(id), id };
  }
  async function enter(id: number): Promise<Visitor> {
    const who = new Visitor(served.url);
    who.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
    return who;
  }
  interface Shown {
    id: number;
    version: string;
    name: string;
    role: Role;
    stationIds: number[];
    counsellorId?: number;
  }
  const shown = async (id: number, who = admin): Promise<Shown> => {
    const found = ((await who.get('/api/users')).body as unknown as Shown[]).find((user) => user.id === id);
    assert.ok(found);
    return found;
  };
  const edit = async (id: number, change: Partial<Shown>, who = admin): Promise<Answered> => {
    const { version, name, role, stationIds, counsellorId } = { ...(await shown(id, who)), ...change };
    return who.ask('put', `/api/users/${id}`, { version, name, role, stationIds, counsellorId });
  };
  const sessionsOf = async (id: number): Promise<number> => (await logins.users.sessions.list(id)).length;

  it('corrects a name without sending anybody away, and writes down that it did', async () => {
    const before = await sessionsOf(hana);
    const answer = await edit(hana, { name: ' 山本 花 ' });
    assert.equal(answer.status, 200);
    assert.equal(answer.body.name, '山本 花');
    assert.equal((await shown(hana)).version, answer.body.version);
    assert.equal(await sessionsOf(hana), before);
    const [entry] = await logins.users.accessLog.list(matsudo.organizationId, 1);
    assert.deepEqual(
      [entry?.what, entry?.detail, entry?.userId, entry?.subject, entry?.subjectId],
      ['changed', 'user.edit name', adminId, 'user', hana],
    );
  });

  it('ends the sessions with the role and the places, also those of open sockets', async () => {
    const ended: number[] = [];
    const before = await sessionsOf(hana);
    logins.users.sessions.onEnded(({ sessionId }) => ended.push(sessionId));
    const counsellorId = await seedCounsellor(
      ...([logins.database, codec, matsudo.organizationId, '101', '相談 一郎'] as const),
    );
    assert.equal((await edit(hana, { role: 'counsellor', counsellorId })).status, 200);
    assert.equal(await sessionsOf(hana), 0);
    assert.equal(ended.length, before);
    const now = await shown(hana);
    assert.deepEqual([now.role, now.stationIds, now.counsellorId], ['counsellor', [], counsellorId]);
    const [entry] = await logins.users.accessLog.list(undefined, 1);
    assert.equal(entry?.detail, 'user.edit role stations counsellor');
  });

  it('asks for the second factor of who becomes an administrator', async () => {
    assert.equal((await edit(hana, { role: 'tenantAdmin' })).status, 200);
    const { mail = '' } = (await logins.users.users.find(hana)) ?? {};
    const comes = new Visitor(served.url);
    const came = await comes.post('/api/login', { mail, password: 'ながい合言葉です2026' });
    assert.equal(came.body.stage, 'totpSetup');
  });

  it('does nothing over what another has done meanwhile, and nothing twice', async () => {
    const { version } = await shown(hana);
    assert.equal((await edit(hana, { name: '先の人' })).status, 200);
    assert.equal((await edit(hana, { name: '後の人', version })).code, 'changedMeanwhile');
    assert.equal((await shown(hana)).name, '先の人');
    const before = await logins.users.accessLog.list(undefined, 100);
    assert.equal((await edit(hana, {})).status, 200);
    assert.equal((await logins.users.accessLog.list(undefined, 100)).length, before.length);
  });

  for (const [what, change, code] of [
    ['a station of another tenant', () => ({ stationIds: [kashiwa.stationId] }), 'stationsElsewhere'],
    [
      'a counsellor of another tenant',
      () => ({ role: 'counsellor', counsellorId: 4711 }),
      'counsellorElsewhere',
    ],
    ['a station user without a station', () => ({ stationIds: [] }), 'badParameter'],
    ['a counsellor who is none', () => ({ role: 'counsellor' }), 'badParameter'],
    ['a user without a name', () => ({ name: '  ' }), 'badParameter'],
    ['the role of an operator', () => ({ role: 'operator' }), 'notAllowed'],
  ] as [string, () => Partial<Shown>, string][]) {
    it(`refuses ${what}`, async () => {
      assert.equal((await edit(hana, change())).code, code);
      assert.equal((await shown(hana)).role, 'station');
    });
  }

  it('moves nobody between the operator and a tenant', async () => {
    const { who } = await as('operator');
    assert.equal((await edit(hana, { role: 'operator' }, who)).code, 'roleElsewhere');
  });

  it('leaves the users of others alone', async () => {
    const { version, name, role, stationIds } = await shown(hana);
    const body = { version, name, role, stationIds };
    const { who: stranger } = await as('tenantAdmin', kashiwa);
    assert.equal((await stranger.ask('put', `/api/users/${hana}`, body)).code, 'noSuchUser');
    const { id: operator } = await as('operator');
    assert.equal((await admin.ask('put', `/api/users/${operator}`, body)).code, 'noSuchUser');
    const { who: auditor } = await as('auditor');
    assert.equal((await auditor.ask('put', `/api/users/${hana}`, body)).code, 'notAllowed');
  });

  it('lets the last administrator correct the own name, and not leave the post', async () => {
    assert.equal((await edit(adminId, { name: '管理 花' })).status, 200);
    assert.equal((await edit(adminId, { role: 'auditor' })).code, 'lastAdmin');
    await logins.users.invitations.invite(
      { organizationId: matsudo.organizationId, role: 'tenantAdmin', name: '未', mail: 'mada@example.jp' },
      undefined,
    );
    // Who was invited and has not come in is no help yet; one of another tenant never is.
    await as('tenantAdmin', kashiwa);
    assert.equal((await edit(adminId, { role: 'auditor' })).code, 'lastAdmin');
    const { who: second, id } = await as('tenantAdmin');
    assert.equal((await edit(adminId, { role: 'auditor' })).status, 200);
    assert.equal((await edit(id, { role: 'auditor' }, second)).code, 'lastAdmin');
  });

  it('lets an operator take the last administrator’s post, who can give it to another', async () => {
    const { who } = await as('operator');
    assert.equal((await edit(adminId, { role: 'auditor' }, who)).status, 200);
  });
});
