import assert from 'node:assert/strict';
import { Planner } from '../../src/checkins/planner.js';
import { PlanStore } from '../../src/checkins/plan-store.js';
import { createLog } from '../../src/log.js';
import { OrganizationStore } from '../../src/organizations/organization-store.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec('a key for tests only');

async function planOn(database: Database, date: string): Promise<number> {
  const all = await new OrganizationStore(database).all();
  const organizations = new Map(all.map((organization) => [organization.id, organization]));
  return new Planner({
    plans: new PlanStore(database),
    organizations: () => organizations,
    clock: () => new Date(`${date}T08:00:00+09:00`),
    log: createLog('silent'),
  }).run();
}

async function days(database: Database): Promise<string[]> {
  const rows = await database('check_ins')
    .orderBy('planned_on')
    .select<{ planned_on: string; due_on: string; result: string | null }[]>();
  return rows.map(({ planned_on: named, due_on: due, result }) =>
    [named.slice(8), due.slice(8), result ?? ''].join(' ').trim(),
  );
}

describe('planning', () => {
  onBothDatabases((open) => {
    it('writes each coming check-in once, and goes on where it stopped after downtime', async () => {
      const database = await open();
      const station = await seedStation(database, codec);
      await seedSubscriber(database, codec, station, { plannedUntil: '2026-11-23' });
      assert.equal(await planOn(database, '2026-11-23'), 1);
      assert.equal(await planOn(database, '2026-11-23'), 0);
      assert.deepEqual(await days(database), ['23 23', '24 24', '25 25']);
      assert.equal(await planOn(database, '2026-11-28'), 1);
      assert.deepEqual(
        (await days(database)).map((line) => line.slice(0, 2)),
        ['23', '24', '25', '26', '27', '28', '29', '30'],
      );
    });

    it('moves a call off a closed day, and leaves a line where one call serves two days', async () => {
      const database = await open();
      const station = await seedStation(database, codec);
      await seedSubscriber(database, codec, station, { plannedUntil: '2026-11-23' });
      await database('stations').update({ closed_days: 'nextOpenDay', closed_on_holidays: true });
      await database('holidays').insert({ date: '2026-11-23', name: '勤労感謝の日' });
      await planOn(database, '2026-11-23');
      assert.deepEqual(await days(database), ['23 24 closedDay', '24 24', '25 25']);
    });

    it('writes 20,000 daily plans for three days, twice, as 60,000 check-ins', async () => {
      const database = await open();
      const station = await seedStation(database, codec);
      const person = await seedSubscriber(database, codec, station);
      const plan = {
        organization_id: person.organizationId,
        subscriber_id: person.subscriberId,
        kind: 'daily',
        time: '09:00',
        policy_preset: 'matsudo',
        starts_at: 0,
        planned_until: '2026-11-23',
      };
      for (let n = 0; n < 40; n++) {
        await database('check_in_plans').insert(Array.from({ length: 500 }, () => plan));
      }
      assert.equal(await planOn(database, '2026-11-23'), 20_000);
      await database('check_in_plans').update({ planned_until: '2026-11-23' });
      assert.equal(await planOn(database, '2026-11-23'), 20_001);
      assert.deepEqual(await database('check_ins').count({ count: '*' }), [{ count: 60_003 }]);
    }).timeout(60_000);
  });
});
