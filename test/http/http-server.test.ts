import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { stationLedger } from '../../src/checkins/ledger.js';
import type { Health } from '../../src/http/health.js';
import { createMetrics } from '../../src/http/metrics.js';
import { createHttpServer, type HttpServer, type HttpServerOptions } from '../../src/http/server.js';
import { createLog } from '../../src/log.js';
import { consultationsOver } from '../support/consultation-builders.js';
import { openLogins, type Logins } from '../support/logins.js';
import { noHotline } from '../support/no-hotline.js';
import { noWallboard } from '../support/no-wallboard.js';

const token = 'a-token-for-these-tests';
const now = new Date('2026-11-24T03:00:00Z');
const station = {
  id: 7,
  name: '常盤平',
  organizationId: 1,
  organizationName: '松戸市',
  timeZone: 'Asia/Tokyo',
};
const well: Health = {
  ready: true,
  links: {
    database: { ok: true, latencyMs: 1 },
    ari: { ok: true, since: now },
    ami: { ok: true, since: now },
    queues: { ok: true, since: now },
    lease: { ok: true },
    trunk: { ok: true },
    results: { waiting: 0 },
  },
  holds: [],
  mail: { configured: true, waiting: 2, oldestWaitingAt: now, failing: { kind: 'down', since: now } },
};

interface ErrorBody {
  error: { code: string; message: string };
}

describe('the HTTP server', () => {
  const started: { server: HttpServer; close: () => void }[] = [];
  let logged: string[] = [];
  let logins: Logins;

  before(async () => {
    logins = await openLogins();
  });
  after(() => logins.close());

  /** Starts a server with these parts of its own; gives a function that asks it, with the token unless told otherwise. */
  async function serve(parts: Partial<HttpServerOptions> = {}) {
    logged = [];
    const metrics = createMetrics({
      checkinsToday: () => Promise.resolve(new Map([['due', 3]])),
      channelsInUse: () => 2,
      resultsWaiting: () => 1,
      mailsWaiting: () => Promise.resolve(4),
      linksUp: () => ({ ari: true, ami: false }),
      dialLagSeconds: () => undefined,
    });
    const server = createHttpServer({
      ledgers: {
        stations: () => Promise.resolve([station]),
        day: (id, date, at) => Promise.resolve(id === 7 ? stationLedger(station, date, [], at) : undefined),
      },
      timelines: { of: () => Promise.resolve(undefined) },
      consultations: consultationsOver(logins.database),
      hotline: noHotline,
      ...noWallboard,
      console: [],
      health: () => Promise.resolve(well),
      metrics,
      users: {
        ...logins.users,
        places: Object.assign(logins.users.places, {
          ofStation: (id: number) =>
            Promise.resolve(id === 7 ? { organizationId: 1, stationId: 7 } : undefined),
        }),
        recordLook: () => Promise.resolve(),
      },
      apiToken: token,
      baseUrl: undefined,
      trustedProxies: undefined,
      log: createLog('debug', { write: (line) => logged.push(line) }),
      clock: () => now,
      ...parts,
    });
    started.push({ server, close: () => metrics.close() });
    const port = await server.listen('127.0.0.1', 0);
    const ask = (path: string, headers: Record<string, string> = { authorization: `Bearer ${token}` }) =>
      fetch(`http://127.0.0.1:${port}${path}`, { headers });
    return { ask, metrics, port, server };
  }

  async function refused(answer: Response): Promise<[number, string, string]> {
    const { error } = (await answer.json()) as ErrorBody;
    return [answer.status, error.code, error.message];
  }

  afterEach(async () => {
    for (const { server, close } of started.splice(0)) {
      close();
      await server.close();
    }
  });

  it('says that it is alive, without a token', async () => {
    const { ask } = await serve();
    const answer = await ask('/healthz', {});
    const { alive, uptimeSeconds } = (await answer.json()) as { alive: boolean; uptimeSeconds: number };
    assert.deepEqual([answer.status, alive], [200, true]);
    assert.ok(uptimeSeconds >= 0);
  });

  it('is ready when its links are, and tells each by itself', async () => {
    const { ask } = await serve();
    const answer = await ask('/readyz', {});
    assert.equal(answer.status, 200);
    assert.deepEqual(await answer.json(), JSON.parse(JSON.stringify(well)));
  });

  it('is not ready when a link is down', async () => {
    const links = { ...well.links, ari: { ok: false, since: now } };
    const { ask } = await serve({ health: () => Promise.resolve({ ...well, ready: false, links }) });
    const answer = await ask('/readyz', {});
    assert.equal(answer.status, 503);
    assert.equal(((await answer.json()) as Health).links.ari.ok, false);
  });

  it('is not ready when its health cannot be told', async () => {
    const { ask } = await serve({ health: () => Promise.reject(new Error('no database')) });
    assert.equal((await ask('/readyz', {})).status, 503);
  });

  it('shows its figures', async () => {
    const { ask, metrics } = await serve();
    metrics.countAttempt('noAnswer');
    const answer = await ask('/metrics', {});
    const text = await answer.text();
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
    for (const line of [
      'genkidesu_checkins{state="due"} 3',
      'genkidesu_channels_in_use 2',
      'genkidesu_results_waiting 1',
      'genkidesu_mails_waiting 4',
      'genkidesu_link_up{link="ari"} 1',
      'genkidesu_link_up{link="ami"} 0',
      'genkidesu_attempts_total{outcome="noAnswer"} 1',
    ]) {
      assert.ok(text.split('\n').includes(line), `${line} in\n${text}`);
    }
    assert.match(text, /^genkidesu_event_loop_delay_seconds\{quantile="0\.99"\} [\d.e-]+$/m);
    assert.doesNotMatch(text, /^genkidesu_dial_lag_seconds \d/m);
  });

  it('lists the stations with the date that it is there', async () => {
    const { ask } = await serve();
    assert.deepEqual(await (await ask('/api/stations')).json(), [{ ...station, today: '2026-11-24' }]);
  });

  it('gives the ledger of a day', async () => {
    const { ask } = await serve();
    const ledger = (await (await ask('/api/stations/7/days/2026-11-24')).json()) as { headline: number };
    assert.equal(ledger.headline, 0);
  });

  for (const [what, headers] of [
    ['no token', {}],
    ['a wrong token', { authorization: 'Bearer a-token-for-these-tesst' }],
    ['the token as a password', { authorization: `Basic ${token}` }],
  ] as const) {
    it(`lets nobody in with ${what}, and says what to send`, async () => {
      const { ask } = await serve();
      for (const path of ['/api/stations', '/api/stations/7/days/nonsense', '/api/nothing']) {
        const answer = await ask(path, { ...headers });
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
        const [status, code, message] = await refused(answer);
        assert.deepEqual([status, code], [401, 'unauthorized']);
        assert.match(message, /Authorization: Bearer/);
      }
    });
  }

  it('lets no machine in while no token is configured, and says how to let it in', async () => {
    const { ask } = await serve({ apiToken: undefined });
    const [status, , message] = await refused(
      await ask('/api/stations', { authorization: 'Bearer undefined' }),
    );
    assert.equal(status, 503);
    assert.match(message, /set API_TOKEN/);
    assert.equal((await ask('/healthz', {})).status, 200);
  });

  for (const [path, field] of [
    ['/api/stations/0/days/2026-11-24', 'id'],
    ['/api/stations/7e1/days/2026-11-24', 'id'],
    ['/api/stations/7/days/2026-02-30', 'date'],
    ['/api/stations/7/days/today', 'date'],
    ['/api/check-ins/-1/timeline', 'id'],
  ] as const) {
    it(`names ${field} as what is wrong with ${path}`, async () => {
      const { ask } = await serve();
      const [status, code, message] = await refused(await ask(path));
      assert.deepEqual([status, code], [400, 'badParameter']);
      assert.match(message, new RegExp(`^${field}: `));
    });
  }

  for (const [path, code] of [
    ['/api/stations/8/days/2026-11-24', 'noSuchStation'],
    ['/api/check-ins/9/timeline', 'noSuchCheckin'],
    ['/api/elsewhere', 'notFound'],
    ['/elsewhere', 'notFound'],
  ] as const) {
    it(`answers ${path} with 404`, async () => {
      const { ask } = await serve();
      const answer = await ask(path);
      assert.deepEqual((await refused(answer)).slice(0, 2), [404, code]);
    });
  }

  it('tells a fault of ours to the log, and not to the one who asked', async () => {
    const stations = () => Promise.reject(new Error('connect to 10.1.2.3 refused'));
    const { ask } = await serve({
      ledgers: { stations, day: () => Promise.resolve(undefined) },
    });
    const [status, code, message] = await refused(await ask('/api/stations'));
    assert.deepEqual([status, code], [500, 'internal']);
    assert.doesNotMatch(message, /10\.1\.2\.3/);
    assert.ok(logged.some((line) => line.includes('10.1.2.3')));
  });

  it('refuses an address that cannot be read', async () => {
    const { port } = await serve();
    const answer = await raw(
      port,
      `GET /api/stations/%E0%A4%A/days/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    assert.match(answer, /^HTTP\/1\.1 400 /);
    assert.match(answer, /"code":"badRequest"/);
  });

  it('writes neither the query nor an unknown address into the log', async () => {
    const { ask } = await serve();
    await ask('/api/stations?name=yamada');
    await ask('/api/stations/by-name/suzuki');
    await ask('/healthz?tanaka');
    assert.ok(logged.some((line) => line.includes('"path":"/api/stations"')));
    assert.doesNotMatch(logged.join(), /yamada|suzuki|tanaka|a-token/);
  });

  it('gives browsers nothing to hold on to', async () => {
    const { ask } = await serve();
    for (const path of ['/api/stations', '/healthz', '/elsewhere']) {
      const { headers } = await ask(path);
      assert.equal(headers.get('x-powered-by'), null);
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/);
    }
  });

  it('says so when its port is taken', async () => {
    const { port } = await serve();
    const other = await serve();
    await assert.rejects(other.server.listen('127.0.0.1', port), /EADDRINUSE|ALREADY_LISTEN/);
  });
});

/** What fetch would not send: bytes as they are. */
function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.on('data', (data) => (answer += data.toString('utf8')));
    socket.on('end', () => resolve(answer));
    socket.on('error', reject);
  });
}
