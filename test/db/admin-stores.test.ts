import assert from 'node:assert/strict';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { OperatorAlertStore } from '../../src/alerts/operator-alert-store.js';
import { EndedCallStore } from '../../src/checkins/ended-call-store.js';
import { presetPolicies } from '../../src/checkins/call-policy.js';
import { LineHoursStore } from '../../src/hotline/line-hours-store.js';
import { LineStore } from '../../src/hotline/line-store.js';
import { printedWeek } from '../../src/hotline/opening-hours.js';
import { ClosedDayStore } from '../../src/organizations/closed-day-store.js';
import { SettingsStore } from '../../src/organizations/settings-store.js';
import { StationStore, type StationSettings } from '../../src/organizations/station-store.js';
import { TenantStore } from '../../src/organizations/tenant-store.js';
import type { Database } from '../../src/storage/database.js';
import { TestCallStore } from '../../src/test-calls/test-call-store.js';
import { AuditStore } from '../../src/users/audit-store.js';
import { createNoteChange } from '../../src/users/change-log.js';
import { InvitationStore } from '../../src/users/invitation-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedAttempt, seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { codec, openLogins, type Logins } from '../support/logins.js';

const station: StationSettings = {
  ...{ name: '小金原', spokenName: null, closedDays: 'callAnyway' },
  ...{ closedWeekdays: [7], closedOnHolidays: true },
};

describe('what administrators keep', () => {
  onBothDatabases((open) => {
    let database: Database;
    let logins: Logins;
    let seeded: { organizationId: number; stationId: number };
    let by: { userId: number; address: string; at: Date };
    const noting = () => ({ database, note: createNoteChange(logins.users.accessLog) });
    const changes = async () =>
      (
        await new AuditStore({ database, codec }).page({ organizationId: undefined, kind: 'changed' }, 100)
      ).map(({ detail, changes: fields }) => ({ detail, fields }));

    beforeEach(async () => {
      database = await open();
      logins = await openLogins({ given: database });
      seeded = await seedStation(database, codec, { organizationName: '松戸市', name: '常盤平' });
      const userId = await logins.join({ role: 'operator', mail: 'o@example.jp' });
      by = { userId, address: '192.0.2.1', at: logins.clock.read() };
    });

    it('lets the first of two who change a station win, and says which fields became what', async () => {
      const { organizationId, stationId } = seeded;
      const store = new StationStore(noting());
      const first = store.change(organizationId, stationId, { ...station, version: 1 }, by);
      const second = store.change(organizationId, stationId, { ...station, name: '新松戸', version: 1 }, by);
      const kinds = (await Promise.all([first, second])).map(({ kind }) => kind).sort();
      assert.deepEqual(kinds, ['changed', 'changedMeanwhile']);
      const [{ detail, fields } = { detail: '', fields: [] }] = await changes();
      assert.equal(detail, 'station.edit');
      assert.deepEqual(fields?.map(({ field }) => field).sort(), [
        'closedOnHolidays',
        'closedWeekdays',
        'name',
      ]);
      assert.equal((await store.of(organizationId))[0]?.version, 2);
    });

    it('refuses a name that another station of the tenant has', async () => {
      const store = new StationStore(noting());
      const { organizationId, stationId } = seeded;
      const added = await store.add(organizationId, station, by);
      assert.equal(added.kind, 'added');
      assert.deepEqual(await store.add(organizationId, station, by), { kind: 'nameTaken' });
      const renamed = await store.change(organizationId, stationId, { ...station, version: 1 }, by);
      assert.deepEqual(renamed, { kind: 'nameTaken' });
      const elsewhere = await seedStation(database, codec);
      assert.equal((await store.add(elsewhere.organizationId, station, by)).kind, 'added');
      assert.equal(
        (await store.change(elsewhere.organizationId, stationId, { ...station, version: 1 }, by)).kind,
        'noSuch',
      );
    });

    it('keeps keys and policies by version, also one that was never stored', async () => {
      const { organizationId } = seeded;
      const store = new SettingsStore(noting());
      const policy = { ...presetPolicies.sameDay, maxMissed: 2 };
      const [, sameDay] = await store.policies(organizationId);
      assert.deepEqual([sameDay?.preset, sameDay?.version], ['sameDay', 0]);
      const wanted = { preset: 'sameDay', policy, version: 0 } as const;
      assert.deepEqual(await store.changePolicy(organizationId, wanted, by), { kind: 'changed', version: 1 });
      assert.deepEqual(await store.changePolicy(organizationId, wanted, by), { kind: 'changedMeanwhile' });
      assert.equal((await store.policies(organizationId))[1]?.policy.maxMissed, 2);
      const keyMap = { 5: 'ok' } as const;
      assert.equal((await store.changeKeys(organizationId, { version: 1, keyMap }, by)).kind, 'changed');
      assert.equal(
        (await store.changeKeys(organizationId, { version: 1, keyMap }, by)).kind,
        'changedMeanwhile',
      );
      assert.deepEqual((await changes())[1]?.fields, [{ field: 'maxMissed', from: 3, to: 2 }]);
    });

    it('closes days once, however often it is clicked, and tells what to take back', async () => {
      const { organizationId, stationId } = seeded;
      const { note } = noting();
      const store = new ClosedDayStore(database);
      const wanted = { stationIds: [stationId], dates: ['2026-12-29', '2026-12-30'], reason: '' };
      const both = await Promise.all([
        store.closeAll(organizationId, wanted, by, note),
        store.closeAll(organizationId, wanted, by, note),
      ]);
      assert.equal((await database('closed_days').select('id')).length, 2);
      assert.equal(both.flat().length, 2);
      const opened = await store.openAll(organizationId, { ...wanted, dates: ['2026-12-30'] }, by, note);
      assert.deepEqual(opened, [{ stationId, date: '2026-12-30', reason: '' }]);
      assert.deepEqual(await store.of(organizationId, '2026-12-01', '2026-12-31'), [
        { stationId, date: '2026-12-29', reason: '' },
      ]);
    });

    it('opens one day of a line’s closure, and keeps the others closed', async () => {
      const { organizationId } = seeded;
      const lines = new LineStore(database);
      const { id } = await lines.add({ organizationId, name: '相談', shownNumber: '0473661111' }, by.at);
      await lines.close(id, { fromOn: '2026-12-29', untilOn: '2027-01-03', reason: '年末年始' });
      const store = new LineHoursStore(noting());
      assert.equal(await store.open(organizationId, id, '2026-12-30', by), true);
      assert.equal(await store.open(organizationId, id, '2026-12-30', by), false);
      assert.equal(await store.close(organizationId, id, '2027-01-01', '', by), false);
      const [line] = await lines.all();
      assert.deepEqual(line?.closures, [
        { fromOn: '2026-12-29', untilOn: '2026-12-29' },
        { fromOn: '2026-12-31', untilOn: '2027-01-03' },
      ]);
      const hours = { week: printedWeek, closedOnHolidays: false, closedAtYearEnd: true, version: 1 };
      assert.equal((await store.change(organizationId, id, hours, by)).kind, 'changed');
      assert.equal((await store.change(organizationId, id, hours, by)).kind, 'changedMeanwhile');
    });

    it('counts tenants without a name, and today by each one’s own calendar', async () => {
      const store = new TenantStore(noting());
      const person = await seedSubscriber(database, codec, seeded);
      await seedSubscriber(database, codec, seeded, { withdrawnOn: '2026-11-20' });
      await seedCheckin(database, person, '2026-11-24');
      await seedCheckin(database, person, '2026-11-23', { state: 'answered' });
      const [tenant] = await store.all(by.at);
      assert.deepEqual(
        [tenant?.subscribers, tenant?.stations, tenant?.today],
        [1, 1, { due: 1, settled: 0, open: 1, alerts: 0 }],
      );
      await seedStation(database, codec, { organizationName: '柏市' });
      const wanted = { name: '柏市', kind: 'municipality', weight: 2, spokenName: null, version: 1 } as const;
      assert.deepEqual(await store.change(seeded.organizationId, wanted, by), { kind: 'nameTaken' });
    });

    it('keeps who took an alert on first, and closes nothing by it', async () => {
      const store = new OperatorAlertStore({ ...noting(), codec });
      await new AlertStore(database).tellOperator('dialingStopped', 'pbx1', '', by.at);
      const [alert] = await store.open();
      assert.equal(alert?.acknowledged, undefined);
      const id = alert?.id ?? 0;
      assert.equal(await store.acknowledge(id, by), true);
      const later = new Date(by.at.getTime() + 1000);
      assert.equal(await store.acknowledge(id, { ...by, at: later }), true);
      assert.deepEqual((await store.open())[0]?.acknowledged?.at, by.at);
      assert.equal(await store.acknowledge(id + 99, by), false);
      const taken = (await changes()).filter(({ detail }) => detail === 'operatorAlert.acknowledge');
      assert.equal(taken.length, 1);
    });

    it('makes one test call of two presses, and one at a time', async () => {
      const store = new TestCallStore({ ...noting(), codec });
      const wanted = { key: 'one', number: '0473912345' };
      const begun = await Promise.all([store.begin(wanted, by), store.begin(wanted, by)]);
      assert.deepEqual(begun.map(({ kind }) => kind).sort(), ['again', 'begun']);
      assert.equal((await store.begin({ ...wanted, key: 'two' }, by)).kind, 'busy');
      const id = begun.flatMap((one) => (one.kind === 'begun' ? [one.id] : []))[0] ?? 0;
      await store.end(id, { outcome: 'busy', sipStatus: 486 }, by.at);
      const [call] = await store.latest(by.at);
      assert.deepEqual([call?.numberEnd, call?.outcome, call?.sipStatus], ['2345', 'busy', 486]);
      assert.equal((await store.begin({ ...wanted, key: 'three' }, by)).kind, 'begun');
    });

    it('counts how the calls of today ended', async () => {
      const person = await seedSubscriber(database, codec, seeded);
      const checkinId = await seedCheckin(database, person, '2026-11-24');
      const of = { checkinId, subscriberId: person.subscriberId };
      const at = Date.parse('2026-11-24T09:00:00+09:00');
      await seedAttempt(database, of, at, { outcome: 'busy', cause: 17, sip_status: 486 });
      await seedAttempt(database, of, at + 1000, { outcome: 'busy', cause: 17, sip_status: 486 });
      await seedAttempt(database, of, at - 86_400_000);
      const found = await new EndedCallStore(database).ofToday(new Date(at), 'Asia/Tokyo');
      assert.deepEqual(found, [
        { pbxId: 'pbx1', outcome: 'busy', sipStatus: 486, cause: 17, isAnswered: false, count: 2 },
      ]);
    });

    it('tells what has become of an invitation’s mail, the newest one', async () => {
      const { organizationId } = seeded;
      const invite = () =>
        logins.users.invitations.invite(
          { organizationId, role: 'auditor', name: '監査', mail: 'k@example.jp' },
          undefined,
        );
      const invited = await invite();
      assert.equal(invited.kind, 'invited');
      const store = new InvitationStore({ database, codec });
      assert.equal((await store.waiting(organizationId))[0]?.mail, 'waiting');
      await database('mails').whereNotNull('invited_user_id').update({ state: 'refused' });
      assert.equal((await store.waiting(undefined))[0]?.mail, 'refused');
      const user = await logins.users.users.findByMail('k@example.jp');
      assert.ok(user);
      await logins.users.invitations.inviteAgain(user);
      assert.equal((await store.waiting(organizationId))[0]?.mail, 'waiting');
      assert.deepEqual(await store.waiting(organizationId + 1), []);
    });

    it('pages through the log by user, kind and day', async () => {
      const audit = new AuditStore({ database, codec });
      const { note } = noting();
      for (const day of [22, 23, 24]) {
        const at = new Date(`2026-11-${day}T03:00:00Z`);
        const what = { subject: 'station', subjectId: day, detail: 'station.edit', fields: [] } as const;
        await note(database, { by: { ...by, at }, organizationId: seeded.organizationId, ...what });
      }
      const filter = { organizationId: seeded.organizationId, kind: 'changed', userId: by.userId } as const;
      const first = await audit.page(filter, 2);
      const rest = await audit.page(filter, 2, first.at(-1)?.id);
      assert.deepEqual(
        [first, rest].map((page) => page.map(({ subjectId }) => subjectId)),
        [[24, 23], [22]],
      );
      const during = { from: new Date('2026-11-22T15:00:00Z'), until: new Date('2026-11-23T15:00:00Z') };
      assert.deepEqual(
        (await audit.page({ ...filter, during }, 9)).map(({ subjectId }) => subjectId),
        [23],
      );
      assert.deepEqual(await audit.page({ ...filter, organizationId: seeded.organizationId + 1 }, 9), []);
    });
  });
});
