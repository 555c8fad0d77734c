import assert from 'node:assert/strict';
import { PlanStore } from '../../src/checkins/plan-store.js';
import type { Database } from '../../src/storage/database.js';
import type { ImportedSubscriber } from '../../src/subscribers/import/subscriber-row.js';
import { PauseStore } from '../../src/subscribers/pause-store.js';
import { RecordChangeStore } from '../../src/subscribers/record-change-store.js';
import { RecordStore } from '../../src/subscribers/record-store.js';
import { createSubscriberSearch } from '../../src/subscribers/subscriber-search.js';
import { SubscriberStore } from '../../src/subscribers/subscriber-store.js';
import { DraftStore } from '../../src/users/draft-store.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec();
const now = new Date('2026-11-24T03:00:00Z');
const byTerminal = { userId: undefined, now };

const hanako: ImportedSubscriber = {
  ...{ memberNumber: '5001', name: '松戸 花子', kana: 'まつど はなこ', enrolledOn: '2026-11-24' },
  ...{ notes: '', promptLanguage: 'ja', speechRate: 'slow', ringSeconds: 45, policyPreset: 'matsudo' },
  phones: [{ number: '0473912345', toneProfile: 'tone' }],
  plan: { kind: 'weekly', days: [2], time: '09:00' },
};

function stores(database: Database) {
  const both = { database, codec };
  return {
    subscribers: new SubscriberStore(both),
    records: new RecordStore(both),
    changes: new RecordChangeStore(both),
    pauses: new PauseStore(both),
    search: createSubscriberSearch(both),
    drafts: new DraftStore(both),
  };
}

describe('people’s records', () => {
  onBothDatabases((open) => {
    async function enrolled() {
      const database = await open();
      const station = await seedStation(database, codec);
      const all = stores(database);
      const done = await all.subscribers.enrol(station.stationId, hanako, 'a form', byTerminal);
      assert.ok(done.kind === 'enrolled');
      return { database, ...station, ...all, id: done.subscriberId };
    }

    it('are made once, however often the form is sent', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      const { subscribers } = stores(database);
      const sent = await Promise.all(
        [1, 2, 3].map(() => subscribers.enrol(stationId, hanako, 'a form', byTerminal)),
      );
      assert.deepEqual(sent.map(({ kind }) => kind).sort(), ['already', 'already', 'enrolled']);
      assert.equal(new Set(sent.map((one) => 'subscriberId' in one && one.subscriberId)).size, 1);
      const other = await subscribers.enrol(stationId, hanako, 'another form', byTerminal);
      assert.equal(other.kind, 'memberNumberTaken');
    });

    it('let one of two saves at the same moment win, and tell the other who was first', async () => {
      const { changes, records, id } = await enrolled();
      const saves = await Promise.all(
        ['一', '二'].map((notes) => changes.change(id, 1, { patch: { notes }, kind: 'edited' }, byTerminal)),
      );
      assert.deepEqual(saves.map(({ kind }) => kind).sort(), ['changed', 'changedMeanwhile']);
      const record = await records.find(id, now);
      assert.equal(record?.version, 2);
      assert.deepEqual(
        record.changes.map(({ kind, fields }) => [kind, fields.map(({ field }) => field)]),
        [
          ['edited', ['notes']],
          ['enrolled', []],
        ],
      );
      assert.equal((await changes.present(id))?.version, 2);
    });

    it('stay the same version when a save changes nothing', async () => {
      const { changes, id } = await enrolled();
      const saved = await changes.change(id, 1, { patch: { name: '松戸 花子' }, kind: 'edited' }, byTerminal);
      assert.deepEqual(saved, { kind: 'changed', version: 1, fields: [] });
    });

    it('plan calls anew with the plan, and cancel them with the withdrawal until somebody comes back', async () => {
      const { database, changes, records, id, organizationId, stationId } = await enrolled();
      const { id: planId } = await database('check_in_plans')
        .where({ subscriber_id: id })
        .first<{ id: number }>('id');
      const place = { organizationId, stationId, subscriberId: id, planId };
      await seedCheckin(database, place, '2026-12-01');
      const plan = { kind: 'daily', time: '10:00' } as const;
      await changes.change(id, 1, { patch: { plan }, kind: 'edited' }, byTerminal);
      assert.deepEqual((await records.plansOf([id])).get(id), plan);
      assert.deepEqual(await database('check_ins').pluck('state'), ['cancelled']);
      const withdrawnOn = '2026-11-24';
      await changes.change(id, 2, { patch: { withdrawnOn }, kind: 'withdrawn' }, byTerminal);
      assert.equal((await records.find(id, now))?.person.withdrawnOn, withdrawnOn);
      await changes.change(id, 3, { patch: { withdrawnOn: undefined }, kind: 'returned' }, byTerminal);
      assert.equal((await records.find(id, now))?.person.withdrawnOn, undefined);
    });

    it('refuse a member number of somebody else, and change nothing then', async () => {
      const { database, changes, records, id, organizationId, stationId } = await enrolled();
      await seedSubscriber(database, codec, { organizationId, stationId }, { memberNumber: '5002' });
      const patch = { memberNumber: '5002', name: '別の名' };
      const saved = await changes.change(id, 1, { patch, kind: 'edited' }, byTerminal);
      assert.equal(saved.kind, 'memberNumberTaken');
      const record = await records.find(id, now);
      assert.deepEqual([record?.version, record?.person.name], [1, '松戸 花子']);
    });

    it('move to another station with what is still to be done, and with a reason that is kept', async () => {
      const { database, changes, records, id, organizationId, stationId } = await enrolled();
      const there = await seedStation(database, codec, { organizationId, name: '移り先' });
      const elsewhere = await seedStation(database, codec);
      const [plan] = await database('check_in_plans')
        .where({ subscriber_id: id })
        .select<{ id: number }[]>('id');
      const person = { organizationId, stationId, subscriberId: id, planId: plan?.id ?? 0, number: '' };
      // Yesterday's is over, today's is due once more, another one rings, tomorrow's is written ahead.
      await database('check_in_plans').where({ subscriber_id: id }).update({ planned_until: '2026-12-02' });
      await seedCheckin(database, person, '2026-11-23', { state: 'answered' });
      const today = await seedCheckin(database, person, '2026-11-24', { attempts: 1 });
      const ringing = await seedCheckin(database, person, '2026-11-22', { state: 'calling' });
      await seedCheckin(database, person, '2026-12-01');
      const alert = {
        organization_id: organizationId,
        station_id: stationId,
        subscriber_id: id,
        opened_at: 1,
      };
      await database('alerts').insert([
        { ...alert, reason: 'noResponse', open_key: 'a', mail_due: null },
        { ...alert, reason: 'noResponse', open_key: 'b', mail_due: null, owner_id: 7 },
      ]);
      const move = (to: number) => changes.move(id, 1, { stationId: to, reason: '引っ越し' }, byTerminal);
      assert.equal((await move(elsewhere.stationId)).kind, 'noSuchStation');
      const moves = await Promise.all([move(there.stationId), move(there.stationId)]);
      assert.deepEqual(moves.map(({ kind }) => kind).sort(), ['changed', 'changedMeanwhile']);
      const record = await records.find(id, now);
      assert.equal(record?.stationId, there.stationId);
      assert.deepEqual(
        record.changes[0]?.fields.map(({ field, after }) => [field, after]),
        [
          ['station', '移り先'],
          ['moveReason', '引っ越し'],
        ],
      );
      const placed = await database('check_ins')
        .orderBy('planned_on')
        .select<{ id: number; station_id: number; state: string }[]>('id', 'station_id', 'state');
      assert.deepEqual(
        placed.map((one) => [one.station_id, one.state]),
        [
          [stationId, 'calling'],
          [stationId, 'answered'],
          [there.stationId, 'due'],
          [stationId, 'cancelled'],
        ],
      );
      assert.deepEqual([placed[0]?.id, placed[2]?.id], [ringing, today]);
      const alerts = await database('alerts')
        .orderBy('open_key')
        .select<{ station_id: number; mail_due: string | null }[]>('station_id', 'mail_due');
      assert.deepEqual(alerts, [
        { station_id: there.stationId, mail_due: 'opened' },
        { station_id: stationId, mail_due: null },
      ]);
      // The planner goes on with the day after today, for the new station, and writes no day twice.
      const [goesOn] = await new PlanStore(database).findUnplanned(organizationId, '2026-12-02', 9);
      assert.deepEqual([goesOn?.plannedUntil, goesOn?.stationId], ['2026-11-25', there.stationId]);
    });

    it('are written ahead for the station they have by then, also by a planner that read it before', async () => {
      const { database, changes, id, organizationId } = await enrolled();
      const there = await seedStation(database, codec, { organizationId });
      const plans = new PlanStore(database);
      const [read] = await plans.findUnplanned(organizationId, '2026-12-02', 9);
      assert.ok(read);
      await changes.move(id, 1, { stationId: there.stationId, reason: '引っ越し' }, byTerminal);
      const at = new Date('2026-12-01T00:00:00Z');
      const one = {
        planId: read.id,
        plannedOn: '2026-12-01',
        dueOn: '2026-12-01',
        mergedIntoNextOpenDay: false,
      };
      await plans.write([read], [{ ...one, dueAt: at, nextCallAt: at, giveUpAt: at }], '2026-12-02');
      const [row] = await database('check_ins').select<{ station_id: number }[]>('station_id');
      assert.equal(row?.station_id, there.stationId);
    });

    it('keep what each contact may be told, also after it has changed', async () => {
      const { changes, records, id } = await enrolled();
      const contact = {
        ...{ name: '松戸 長女', relationship: '長女', number: '0312345678', mail: '', consentBy: '民生委員' },
        ...{ consent: 'all' as const, consentSince: '2026-11-01', keyHolder: true, notes: '' },
      };
      await changes.changeContacts(id, 1, [contact], byTerminal);
      const [first] = (await records.find(id, now))?.contacts ?? [];
      assert.ok(first);
      await changes.changeContacts(id, 2, [{ ...contact, id: first.id, consent: 'nothing' }], byTerminal);
      await changes.changeContacts(id, 3, [], byTerminal);
      const record = await records.find(id, now);
      assert.deepEqual(record?.contacts, []);
      assert.deepEqual(
        record.consents.map(({ consent }) => consent),
        ['removed', 'nothing', 'all'],
      );
    });

    it('pause once when asked twice; a pause under way ends, and one to come is gone', async () => {
      const { pauses, id } = await enrolled();
      const pause = { fromOn: '2026-11-20', untilOn: '2026-11-30', reason: '入院' };
      const pauseId = await pauses.addTo(id, pause, byTerminal);
      assert.equal(await pauses.addTo(id, pause, byTerminal), pauseId);
      await pauses.end(id, pauseId, '2026-11-24', byTerminal);
      assert.deepEqual((await pauses.ofPeople([id], '2026-11-01')).get(id), [
        { id: pauseId, ...pause, untilOn: '2026-11-23' },
      ]);
      const later = await pauses.addTo(id, { ...pause, fromOn: '2026-11-24' }, byTerminal);
      await pauses.end(id, later, '2026-11-24', byTerminal);
      assert.equal((await pauses.ofPeople([id], '2026-11-24')).size, 0);
      assert.equal(await pauses.end(id + 1, pauseId, '2026-11-24', byTerminal), undefined);
    });

    it('are found by any part of what is known, in the organization and the stations asked for', async () => {
      const { search, organizationId, stationId, id } = await enrolled();
      const wish = { limit: 10, includeWithdrawn: false };
      for (const [text, matched] of [
        ['マツドハナ', 'kana'],
        ['花子', 'name'],
        ['5001', 'memberNumber'],
        ['047-391-2345', 'number'],
        ['', 'everybody'],
      ] as const) {
        const [hit] = await search.search(organizationId, { ...wish, text });
        assert.deepEqual([hit?.subscriberId, hit?.matched], [id, matched], text);
      }
      assert.deepEqual(await search.search(organizationId, { ...wish, text: '花子', stationIds: [] }), []);
      assert.deepEqual(await search.search(organizationId + 1, { ...wish, text: '花子' }), []);
      assert.equal(
        (await search.search(organizationId, { ...wish, text: '', stationIds: [stationId] })).length,
        1,
      );
    });

    it('tell who else is called at the same minute of the same day', async () => {
      const { records, stationId, id } = await enrolled();
      const at = (days: number[], time = '09:00') =>
        records.calledAt(stationId, { kind: 'weekly', days, time });
      assert.deepEqual([await at([2, 5]), await at([1]), await at([2], '09:01')], [1, 0, 0]);
      assert.equal(await records.calledAt(stationId, { kind: 'daily', time: '09:00' }), 1);
      assert.equal(await records.calledAt(stationId, { kind: 'daily', time: '09:00' }, id), 0);
    });

    it('have drafts of their forms: the last one of each, each user’s own, for thirty days', async () => {
      const database = await open();
      const { drafts } = stores(database);
      const [one = 0]: number[] = await database('users').insert({
        ...{ role: 'operator', name: codec.encode('一'), mail: 'x', mail_lookup: 'x', created_at: 0 },
      });
      await drafts.save(one, 'person', '1-data', { name: '途中' }, now);
      await drafts.save(one, 'person', '1-data', { name: '途中まで' }, now);
      assert.deepEqual(await drafts.find(one, 'person', '1-data'), {
        body: { name: '途中まで' },
        savedAt: now,
      });
      assert.equal(await drafts.find(one + 1, 'person', '1-data'), undefined);
      assert.equal(await drafts.sweep(now), 0);
      assert.equal(await drafts.sweep(new Date(now.getTime() + 1)), 1);
    });
  });
});
