import assert from 'node:assert/strict';
import { Planner } from '../../src/checkins/planner.js';
import { PlanStore } from '../../src/checkins/plan-store.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Database } from '../../src/storage/database.js';
import { compareImport } from '../../src/subscribers/import/import-difference.js';
import { parseCsv } from '../../src/subscribers/import/csv-text.js';
import { readSubscribers } from '../../src/subscribers/import/read-subscribers.js';
import { SubscriberStore } from '../../src/subscribers/subscriber-store.js';
import { createLog } from '../../src/log.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec('a key for tests only');
const header = '会員番号,氏名,電話番号1,電話番号2,曜日,時刻,解約日,方式';
/** A Monday. */
const at = (time: string): Date => new Date(`2026-11-23T${time}:00+09:00`);
const hana = (days: string, time: string, rest = ',,') => `1,見守 花子,047-391-2345,,${days},${time}${rest}`;

async function importList(database: Database, stationId: number, lines: string[], now: Date) {
  const reading = parseCsv([header, ...lines].join('\n'));
  assert.ok(reading.ok);
  const { rows, present, errors } = readSubscribers(reading.table, { today: '2026-11-23' });
  assert.deepEqual(errors, []);
  const store = new SubscriberStore({ database, codec });
  const difference = compareImport(rows, await store.findByStation(stationId), present);
  await store.applyImport(stationId, difference, now);
  return difference;
}

async function plan(database: Database, now: Date): Promise<void> {
  const organizations = new Map(
    (await new OrganizationStore(database).all()).map((organization) => [organization.id, organization]),
  );
  const log = createLog('silent');
  const plans = new PlanStore(database);
  await new Planner({ plans, organizations: () => organizations, clock: () => now, log }).run();
}

/** Day, time in Japan and state of every check-in, in order. */
async function checkins(database: Database): Promise<string[]> {
  const rows = await database('check_ins')
    .orderBy(['due_at', 'id'])
    .select<{ due_at: number; state: string; result: string | null }[]>('due_at', 'state', 'result');
  return rows.map(({ due_at: dueAt, state, result }) => {
    const local = new Date(dueAt + 9 * 3_600_000).toISOString();
    return `${local.slice(8, 10)} ${local.slice(11, 16)} ${result ?? state}`;
  });
}

describe('storing an import', () => {
  onBothDatabases((open) => {
    it('keeps what the list says, and finds nothing changed when it comes again', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      const lines = [
        '1,見守 花子,047-391-2345,090-1234-5678,火,9:00,,当日再発信',
        '2,見守 太郎,047-391-2346,,毎日,10:00,2026-12-01,',
      ];
      assert.equal((await importList(database, stationId, lines, at('08:00'))).added.length, 2);
      const again = await importList(database, stationId, lines, at('08:01'));
      assert.deepEqual(again, { added: [], changed: [], unchanged: ['1', '2'] });
    });

    it('removes a number that the list no longer has', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      await importList(database, stationId, ['1,花子,047-391-2345,090-1234-5678,毎日,9:00,,'], at('08:00'));
      await importList(database, stationId, ['1,花子,090-1234-5678,,毎日,9:00,,'], at('08:05'));
      const person = (await new SubscriberStore({ database, codec }).findByStation(stationId)).get('1');
      assert.deepEqual(person?.phones, [{ number: '09012345678', toneProfile: 'tone' }]);
    });

    it('moves calls of the coming days to the new time, and none is made twice', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      await importList(database, stationId, [hana('毎日', '9:00')], at('08:00'));
      await plan(database, at('08:00'));
      await importList(database, stationId, [hana('毎日', '10:00')], at('08:30'));
      await plan(database, at('08:30'));
      assert.deepEqual(await checkins(database), [
        '23 09:00 replanned',
        '23 10:00 due',
        '24 09:00 replanned',
        '24 10:00 due',
        '25 09:00 replanned',
        '25 10:00 due',
      ]);
    });

    it('does not call again today who was called today already', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      await importList(database, stationId, [hana('毎日', '9:00')], at('08:00'));
      await plan(database, at('08:00'));
      await database('check_ins')
        .where({ due_on: '2026-11-23' })
        .update({ state: 'answered', attempts: 1, result: 'ok' });
      await importList(database, stationId, [hana('毎日', '11:00')], at('10:00'));
      await plan(database, at('10:00'));
      assert.deepEqual((await checkins(database)).slice(0, 3), [
        '23 09:00 ok',
        '24 09:00 replanned',
        '24 11:00 due',
      ]);
    });

    it('does not lose today’s call when its new time has passed already', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      await importList(database, stationId, [hana('毎日', '11:00')], at('08:00'));
      await plan(database, at('08:00'));
      await importList(database, stationId, [hana('毎日', '9:00')], at('10:00'));
      await plan(database, at('10:00'));
      assert.deepEqual((await checkins(database)).slice(0, 3), [
        '23 11:00 due',
        '24 09:00 due',
        '24 11:00 replanned',
      ]);
    });

    it('cancels the calls of a person who has withdrawn, and plans again for one who comes back', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      await importList(database, stationId, [hana('毎日', '9:00')], at('08:00'));
      await plan(database, at('08:00'));
      await importList(database, stationId, [hana('毎日', '9:00', ',2026-11-23,')], at('08:10'));
      await plan(database, at('08:10'));
      assert.deepEqual(
        await checkins(database),
        ['23', '24', '25'].map((day) => `${day} 09:00 withdrawn`),
      );
      await importList(database, stationId, [hana('毎日', '9:00', ',,')], at('12:00'));
      await plan(database, at('12:00'));
      const due = (await checkins(database)).filter((line) => line.endsWith('due'));
      assert.deepEqual(due, ['24 09:00 due', '25 09:00 due']);
    });

    it('does not write check-ins of a plan that ended while it was being planned', async () => {
      const database = await open();
      const { stationId, organizationId } = await seedStation(database, codec);
      await importList(database, stationId, [hana('毎日', '9:00')], at('08:00'));
      const plans = new PlanStore(database);
      const [old] = await plans.findUnplanned(organizationId, '2026-11-26', 10);
      assert.ok(old);
      await importList(database, stationId, [hana('毎日', '10:00')], at('08:01'));
      const instants = { dueAt: at('09:00'), nextCallAt: at('09:00'), giveUpAt: at('12:00') };
      const day = { planId: old.id, plannedOn: '2026-11-23', dueOn: '2026-11-23', ...instants };
      await plans.write([old], [{ ...day, mergedIntoNextOpenDay: false }], '2026-11-26');
      assert.deepEqual(await checkins(database), []);
    });

    it('stores nothing when one of the people was added by somebody else meanwhile', async () => {
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      const store = new SubscriberStore({ database, codec });
      const reading = parseCsv(
        [header, hana('毎日', '9:00', ',,').replace(/^1/, '2'), hana('毎日', '9:00', ',,')].join('\n'),
      );
      assert.ok(reading.ok);
      const { rows, present } = readSubscribers(reading.table, { today: '2026-11-23' });
      const stale = compareImport(rows, new Map(), present);
      await importList(database, stationId, [hana('毎日', '9:00', ',,')], at('08:00'));
      await assert.rejects(store.applyImport(stationId, stale, at('08:01')));
      assert.deepEqual([...(await store.findByStation(stationId)).keys()], ['1']);
    });

    it('takes 20,000 people in a few seconds, and the same list again changes nothing', async function () {
      this.timeout(90_000);
      const database = await open();
      const { stationId } = await seedStation(database, codec);
      const lines = Array.from(
        { length: 20_000 },
        (_, n) => `${n + 1},見守 花子,0473${String(n + 100_000)},,毎日,9:00,,`,
      );
      const started = Date.now();
      assert.equal((await importList(database, stationId, lines, at('08:00'))).added.length, 20_000);
      assert.ok(Date.now() - started < 15_000, `${Date.now() - started} ms`);
      const again = await importList(database, stationId, lines, at('08:01'));
      assert.deepEqual([again.added.length, again.changed.length], [0, 0]);
      const later = lines.map((line) => line.replace('9:00', '10:00'));
      const changing = Date.now();
      assert.equal((await importList(database, stationId, later, at('08:02'))).changed.length, 20_000);
      assert.ok(Date.now() - changing < 15_000, `${Date.now() - changing} ms`);
    });
  });
});
