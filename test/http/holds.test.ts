import assert from 'node:assert/strict';
import { holdsRoutes, type HoldsSource } from '../../src/http/holds-router.js';
import { seedStation } from '../support/builders.js';
import { serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';
import { holdsOver } from '../support/walked-holds.js';

describe('the hold of the dialling, over HTTP', () => {
  let logins: Logins;
  let source: HoldsSource;
  let served: Served;
  let operator: Visitor;
  let station: Visitor;
  let skewMs = 0;

  before(async () => {
    logins = await openLogins();
    source = await holdsOver(logins);
    const clocks = () => Promise.resolve({ worstMs: skewMs, between: undefined, off: undefined });
    served = await serveHttp(logins, { console: holdsRoutes({ ...source, clocks }) });
    const { organizationId, stationId } = await seedStation(logins.database, codec);
    const enter = async (user: Parameters<Logins['join']>[0]): Promise<Visitor> => {
      const { token } = await logins.users.sessions.begin(await logins.join(user), 'full', '');
      return Object.assign(new Visitor(served.url), { cookie: `genkidesu=${token}` });
    };
    operator = await enter({ role: 'operator', mail: 'operator@example.jp' });
    const place = { organizationId, stationIds: [stationId] };
    station = await enter({ role: 'station', mail: 'station@example.jp', ...place });
  });
  after(async () => {
    await served.close();
    await logins.close();
  });

  const holds = async (who: Visitor) => (await who.get('/api/holds')).body as unknown as object[];

  it('is known to everybody, and its details to the operator alone', async () => {
    const openedAt = logins.clock.read().toISOString();
    assert.deepEqual(await holds(station), [{ id: 1, reason: 'restored', openedAt }]);
    assert.deepEqual(await holds(operator), [
      { id: 1, reason: 'restored', openedAt, detail: '', unknownSince: openedAt },
    ]);
    for (const [method, path] of [
      ['get', '/api/holds/1/facts'],
      ['post', '/api/holds'],
      ['post', '/api/holds/1/release'],
    ] as const)
      assert.equal((await station.ask(method, path, method === 'post' ? {} : undefined)).status, 403);
  });

  it('is released once, and that is written down', async () => {
    const facts = (await operator.get('/api/holds/1/facts')).body;
    assert.deepEqual([facts.called, facts.recordIsWhole], [0, true]);
    assert.equal((await operator.post('/api/holds/1/release')).status, 200);
    assert.equal((await operator.post('/api/holds/1/release')).code, 'noSuchHold');
    assert.deepEqual(await holds(station), []);
    const log = await logins
      .database('access_log')
      .where({ what: 'changed', subject: 'hold' })
      .select<{ detail: string }[]>('detail');
    assert.deepEqual(
      log.map(({ detail }) => detail),
      ['hold.release'],
    );
  });

  it('is opened once by the operator, however often it is asked for', async () => {
    assert.equal((await operator.post('/api/holds', { detail: '訓練' })).status, 201);
    assert.equal((await operator.post('/api/holds', { detail: '訓練' })).status, 200);
    assert.equal((await holds(station)).length, 1);
  });

  it('of wrong clocks is released only once they agree', async () => {
    await source.hold.hold('clockSkew', 'exchange');
    const id = (await source.holds.findOpen()).find(({ reason }) => reason === 'clockSkew')?.id ?? 0;
    skewMs = source.mostSkewMs + 1;
    assert.equal((await operator.post(`/api/holds/${id}/release`)).code, 'clocksApart');
    skewMs = 0;
    assert.equal((await operator.post(`/api/holds/${id}/release`)).status, 200);
  });
});
