import assert from 'node:assert/strict';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import type { HttpServerOptions } from '../../src/http/server.js';
import type { Role } from '../../src/users/permissions.js';
import { seedDesk, seedCounsellor, type SeededDesk } from '../support/consultation-builders.js';
import { machineToken, serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';
import { noHotline, ordersThat } from '../support/no-hotline.js';

describe('who acts at the hotline', () => {
  let logins: Logins;
  let served: Served;
  let own: SeededDesk;
  let other: SeededDesk;
  let taskId: number;
  const given: unknown[][] = [];
  const machine = { authorization: `Bearer ${machineToken}` };
  const visitors: Record<string, Visitor> = {};

  before(async function () {
    this.timeout(20_000);
    logins = await openLogins();
    const { database } = logins;
    own = await seedDesk(database, codec);
    other = await seedDesk(database, codec);
    const supervising = await seedCounsellor(database, codec, own.organizationId, '898');
    const order =
      (what: string) =>
      (...args: unknown[]) => {
        given.push([what, ...args]);
        return Promise.resolve('done' as const);
      };
    const work =
      (what: string) =>
      (...args: unknown[]) => {
        given.push([what, ...args]);
        return Promise.resolve({ kind: 'refused', why: 'settled' } as const);
      };
    const hotline: HttpServerOptions['hotline'] = {
      ...noHotline,
      orders: ordersThat(order),
      picture: (id) => ({ asOf: String(id), heard: true, lines: [], counsellors: [] }),
      organizationIds: () => [own.organizationId, other.organizationId],
      tasks: {
        ...noHotline.tasks,
        unsettled: (organizationId) => {
          given.push(['unsettled', organizationId]);
          return Promise.resolve([]);
        },
        counsellorAt: async (extension) =>
          (await new CounsellorStore({ database, codec }).active()).find((one) => one.extension === extension)
            ?.id,
        take: work('take'),
      },
    };
    served = await serveHttp(logins, { hotline });
    const [id = 0]: number[] = await database('hotline_tasks').insert({
      ...{ organization_id: own.organizationId, line_id: own.lineId, kind: 'callBack', note: '' },
      ...{ pbx_id: 'p', call_id: 'c', number: '', number_lookup: '', place_at: 1, due_at: 1, created_at: 1 },
    });
    taskId = id;
    await enter('counsellor', own, own.counsellorId, 'counsellor');
    await enter('supervisor', own, supervising, 'supervisor');
    await enter('supervisor elsewhere', other, other.counsellorId, 'supervisor');
    await enter('supervisor without a telephone', own, undefined, 'supervisor');
  });
  after(async () => {
    await served.close();
    await logins.close();
  });
  beforeEach(() => (given.length = 0));

  async function enter(name: string, desk: SeededDesk, counsellorId: number | undefined, role: Role) {
    const mail = `${name.replaceAll(' ', '.')}@example.jp`;
    const id = await logins.join({ organizationId: desk.organizationId, role, counsellorId, mail });
    const who = new Visitor(served.url);
    who.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
    visitors[name] = who;
  }
  const ask = (who: string, method: string, path: string, body?: unknown) => {
    const visitor = who === 'machine' ? new Visitor(served.url, machine) : visitors[who];
    assert.ok(visitor);
    return visitor.ask(method, `/api/hotline${path}`, body);
  };
  const post = async (who: string, path: string, body: unknown = {}) => {
    const { status, code } = await ask(who, 'post', path, body);
    return code === undefined ? status : [status, code];
  };

  it('is oneself, for people', async () => {
    assert.equal(await post('counsellor', `/counsellors/${own.extension}/login`), 202);
    assert.deepEqual(await post('counsellor', '/counsellors/898/logout'), [404, 'noSuchCounsellor']);
    assert.deepEqual(await post('supervisor', `/counsellors/${own.extension}/resume`), [
      404,
      'noSuchCounsellor',
    ]);
    assert.deepEqual(
      await post('supervisor', `/supervisors/${own.extension}/logout`, { counsellor: '898' }),
      [403, 'somebodyElse'],
    );
    assert.deepEqual(
      await post('supervisor without a telephone', '/supervisors/898/listen', {
        counsellor: own.extension,
        mode: 'listen',
      }),
      [403, 'notACounsellor'],
    );
    assert.deepEqual(given, [['logIn', own.extension, undefined, own.extension]]);
  });

  it('is whom the request names, for the machine', async () => {
    assert.equal(await post('machine', `/counsellors/${own.extension}/login`), 202);
    assert.equal(await post('machine', `/tasks/${taskId}/call`, { extension: own.extension }), 202);
    assert.deepEqual(await post('machine', `/tasks/${taskId}/call`), [400, 'badParameter']);
    assert.deepEqual(given, [
      ['logIn', own.extension, undefined, own.extension],
      ['callBack', taskId, own.extension, 'api'],
    ]);
  });

  it('is taken from the login where a task is handled, and nobody else can be named', async () => {
    assert.equal(await post('counsellor', `/tasks/${taskId}/call`), 202);
    assert.deepEqual(await post('counsellor', `/tasks/${taskId}/take`), [409, 'settled']);
    assert.deepEqual(await post('counsellor', `/tasks/${taskId}/take`, { extension: '898' }), [
      403,
      'somebodyElse',
    ]);
    assert.deepEqual(await post('supervisor elsewhere', `/tasks/${taskId}/take`), [404, 'noSuchTask']);
    assert.deepEqual(given, [
      ['callBack', taskId, own.extension, own.extension],
      ['take', taskId, own.counsellorId],
    ]);
  });

  it('must supervise to hear others, pull callers forward and log others out', async () => {
    const listen = { counsellor: own.extension, mode: 'listen' };
    for (const [path, body] of [
      ['listen', listen],
      ['pull', { callId: '1.1' }],
      ['logout', { counsellor: own.extension }],
    ] as const) {
      assert.deepEqual(await post('counsellor', `/supervisors/${own.extension}/${path}`, body), [
        403,
        'notAllowed',
      ]);
      assert.equal(await post('supervisor', `/supervisors/898/${path}`, body), 202);
    }
    for (const [path, body] of [
      ['listen', { ...listen, counsellor: other.extension }],
      ['logout', { counsellor: other.extension }],
    ] as const)
      assert.deepEqual(await post('supervisor', `/supervisors/898/${path}`, body), [404, 'noSuchCounsellor']);
    assert.equal(given.length, 3);
  });

  it('sees the lists of one’s own organization, and the machine those of all', async () => {
    const pictures = async (who: string, query = '') => {
      const { status, body } = await ask(who, 'get', `/picture${query}`);
      return status === 200
        ? (body as unknown as { asOf: string }[]).map(({ asOf }) => Number(asOf))
        : status;
    };
    const theirs = `?organization=${other.organizationId}`;
    assert.deepEqual(await pictures('machine'), [own.organizationId, other.organizationId]);
    assert.deepEqual(await pictures('machine', theirs), [other.organizationId]);
    assert.deepEqual(await pictures('counsellor'), [own.organizationId]);
    assert.equal(await pictures('counsellor', theirs), 404);
    for (const who of ['counsellor', 'machine']) await ask(who, 'get', '/tasks');
    assert.equal((await ask('counsellor', 'get', `/tasks${theirs}`)).status, 404);
    assert.deepEqual(given, [
      ['unsettled', own.organizationId],
      ['unsettled', undefined],
    ]);
  });

  it('opens a socket by the cookie from a page of ours, or by the token, and by nothing else', async () => {
    const { gate } = served.server;
    const [cookie, host] = [visitors.supervisor?.cookie, new URL(served.url).host];
    const enter = async (origin: string, token?: string) => {
      const entrant = await gate.enterSocket({ headers: { cookie, origin, host }, token });
      return entrant && [entrant.actor.role, entrant.session !== undefined];
    };
    assert.deepEqual(await enter(served.url), ['supervisor', true]);
    assert.equal(await enter('https://evil.example'), undefined);
    assert.deepEqual(await enter('', machineToken), ['machine', false]);
    // Who shows a wrong token is not let in by a cookie.
    assert.equal(await enter(served.url, 'guessed'), undefined);
  });
});
