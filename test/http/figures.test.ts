import assert from 'node:assert/strict';
import { createFigures } from '../../src/figures/figures-module.js';
import { figuresRoutes } from '../../src/http/figures-router.js';
import type { Role } from '../../src/users/permissions.js';
import { countedToday, seedFigures, type CountedTown } from '../support/figures-builders.js';
import { machineToken, serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';

describe('the figures over HTTP', () => {
  let logins: Logins;
  let served: Served;
  let town: CountedTown;
  let count = 0;

  beforeEach(async () => {
    logins = await openLogins();
    logins.clock.at = countedToday.getTime();
    town = await seedFigures(logins.database, codec);
    const { database, users, clock } = logins;
    const { reader, targets } = createFigures({ database, clock: clock.read });
    served = await serveHttp(logins, {
      console: figuresRoutes({ reader, targets, users, clock: clock.read }),
    });
  });
  afterEach(async () => {
    await served.close();
    await logins.close();
  });

  async function as(role: Role, organizationId = town.city): Promise<Visitor> {
    const id = await logins.join({
      ...(role !== 'operator' && { organizationId }),
      ...{ role, name: '運営 花子', mail: `user${++count}@example.jp` },
    });
    const who = new Visitor(served.url);
    who.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
    return who;
  }
  const scopesOf = ({ body }: { body: Record<string, unknown> }) =>
    (body.series as { scope: string }[]).map(({ scope }) => scope);
  const kinds = ['kind:municipality', 'kind:communityAssociation', 'kind:privateBusiness'];

  it('are all of them for the operator, who may choose a tenant', async () => {
    const operator = await as('operator');
    const all = await operator.get('/api/figures');
    assert.deepEqual([all.body.fiscalYear, all.body.mayEdit], [2026, true]);
    assert.deepEqual(scopesOf(all), ['all', ...kinds]);
    assert.equal((all.body.choices as object[]).length, 2);
    const one = await operator.get(`/api/figures?year=2026&organization=${town.association}`);
    assert.deepEqual(scopesOf(one), [`organization:${town.association}`]);
    assert.equal((await operator.get('/api/figures?organization=999')).code, 'noSuchOrganization');
    for (const bad of ['year=26', 'year=abcd', 'organization=x'])
      assert.equal((await operator.get(`/api/figures?${bad}`)).status, 400, bad);
    const machine = new Visitor(served.url, { authorization: `Bearer ${machineToken}` });
    assert.deepEqual(scopesOf(await machine.get('/api/figures')), ['all', ...kinds]);
  });

  for (const role of ['tenantAdmin', 'auditor', 'counsellor', 'supervisor'] as const) {
    it(`are its own tenant’s for ${role}, and no other’s`, async () => {
      const who = await as(role);
      const own = await who.get('/api/figures');
      assert.deepEqual(scopesOf(own), [`organization:${town.city}`]);
      assert.deepEqual([own.body.choices, own.body.mayEdit], [[], role === 'tenantAdmin']);
      assert.doesNotMatch(JSON.stringify(own.body), /数え町会|見守|花子|0473/);
      for (const path of ['figures', 'figures.csv']) {
        const other = await who.get(`/api/${path}?organization=${town.association}`);
        assert.deepEqual([other.status, other.code], [404, 'noSuchOrganization']);
      }
    });
  }

  it('come as a spreadsheet that says who took it, which is written down', async () => {
    const admin = await as('tenantAdmin');
    const answer = await fetch(`${served.url}/api/figures.csv?year=2026`, {
      headers: { cookie: admin.cookie ?? '' },
    });
    assert.equal(answer.headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.match(answer.headers.get('content-disposition') ?? '', /figures-2026\.csv/);
    const bytes = Buffer.from(await answer.arrayBuffer());
    assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf]);
    const [first = '', , , line] = bytes.toString('utf8').split('\r\n');
    assert.match(first, /出力：運営 花子　2026-11-24 12:00（日本時間）$/);
    assert.equal(line, '数え市,2026-04,0,0,0,0,0,0,0,,0,0,,0,0,0,0');
    const [entry] = await logins.users.accessLog.list(town.city, 1);
    assert.deepEqual([entry?.what, entry?.detail, entry?.subjectId], ['looked', 'figures.csv', town.city]);
  });

  const target = { fiscalYear: 2026, measure: 'subscribers', value: 8, version: 0 };
  const put = (who: Visitor, body: unknown, path = 'targets') => who.ask('put', `/api/figures/${path}`, body);

  it('have targets that a tenant’s administrator changes for the tenant alone', async () => {
    const admin = await as('tenantAdmin');
    assert.equal((await put(admin, target)).status, 404, 'those of all are the operator’s');
    assert.equal((await put(admin, { ...target, organizationId: town.association })).status, 404);
    const own = { ...target, organizationId: town.city };
    assert.deepEqual((await put(admin, own)).body.version, 1);
    const conflict = await put(admin, { ...own, value: 9 });
    assert.deepEqual([conflict.status, conflict.code], [409, 'changedMeanwhile']);
    assert.equal((conflict.body.current as { value: number }).value, 8);
    assert.equal((await put(admin, { ...own, value: null, version: 1 })).status, 204);
    assert.equal((await put(await as('auditor'), own)).status, 403);
    for (const bad of [
      { value: -1 },
      { value: 1.5 },
      { measure: 'x' },
      { kind: 'operator' },
      { region: 'a/b' },
    ])
      assert.equal((await put(admin, { ...own, ...bad })).status, 400, JSON.stringify(bad));
  });

  it('have regions that the operator alone gives to tenants', async () => {
    const operator = await as('operator');
    assert.equal((await put(operator, { ...target, region: '関西' })).status, 200);
    const place = { organizationId: town.city, region: '関西' };
    assert.equal((await put(await as('tenantAdmin'), place, 'regions')).status, 403);
    assert.equal((await put(operator, place, 'regions')).status, 204);
    const { body } = await operator.get('/api/figures');
    const [standing] = body.targets as { scope: string; actual: number; percent: number }[];
    assert.deepEqual([standing?.scope, standing?.actual, standing?.percent], ['region:関西', 4, 50]);
  });
});
