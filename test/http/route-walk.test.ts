import assert from 'node:assert/strict';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import { createFigures } from '../../src/figures/figures-module.js';
import { figuresRoutes } from '../../src/http/figures-router.js';
import { holdsRoutes } from '../../src/http/holds-router.js';
import { hotdeskRoutes } from '../../src/http/hotdesk-router.js';
import { route, withoutDoubles, type RouteSpec } from '../../src/http/route.js';
import { decideAccess, roles, type Role, type Scope } from '../../src/users/permissions.js';
import { seedCounsellor, seedDesk } from '../support/consultation-builders.js';
import { healthOver } from '../support/walked-health.js';
import { adminRoutesOver } from '../support/admin-routes.js';
import { hotdeskOver, hotlineNumber, hotlineOver, seedHotline } from '../support/walked-hotline.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { machineToken, serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { walkBodies, walkQueries } from '../support/walk-examples.js';
import { wallboardOf } from '../support/no-wallboard.js';
import { holdsOver } from '../support/walked-holds.js';
import { deskOver, seedDeskWork } from '../support/walked-desk.js';
import { peopleOver, retentionOver } from '../support/people-server.js';
import { codec, openLogins, type Logins } from '../support/logins.js';

const handler = () => undefined;

describe('a route', () => {
  for (const [what, spec] of [
    ['without a permission', { method: 'get', path: '/x' }],
    [
      'with a permission that is none',
      { method: 'get', path: '/x', permission: 'everything.see', scope: 'service' },
    ],
    ['that does not say whose it is', { method: 'get', path: '/x', permission: 'ledger.see' }],
  ] as const) {
    it(`${what} cannot be declared`, () => {
      assert.throws(() => route(spec as unknown as RouteSpec, handler), /get \/x/);
    });
  }

  it('stands at its address alone', () => {
    const one = (path: string) => route({ method: 'get', path, permission: 'self' }, handler);
    assert.throws(() => withoutDoubles([one('/a/:id'), one('/a/:other')]), /twice/);
    assert.equal(withoutDoubles([one('/a/:id'), one('/b/:id')]).length, 2);
  });
});

/** What stands for a parameter in an address, by what goes before it; a new kind of thing is added here. */
type Examples = Record<string, string | number>;
const fixed: Examples = {
  ...{ ':date': '2026-11-24', ':fiscalYear': '2026', ':preset': 'sameDay', ':list': 'homes' },
  'calls/:callId': 'a.1',
  'retention/:kind': 'checkInDays',
};
/** Of things that there never were. */
const noneSuch: Examples = {
  'station-calls/:call': '1b4e28ba-2fa1-41d2-883f-0016d3cca428',
  'counsellors/:extension': '899',
  'supervisors/:extension': '899',
};

interface Tenant {
  organizationId: number;
  stationId: number;
  counsellorId: number;
}

describe('every route below /api', () => {
  let logins: Logins;
  let served: Served;
  let examples: Examples;
  let bodies: Record<string, unknown>;
  let queries: Record<string, Record<string, string>>;
  /** What nobody of another tenant may ever read. */
  let secrets: RegExp;
  const visitors = new Map<string, Visitor>();
  let own: Tenant;

  before(async function () {
    this.timeout(20_000);
    logins = await openLogins();
    const { database } = logins;
    const station = await seedStation(database, codec, { organizationName: '秘密市', name: '秘密の町' });
    own = {
      ...station,
      counsellorId: await seedCounsellor(database, codec, station.organizationId, '101', '秘密 相談'),
    };
    const other = await seedDesk(database, codec);
    const organizations = await new OrganizationStore(database).all();
    served = await serveHttp(logins, {
      hotline: hotlineOver(database, own.organizationId),
      wallboard: wallboardOf(() => organizations),
      console: [
        ...figuresRoutes({
          ...createFigures({ database, clock: logins.clock.read }),
          ...{ users: logins.users, clock: logins.clock.read },
        }),
        ...adminRoutesOver(logins),
        ...deskOver(logins),
        ...hotdeskRoutes(hotdeskOver(logins)),
        ...holdsRoutes(await holdsOver(logins)),
        ...peopleOver(logins, organizations).routes,
        ...healthOver(logins),
        ...retentionOver(logins, organizations).routes,
      ],
    });
    const ids = await seedHotline(database, own);
    const subscriber = await seedSubscriber(logins.database, codec, own, { name: '秘密 花子' });
    const checkinId = await seedCheckin(logins.database, subscriber, '2026-11-24');
    const deskWork = await seedDeskWork(logins, subscriber, checkinId);
    const mail = 'himitsu@example.jp';
    const target = await logins.join({
      organizationId: own.organizationId,
      role: 'auditor',
      name: '秘密 太郎',
      mail,
    });
    secrets = new RegExp(`秘密|himitsu|${subscriber.number}|${hotlineNumber}`);
    examples = {
      ...fixed,
      'stations/:id': own.stationId,
      'check-ins/:id': checkinId,
      'users/:id': target,
      'sessions/:id': 1,
      'subscribers/:id': subscriber.subscriberId,
      'pauses/:pauseId': 1,
      'test-call/:callId': 'none',
      'jobs/:job': 'none',
      ':form': 'person',
      ':subject': 'new',
      'wallboards/:organization': own.organizationId,
      'screens/:id': 1,
      'organizations/:organizationId': own.organizationId,
      'tenants/:id': own.organizationId,
      'stations/:stationId': own.stationId,
      'lines/:lineId': ids['lines/:id'] ?? 0,
      'operator-alerts/:id': 1,
      'holds/:id': 1,
      'counsellors/:extension': '101',
      'supervisors/:extension': '101',
      ...ids,
      ...deskWork,
    };
    queries = walkQueries(own);
    bodies = walkBodies(own, subscriber.number);
    for (const [place, tenant] of [
      ['own', own],
      ['other', other],
    ] as const)
      for (const role of roles) visitors.set(`${role} ${place}`, await enter(role, tenant, place));
    visitors.set('machine own', new Visitor(served.url, { authorization: `Bearer ${machineToken}` }));
  });
  after(async () => {
    await served.close();
    await logins.close();
  });

  async function enter(
    role: Role,
    { organizationId, stationId, counsellorId }: Tenant,
    place: string,
  ): Promise<Visitor> {
    const id = await logins.join({
      ...(role !== 'operator' && { organizationId }),
      role,
      stationIds: role === 'station' ? [stationId] : [],
      ...((role === 'counsellor' || role === 'supervisor') && { counsellorId }),
      mail: `${role}.${place}@example.jp`,
    });
    const who = new Visitor(served.url);
    who.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
    return who;
  }

  /** What a route of this address is about, in the tenant whose things the examples are. */
  const scopeOf = ({ path }: RouteSpec): Scope => {
    const { organizationId, stationId, counsellorId } = own;
    if (/^.(organizations|hotline.(lines|tasks)).:/.test(path)) return { organizationId };
    return path.startsWith('/hotline') ? { organizationId, counsellorId } : { organizationId, stationId };
  };
  const missingOf = (spec: RouteSpec) => ('missing' in spec ? spec.missing.code : undefined) ?? 'notFound';
  const guarded = () => served.server.routes.map(({ spec }) => spec).filter((spec) => 'scope' in spec);
  const open = () => served.server.routes.map(({ spec }) => spec).filter((spec) => !('scope' in spec));

  async function ask(who: Visitor, spec: RouteSpec, headers: Record<string, string> = {}) {
    const path = spec.path.replaceAll(
      /(?:([\w-]+)\/)?(:\w+)/g,
      (_, before: string | undefined, name: string) => {
        const example = examples[name] ?? examples[`${before}/${name}`];
        assert.ok(
          example !== undefined,
          `say in this test what may stand for ${before}/${name} in ${spec.path}`,
        );
        return before === undefined ? String(example) : `${before}/${example}`;
      },
    );
    const body = spec.method === 'get' ? undefined : (bodies[`${spec.method} ${spec.path}`] ?? {});
    // A copy: an answer that gives a new cookie must not change who asks next.
    const copy = Object.assign(new Visitor(served.url, headers), { cookie: who.cookie });
    const query = new URLSearchParams(queries[spec.path]).toString();
    return copy.ask(spec.method, `/api${path}?${query}`, body, headers);
  }
  const named = ({ method, path }: RouteSpec) => `${method} ${path}`;

  it('asks a stranger to log in first', async function () {
    this.timeout(20_000);
    const stranger = new Visitor(served.url);
    for (const spec of served.server.routes.map((one) => one.spec)) {
      if (spec.permission === 'anyone') continue;
      assert.equal((await ask(stranger, spec)).status, 401, named(spec));
    }
  });

  it('is open to strangers only where one comes in', () => {
    const found = open()
      .filter(({ permission }) => permission === 'anyone')
      .map(named);
    assert.deepEqual(found, [
      'post /login',
      'post /links/look',
      'post /links/password',
      'post /password-reset',
      'post /screens',
      'post /screens/state',
    ]);
  });

  for (const role of [...roles, 'machine'] as const) {
    it(`lets ${role} do what the table says, and nothing else`, async function () {
      // The examination of the service gives an exchange that is not there its time.
      this.timeout(20_000);
      const who = visitors.get(`${role} own`);
      assert.ok(who);
      const headers: Record<string, string> =
        role === 'machine' ? { authorization: `Bearer ${machineToken}` } : { 'x-reason': 'test' };
      for (const spec of guarded()) {
        const actor = {
          role,
          organizationId: role === 'operator' || role === 'machine' ? undefined : own.organizationId,
          stationIds: [own.stationId],
          counsellorId: own.counsellorId,
        };
        const { kind } = decideAccess(actor, spec.permission, scopeOf(spec), 'test');
        const { status, code } = await ask(who, spec, headers);
        if (kind === 'notToThisRole') assert.deepEqual([status, code], [403, 'notAllowed'], named(spec));
        else if (kind === 'allowed')
          assert.ok(
            status !== 500 && !['unauthorized', 'notAllowed', missingOf(spec)].includes(code ?? ''),
            `${named(spec)}: ${status} ${code}`,
          );
        else assert.equal(status, 404, named(spec));
      }
    });
  }

  for (const role of roles.filter((one) => one !== 'operator')) {
    it(`shows ${role} of another tenant nothing of this one`, async () => {
      const who = visitors.get(`${role} other`);
      assert.ok(who);
      for (const spec of guarded()) {
        const answer = await ask(who, spec, { 'x-reason': 'test' });
        const isOpen = ('scope' in spec && spec.scope === 'narrowed') || spec.permission === 'health.see';
        if (!isOpen) assert.ok([403, 404].includes(answer.status), `${named(spec)}: ${answer.status}`);
        assert.doesNotMatch(JSON.stringify(answer.body), secrets, named(spec));
      }
    });
  }

  it('tells another tenant of what is there the same as of what is not', async function () {
    this.timeout(20_000);
    const who = visitors.get('tenantAdmin other');
    assert.ok(who);
    for (const spec of guarded().filter(({ path }) => path.includes(':'))) {
      const there = await ask(who, spec);
      const kept = examples;
      examples = Object.fromEntries(
        Object.keys(kept).map((key) => [key, fixed[key] ?? noneSuch[key] ?? 999_999]),
      );
      const notThere = await ask(who, spec);
      examples = kept;
      assert.deepEqual([there.status, there.body], [notThere.status, notThere.body], named(spec));
    }
  });

  it('does nothing for a page of another site', async () => {
    const who = visitors.get('operator own');
    assert.ok(who);
    for (const { spec } of served.server.routes) {
      if (spec.method === 'get') continue;
      const answer = await ask(who, spec, { origin: 'https://evil.example' });
      assert.deepEqual([answer.status, answer.code], [403, 'foreignPage'], named(spec));
    }
  });

  it('that is about one’s own account is none of a machine’s', async () => {
    const who = visitors.get('machine own');
    assert.ok(who);
    for (const spec of open().filter(({ permission }) => permission === 'self' || permission === 'halfway')) {
      const { status } = await ask(who, spec, { authorization: `Bearer ${machineToken}` });
      assert.equal(status, 403, named(spec));
    }
  });
});
