import assert from 'node:assert/strict';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Role } from '../../src/users/permissions.js';
import { seedStation, seedSubscriber, type SeededSubscriber } from '../support/builders.js';
import { serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';
import { deadLine, peopleOver, somePerson } from '../support/people-server.js';

describe('the routes about people', () => {
  let logins: Logins;
  let served: Served;
  let subscriber: SeededSubscriber;
  let elsewhere: SeededSubscriber;
  const line = deadLine();
  const who = new Map<Role, Visitor>();
  const as = (role: Role): Visitor => {
    const visitor = who.get(role);
    assert.ok(visitor);
    return visitor;
  };

  before(async function () {
    this.timeout(20_000);
    logins = await openLogins();
    const { database } = logins;
    const station = await seedStation(database, codec);
    const { organizationId } = station;
    const second = await seedStation(database, codec, { organizationId });
    subscriber = await seedSubscriber(database, codec, station, { name: '山田 うめ' });
    elsewhere = await seedSubscriber(database, codec, second, { name: '遠くの 方' });
    const organizations = await new OrganizationStore(database).all();
    served = await serveHttp(logins, { console: peopleOver(logins, organizations, line).routes });
    for (const role of ['station', 'tenantAdmin', 'operator'] as const) {
      const id = await logins.join({
        ...(role !== 'operator' && { organizationId }),
        ...{ role, name: `${role} 一子`, mail: `${role}@example.jp` },
        stationIds: role === 'station' ? [station.stationId] : [],
      });
      const visitor = new Visitor(served.url);
      visitor.cookie = `genkidesu=${(await logins.users.sessions.begin(id, 'full', '')).token}`;
      who.set(role, visitor);
    }
  });
  after(async () => {
    await served.close();
    await logins.close();
  });

  const path = (id = subscriber.subscriberId): string => `/api/subscribers/${id}`;
  const namesOf = (body: Record<string, unknown>) =>
    (body.people as { name: string }[]).map(({ name }) => name);

  it('show a station its own people only, and the operator nobody without a reason', async () => {
    assert.deepEqual(namesOf((await as('station').get('/api/subscribers')).body), ['山田 うめ']);
    assert.equal((await as('station').get(path(elsewhere.subscriberId))).status, 404);
    assert.equal((await as('operator').get(path())).code, 'reasonNeeded');
    const reason = { 'x-reason': encodeURIComponent('問い合わせ') };
    assert.equal((await as('operator').get(path(), reason)).status, 200);
    const [seen] = await logins.users.accessLog.list(undefined, 1);
    assert.deepEqual(
      [seen?.subject, seen?.subjectId, seen?.reason],
      ['subscriber', subscriber.subscriberId, '問い合わせ'],
    );
  });

  it('search by what is in the body, never in the address', async () => {
    const search = (text: string) => as('tenantAdmin').post('/api/subscribers/search', { text });
    assert.deepEqual(namesOf((await search('遠く')).body), ['遠くの 方']);
    assert.deepEqual(namesOf((await search(subscriber.number)).body), ['山田 うめ']);
    const listed = await as('tenantAdmin').get('/api/subscribers?text=遠く');
    assert.equal(namesOf(listed.body).length, 2);
    assert.doesNotMatch(logins.logged.join(), new RegExp(`遠くの|${subscriber.number}`));
  });

  it('enrol once by one form, and name each field that is wrong', async () => {
    const { stationId } = subscriber;
    const send = (person: object, key = 'a-key-of-a-form') =>
      as('station').post('/api/subscribers', { stationId, key, person });
    const wrong = await send({ ...somePerson, phones: [{ number: '110' }], birthDate: '35/2/3' });
    assert.equal(wrong.status, 400);
    assert.deepEqual(
      (wrong.body.problems as { field: string }[]).map(({ field }) => field),
      ['birthDate', 'phones.0.number'],
    );
    const [first, second] = await Promise.all([send(somePerson), send(somePerson)]);
    assert.deepEqual([first.status, second.status].sort(), [200, 201]);
    assert.equal(first.body.id, second.body.id);
    assert.equal((await send(somePerson, 'another-form')).code, 'memberNumberTaken');
    const { person } = (await as('station').get(path(Number(first.body.id)))).body;
    assert.deepEqual((person as { phones: unknown }).phones, [{ number: '0473912345', toneProfile: 'tone' }]);
  });

  it('answer an old version with the present one, and who wrote it when', async () => {
    const put = (visitor: Visitor, notes: string) =>
      visitor.ask('put', path(), { version: 1, person: { notes } });
    assert.equal((await put(as('station'), '先')).status, 200);
    const late = await put(as('tenantAdmin'), '後');
    assert.equal(late.code, 'changedMeanwhile');
    const present = late.body.present as { version: number; by: string; person: { notes: string } };
    assert.deepEqual([present.version, present.by, present.person.notes], [2, 'station 一子', '先']);
  });

  it('tell who else has a record open', async () => {
    assert.deepEqual((await as('station').post(`${path()}/editing`)).body, { others: [] });
    assert.deepEqual((await as('tenantAdmin').post(`${path()}/editing`)).body, { others: ['station 一子'] });
    await as('station').post(`${path()}/editing`, { leaving: true });
    assert.deepEqual((await as('tenantAdmin').post(`${path()}/editing`)).body, { others: [] });
  });

  it('export for a stated reason, which stands in the file and in the log', async () => {
    const address = `/api/subscribers/export?station=${subscriber.stationId}`;
    assert.equal((await as('station').get(address)).status, 403);
    assert.equal((await as('tenantAdmin').get(address)).code, 'reasonNeeded');
    const reason = encodeURIComponent('年次の確認');
    const csv = await fetch(`${served.url}${address}`, {
      headers: { cookie: as('tenantAdmin').cookie ?? '', 'x-reason': reason },
    });
    assert.match(await csv.text(), /^# 取り出した人: tenantAdmin 一子 .* 理由: 年次の確認/);
    const [noted] = await logins.users.accessLog.list(undefined, 1);
    assert.deepEqual([noted?.detail, noted?.reason], ['subscriber.export', '年次の確認']);
  });

  it('move only between stations that the one who asks answers for, and say why in the log', async () => {
    const record = await as('tenantAdmin').get(path());
    const body = { version: record.body.version, stationId: elsewhere.stationId, reason: '引っ越し' };
    assert.equal((await as('station').post(`${path()}/move`, body)).code, 'stationNotYours');
    assert.equal((await as('tenantAdmin').post(`${path()}/move`, { ...body, reason: '' })).status, 400);
    const other = await seedStation(logins.database, codec);
    const outside = { ...body, stationId: other.stationId };
    assert.equal((await as('tenantAdmin').post(`${path()}/move`, outside)).code, 'noSuchStation');
    assert.equal(
      (await as('tenantAdmin').post(`${path()}/move`, { ...body, version: 99 })).code,
      'changedMeanwhile',
    );
    const moved = await as('tenantAdmin').post(`${path()}/move`, body);
    assert.deepEqual([moved.status, moved.body.changed], [200, ['station', 'moveReason']]);
    const [seen] = await logins.users.accessLog.list(undefined, 1);
    assert.deepEqual([seen?.detail, seen?.reason], ['subscriber.edit', '引っ越し']);
    assert.equal((await as('station').get(path())).status, 404);
    const back = { version: moved.body.version, stationId: subscriber.stationId, reason: '取り消し' };
    assert.equal((await as('tenantAdmin').post(`${path()}/move`, back)).status, 200);
  });

  it('place a test call once, and outside the hours only when that is confirmed', async () => {
    // 12:00 in Japan.
    const order = { phonePosition: 1 };
    const [one, two] = await Promise.all([1, 2].map(() => as('station').post(`${path()}/test-call`, order)));
    assert.deepEqual([one?.status, one?.body.id], [202, two?.body.id]);
    assert.deepEqual(line.placed, [subscriber.number]);
    logins.clock.goOn(12 * 3600 - 120);
    const visitor = as('tenantAdmin');
    const { token } = await logins.users.sessions.begin(
      await logins.join({
        organizationId: subscriber.organizationId,
        role: 'tenantAdmin',
        mail: 'late@example.jp',
      }),
      'full',
      '',
    );
    visitor.cookie = `genkidesu=${token}`;
    assert.equal((await visitor.post(`${path()}/test-call`, order)).code, 'outsideCallingHours');
    assert.equal((await visitor.post(`${path()}/test-call`, { ...order, outsideHours: true })).status, 202);
  });
});
