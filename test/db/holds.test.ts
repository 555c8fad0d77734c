import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { AttemptStore } from '../../src/checkins/attempt-store.js';
import { presetPolicies } from '../../src/checkins/call-policy.js';
import { ClaimStore } from '../../src/checkins/claim-store.js';
import { ClockWatch } from '../../src/checkins/clock-watch.js';
import { DeadlineStore } from '../../src/checkins/deadline-store.js';
import { Deadline } from '../../src/checkins/deadline.js';
import { Dialler } from '../../src/checkins/dialler.js';
import { DiallingHold } from '../../src/checkins/dialling-hold.js';
import { HoldStore } from '../../src/checkins/hold-store.js';
import type { Phone } from '../../src/checkins/phone.js';
import { ResultKeeper } from '../../src/checkins/result-keeper.js';
import { createLog } from '../../src/log.js';
import type { Organization } from '../../src/organizations/organization-store.js';
import { databaseTime } from '../../src/storage/database-clock-store.js';
import type { Database } from '../../src/storage/database.js';
import { until } from '../../src/testbed/until.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber, type SeededSubscriber } from '../support/builders.js';
import { codec, openLogins } from '../support/logins.js';
import { holdsOver } from '../support/walked-holds.js';

const now = new Date('2026-11-24T09:30:00+09:00');
const log = createLog('silent');
const seedPerson = async (database: Database) =>
  seedSubscriber(database, codec, await seedStation(database, codec));

describe('a hold of the dialling', () => {
  onBothDatabases((open) => {
    it('is open once for each reason, and is released once', async () => {
      const database = await open();
      const holds = new HoldStore(database);
      assert.equal(await holds.open({ reason: 'restored', detail: '', unknownSince: now }, now), true);
      assert.equal(await holds.open({ reason: 'restored', detail: 'again' }, now), false);
      assert.equal(await holds.open({ reason: 'clockSkew', detail: 'exchange' }, now), true);
      const [first] = await holds.findOpen();
      assert.deepEqual([first?.reason, first?.unknownSince], ['restored', now]);
      const release = () => database.transaction((trx) => holds.release(trx, first?.id ?? 0, undefined, now));
      assert.deepEqual([await release(), await release()], [true, false]);
      assert.deepEqual(
        (await holds.findOpen()).map(({ reason }) => reason),
        ['clockSkew'],
      );
    });

    it('keeps the claim itself from taking anybody', async () => {
      const database = await open();
      const person = await seedPerson(database);
      await seedCheckin(database, person, '2026-11-24');
      await new HoldStore(database).open({ reason: 'operator', detail: '' }, now);
      const claims = new ClaimStore({ database, codec });
      const [due] = await claims.findDue(person.organizationId, now, '2026-11-24', 10);
      assert.ok(due);
      const claim = () =>
        claims.claim(due, { attemptId: randomUUID(), pbxId: 'pbx1', notCalledSince: new Date(0) }, now);
      assert.equal(await claim(), 'taken');
      const [hold] = await new HoldStore(database).findOpen();
      await database.transaction((trx) =>
        new HoldStore(database).release(trx, hold?.id ?? 0, undefined, now),
      );
      assert.equal(typeof (await claim()), 'object');
    });

    it('keeps the dialler from calling; the deadline goes on', async () => {
      const database = await open();
      const person = await seedPerson(database);
      await seedCheckin(database, person, '2026-11-24');
      const [claims, alerts, store] = [
        new ClaimStore({ database, codec }),
        new AlertStore(database),
        new HoldStore(database),
      ];
      const hold = new DiallingHold({ store, alerts, clock: () => now, log });
      assert.equal(hold.isHeld(), true, 'whoever does not know yet calls nobody');
      await hold.look();
      assert.equal(hold.isHeld(), false);
      await hold.hold('clockSkew', 'exchange');
      const placed: string[] = [];
      const dialler = diallerOf(person, placed, { claims, alerts, hold, database });
      let pumped = 0;
      dialler.start();
      await until(() => ++pumped > 40, { what: 'the dialler has had its chance', everyMs: 20 });
      assert.deepEqual([placed, (await database('attempts').select('id')).length], [[], 0]);
      const late = new Date(now.getTime() + 6 * 3_600_000);
      const deadline = new Deadline({
        ...{ store: new DeadlineStore(database), alerts, log },
        clock: () => late,
      });
      assert.equal(await deadline.sweep(), 1);
      const reasons = (await alerts.findOpen()).map(({ reason }) => reason).sort();
      dialler.stop();
      assert.deepEqual(reasons, ['diallingHeld', 'weCouldNotCall']);
    });

    it('tells the stations of those who were called already, and lets the others be called', async () => {
      const database = await open();
      const [called, waiting] = [await seedPerson(database), await seedPerson(database)];
      for (const person of [called, waiting]) await seedCheckin(database, person, '2026-11-24');
      const logins = await openLogins({ given: database });
      logins.clock.at = now.getTime() - 60_000;
      const source = await holdsOver(logins, [
        {
          ...{ attemptId: randomUUID(), mark: codec.lookup('number', called.number) },
          ...{ startedAt: now, answeredAt: now, end: { at: now, reason: 'normal', cause: 16 } },
        },
      ]);
      const [hold] = await source.holds.findOpen();
      assert.ok(hold);
      assert.equal((await source.release.look(hold)).checkins.length, 1);
      assert.deepEqual(await source.release.release(hold.id, 'alert', undefined), {
        ...{ kind: 'released', told: 1, called: 'alert' },
      });
      assert.deepEqual(await source.release.release(hold.id, 'alert', undefined), { kind: 'noSuchHold' });
      const states = await database('check_ins').orderBy('id').select<{ state: string }[]>('state');
      assert.deepEqual(
        states.map(({ state }) => state),
        ['alerted', 'due'],
      );
      const [note] = await database('alert_events').select<{ words: string }[]>('words');
      assert.match(codec.decode(note?.words ?? ''), /答えは残っていません/);
      await logins.close();
    });

    it('is opened by a clock that is off, and names it', async () => {
      const database = await open();
      const store = new HoldStore(database);
      const hold = new DiallingHold({
        store,
        alerts: new AlertStore(database),
        clock: () => new Date(),
        log,
      });
      const watch = (exchangeAheadMs: number) =>
        new ClockWatch({
          readers: {
            database: () => databaseTime(database),
            exchange: () => Promise.resolve(new Date(Date.now() + exchangeAheadMs)),
            silent: () => Promise.reject(new Error('no answer')),
          },
          ...{ hold, clock: () => new Date(), log },
        });
      assert.ok((await watch(0).look()).worstMs < 60_000);
      assert.deepEqual(await store.findOpen(), []);
      await watch(3_600_000).look();
      const [opened] = await store.findOpen();
      assert.ok(opened);
      assert.equal(opened.reason, 'clockSkew');
      assert.match(opened.detail, open.engine === 'mariadb' ? /; exchange$/ : /exchange/);
    });
  });
});

function diallerOf(
  person: SeededSubscriber,
  placed: string[],
  parts: { claims: ClaimStore; alerts: AlertStore; hold: DiallingHold; database: Database },
): Dialler {
  const policy = presetPolicies.sameDay;
  const organization: Organization = {
    ...{ id: person.organizationId, kind: 'municipality', name: '試験市', timeZone: 'Asia/Tokyo', weight: 1 },
    ...{
      spokenName: undefined,
      keyMap: new Map([['1', 'ok']]),
      policies: { matsudo: policy, sameDay: policy },
    },
  };
  const phone: Phone = {
    isUp: true,
    place: ({ number }) => {
      placed.push(number);
      throw new Error('nobody may be called');
    },
    takeUp: () => {
      throw new Error('no call lives');
    },
    liveCalls: () => Promise.resolve([]),
    hangUp: () => Promise.resolve(),
  };
  return new Dialler({
    ...{ pbxId: 'pbx1', phone, claims: parts.claims, alerts: parts.alerts, log },
    limits: { channelCap: 2, reservedForOthers: 0, startsPerSecond: 10 },
    keeper: new ResultKeeper({ attempts: new AttemptStore({ database: parts.database, codec }), log }),
    scriptFor: () => {
      throw new Error('nobody talks');
    },
    organizations: () => new Map([[organization.id, organization]]),
    mayDial: () => true,
    isHeld: parts.hold.isHeld,
    exchangeIsStrained: () => false,
    clock: () => now,
    watch: () => undefined,
  });
}
