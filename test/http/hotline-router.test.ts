import assert from 'node:assert/strict';
import { OrderError, type OrderProblem } from '../../src/hotline/hotline-orders.js';
import type { OrderAnswer } from '../../src/hotline/exchange-orders.js';
import type { PictureView } from '../../src/hotline/picture-view.js';
import { createMetrics } from '../../src/http/metrics.js';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.js';
import { createLog } from '../../src/log.js';
import { consultationsOver } from '../support/consultation-builders.js';
import { openLogins, type Logins } from '../support/logins.js';
import { noHotline, ordersThat } from '../support/no-hotline.js';
import { noWallboard } from '../support/no-wallboard.js';

const token = 'a-token-for-these-tests';
const view: PictureView = {
  asOf: '2026-11-24T03:00:00.000Z',
  heard: true,
  lines: [{ lineId: 7, name: '相談', open: true, opensAt: null, waiting: [] }],
  counsellors: [
    {
      extension: '101',
      name: '相談 花子',
      state: 'free',
      since: null,
      reason: '',
      lineIds: [7],
      callId: null,
    },
  ],
};

describe('the hotline over HTTP', () => {
  let server: HttpServer;
  let logins: Logins;
  let closeMetrics: () => void;
  let given: unknown[][];
  let answer: OrderAnswer | OrderProblem;
  let port: number;

  beforeEach(async () => {
    given = [];
    answer = 'done';
    const order =
      (what: string) =>
      (...args: unknown[]): Promise<OrderAnswer> => {
        given.push([what, ...args]);
        if (answer === 'done' || answer === 'refused' || answer === 'noLink') return Promise.resolve(answer);
        return Promise.reject(new OrderError(answer));
      };
    const hotline: HttpServerOptions['hotline'] = {
      ...noHotline,
      orders: ordersThat(order),
      picture: (id) => (id === 1 ? view : undefined),
      organizationIds: () => [1],
    };
    const metrics = createMetrics({
      checkinsToday: () => Promise.resolve(new Map()),
      channelsInUse: () => 0,
      resultsWaiting: () => 0,
      mailsWaiting: () => Promise.resolve(0),
      linksUp: () => ({}),
      dialLagSeconds: () => undefined,
    });
    closeMetrics = () => metrics.close();
    server = createHttpServer({
      ledgers: { stations: () => Promise.resolve([]), day: () => Promise.resolve(undefined) },
      timelines: { of: () => Promise.resolve(undefined) },
      consultations: consultationsOver(logins.database),
      hotline,
      ...noWallboard,
      console: [],
      health: () => Promise.reject(new Error('not asked here')),
      metrics,
      users: {
        ...logins.users,
        places: Object.assign(logins.users.places, {
          ofExtension: (extension: string) =>
            Promise.resolve(extension === '199' ? undefined : { organizationId: 1, counsellorId: 1 }),
          ofTask: () => Promise.resolve({ organizationId: 1 }),
        }),
      },
      baseUrl: undefined,
      trustedProxies: undefined,
      apiToken: token,
      log: createLog('silent'),
      clock: () => new Date(),
    });
    port = await server.listen('127.0.0.1', 0);
  });
  before(async () => {
    logins = await openLogins();
  });
  after(() => logins.close());
  afterEach(async () => {
    closeMetrics();
    await server.close();
  });

  async function ask(method: string, path: string, body?: unknown, bearer = token) {
    const response = await fetch(`http://127.0.0.1:${port}/api/hotline${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return { status: response.status, body: await response.json() };
  }

  for (const [path, body] of [
    ['/picture', [view]],
    ['/picture?organization=1', [view]],
    ['/lines', view.lines],
    ['/counsellors', view.counsellors],
    ['/counsellors/101', view.counsellors[0]],
  ] as const) {
    it(`tells ${path}`, async () => assert.deepEqual(await ask('GET', path), { status: 200, body }));
  }

  for (const [path, body, order] of [
    ['/counsellors/101/login', undefined, ['logIn', '101', undefined, '101']],
    ['/counsellors/101/login', { lineIds: [7] }, ['logIn', '101', [7], '101']],
    ['/counsellors/101/logout', undefined, ['logOut', '101', '101']],
    ['/counsellors/101/pause', { reason: ' 昼休み ' }, ['pause', '101', '昼休み', '101']],
    ['/counsellors/101/resume', undefined, ['resume', '101', '101']],
    [
      '/supervisors/102/listen',
      { counsellor: '101', mode: 'whisper' },
      ['listenIn', '102', '101', 'whisper'],
    ],
    ['/supervisors/102/pull', { callId: '1795447161.0' }, ['pullForward', '1795447161.0', '102']],
    ['/supervisors/102/logout', { counsellor: '101' }, ['logOut', '101', '102']],
    ['/tasks/5/call', { extension: '101' }, ['callBack', 5, '101', 'api']],
  ] as const) {
    it(`passes POST ${path} ${JSON.stringify(body ?? '')} on as an order`, async () => {
      assert.deepEqual(await ask('POST', path, body), { status: 202, body: { answer: 'done' } });
      assert.deepEqual(given, [order]);
    });
  }

  for (const [path, body, told] of [
    ['/counsellors/99/login', {}, /extension: /],
    ['/counsellors/101/login', { lineIds: [] }, /lineIds: /],
    ['/counsellors/101/pause', {}, /reason: /],
    ['/counsellors/101/pause', { reason: 'a\r\nb' }, /reason: /],
    ['/supervisors/102/listen', { counsellor: '101', mode: 'record' }, /mode: /],
    ['/supervisors/102/pull', { callId: 'x\ny' }, /callId: /],
    ['/tasks/0/call', { extension: '101' }, /id: /],
    ['/tasks/5/call', { extension: '0471234567' }, /extension: /],
  ] as const) {
    it(`refuses POST ${path} ${JSON.stringify(body)}, naming the field`, async () => {
      const { status, body: answered } = await ask('POST', path, body);
      assert.equal(status, 400);
      assert.match((answered as { error: { message: string } }).error.message, told);
      assert.deepEqual(given, []);
    });
  }

  it('refuses a body that is no JSON, or too long', async () => {
    assert.equal((await ask('POST', '/counsellors/101/pause', '{')).status, 400);
    assert.equal((await ask('POST', '/counsellors/101/pause', { reason: 'x'.repeat(9000) })).status, 413);
  });

  for (const [problem, status] of [
    ['noSuchCounsellor', 404],
    ['noSuchTask', 404],
    ['noSuchCall', 404],
    ['notASupervisor', 403],
    ['notTheirLine', 403],
    ['otherOrganization', 403],
    ['taskIsDone', 409],
    ['notOnAPhoneCall', 409],
    ['refused', 409],
    ['exchangeNotOurs', 503],
    ['noLink', 503],
  ] as const) {
    it(`answers ${status} for ${problem}`, async () => {
      answer = problem;
      assert.equal((await ask('POST', '/counsellors/101/resume')).status, status);
    });
  }

  it('knows no organization or counsellor that there is not', async () => {
    assert.equal((await ask('GET', '/picture?organization=2')).status, 404);
    assert.equal((await ask('GET', '/counsellors/999')).status, 400);
    assert.equal((await ask('GET', '/counsellors/199')).status, 404);
  });

  it('lets nobody in without the token', async () => {
    assert.equal((await ask('GET', '/picture', undefined, 'another-token')).status, 401);
    assert.equal((await ask('POST', '/counsellors/101/logout', undefined, 'another-token')).status, 401);
    assert.deepEqual(given, []);
  });
});
