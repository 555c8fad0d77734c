import assert from 'node:assert/strict';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Role } from '../../src/users/permissions.js';
import { seedStation, seedSubscriber, type SeededSubscriber } from '../support/builders.js';
import { serveHttp, Visitor, type Served } from '../support/http-visitor.js';
import { codec, openLogins, type Logins } from '../support/logins.js';
import { retentionOver } from '../support/people-server.js';

interface RuleInAnswer {
  kind: string;
  months: number;
  version: number;
  ofService: boolean;
}

describe('the routes of keeping and erasing', () => {
  let logins: Logins;
  let served: Served;
  let subscriber: SeededSubscriber;
  const who = new Map<Role, Visitor>();
  const as = (role: Role): Visitor => who.get(role) ?? new Visitor(served.url);

  before(async function () {
    this.timeout(20_000);
    logins = await openLogins();
    const { database } = logins;
    const station = await seedStation(database, codec);
    const { organizationId } = station;
    subscriber = await seedSubscriber(database, codec, station, { name: '山田 うめ', memberNumber: '5005' });
    const organizations = await new OrganizationStore(database).all();
    served = await serveHttp(logins, { console: retentionOver(logins, organizations).routes });
    for (const role of ['station', 'tenantAdmin', 'operator', 'auditor'] as const) {
      const id = await logins.join({
        ...(role !== 'operator' && { organizationId }),
        ...{ role, mail: `${role}@example.jp`, stationIds: role === 'station' ? [station.stationId] : [] },
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

  const tenant = (rest: string): string => `/api/organizations/${subscriber.organizationId}${rest}`;
  const rulesSeen = async (role: Role) =>
    (await as(role).get(tenant('/retention'))).body.rules as RuleInAnswer[];
  const erasure = (): string => `/api/subscribers/${subscriber.subscriberId}/erasure`;

  it('let an administrator change months within their bounds, once per version', async () => {
    const change = (months: number, version = 0) =>
      as('tenantAdmin').ask('put', tenant('/retention/checkInDays'), { months, version });
    for (const months of [5, 85]) assert.equal((await change(months)).code, 'monthsOutOfBounds');
    assert.equal((await change(6.5)).code, 'badParameter');
    const ofLog = await as('tenantAdmin').ask('put', tenant('/retention/accessLog'), {
      months: 37,
      version: 0,
    });
    assert.equal(ofLog.code, 'monthsOutOfBounds', 'the service keeps it no longer itself');
    assert.deepEqual((await change(36)).body, { version: 1 });
    assert.equal((await change(48)).code, 'changedMeanwhile');
    const rule = (await rulesSeen('auditor')).find(({ kind }) => kind === 'checkInDays');
    assert.deepEqual([rule?.months, rule?.version], [36, 1]);
  });

  it('let the operator alone change what belongs to no tenant', async () => {
    const change = (role: Role) => as(role).ask('put', '/api/retention/mails', { months: 2, version: 0 });
    assert.equal((await change('tenantAdmin')).code, 'notAllowed');
    assert.equal(
      (await as('tenantAdmin').ask('put', tenant('/retention/mails'), { months: 2, version: 0 })).code,
      'badParameter',
    );
    assert.equal((await change('operator')).status, 200);
    const rule = (await rulesSeen('tenantAdmin')).find(({ kind }) => kind === 'mails');
    assert.deepEqual([rule?.months, rule?.ofService], [2, true]);
  });

  it('count what would go, and erase nothing by it', async () => {
    const { body } = await as('auditor').get(tenant('/retention/preview'));
    assert.deepEqual(new Set(Object.values(body.counts as object)), new Set([0]));
    assert.deepEqual((await as('auditor').get(tenant('/erasures'))).body, { entries: [] });
  });

  it('mark a person for whom the member number was typed, and take it back', async () => {
    const mark = (role: Role, memberNumber: string) =>
      as(role).post(erasure(), { memberNumber, reason: 'byPerson' });
    assert.equal((await mark('station', '5005')).code, 'notAllowed');
    assert.equal((await mark('tenantAdmin', '5006')).code, 'wrongMemberNumber');
    assert.deepEqual((await as('station').get(erasure())).body, { state: 'none' });
    const { body } = await mark('tenantAdmin', '5005');
    assert.deepEqual([body.state, body.eraseOn], ['marked', '2026-12-01']);
    assert.equal((await as('tenantAdmin').get(tenant('/retention'))).body.marked, 1);
    assert.deepEqual((await as('tenantAdmin').ask('delete', erasure())).body, { state: 'none' });
    assert.equal((await as('tenantAdmin').ask('delete', erasure())).code, 'nothingToTakeBack');
    const logged = await logins.users.accessLog.list(undefined, 20);
    const changes = logged.filter(({ what, subject }) => what === 'changed' && subject !== 'user');
    assert.deepEqual(
      changes.map(({ detail }) => detail),
      ['person.erase.takeBack', 'person.erase', 'retention.mails', 'retention.checkInDays'],
    );
  });
});
