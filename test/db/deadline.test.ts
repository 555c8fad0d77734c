import assert from 'node:assert/strict';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { Deadline } from '../../src/checkins/deadline.js';
import { DeadlineStore } from '../../src/checkins/deadline-store.js';
import { createLog } from '../../src/log.js';
import type { Database } from '../../src/storage/database.js';
import { inChunks } from '../../src/storage/chunks.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedAttempt, seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec('a key for tests only');
const day = '2026-11-23';
const at = (time: string): Date => new Date(`${day}T${time}:00+09:00`);

function deadlineAt(database: Database, time: string): Deadline {
  const [store, alerts] = [new DeadlineStore(database), new AlertStore(database)];
  return new Deadline({ store, alerts, clock: () => at(time), log: createLog('silent') });
}

async function seedPerson(database: Database) {
  return seedSubscriber(database, codec, await seedStation(database, codec));
}

const reasons = async (database: Database): Promise<string[]> =>
  (await new AlertStore(database).findOpen()).map(({ reason }) => reason);

describe('the deadline', () => {
  onBothDatabases((open) => {
    it('turns each open check-in into one alert at its last moment, and not before', async () => {
      const database = await open();
      const person = await seedPerson(database);
      await seedCheckin(database, person, day);
      assert.equal(await deadlineAt(database, '11:59').sweep(), 0);
      assert.equal(await deadlineAt(database, '12:00').sweep(), 1);
      assert.equal(await deadlineAt(database, '12:01').sweep(), 0);
      assert.deepEqual(await reasons(database), ['weCouldNotCall']);
    });

    it('says that the person did not respond when they were called', async () => {
      const database = await open();
      await seedCheckin(database, await seedPerson(database), day, { missed: 1 });
      await deadlineAt(database, '12:00').sweep();
      assert.deepEqual(await reasons(database), ['noResponse']);
    });

    it('cancels the check-in of a paused person without an alert', async () => {
      const database = await open();
      const person = await seedPerson(database);
      await seedCheckin(database, person, day);
      await database('pauses').insert({ subscriber_id: person.subscriberId, from_on: day, until_on: day });
      assert.equal(await deadlineAt(database, '12:00').sweep(), 1);
      assert.deepEqual(await reasons(database), []);
      const checkin = await database('check_ins').first<{ state: string; result: string }>();
      assert.deepEqual([checkin.state, checkin.result], ['cancelled', 'paused']);
    });

    it('leaves a call the time to end', async () => {
      const database = await open();
      await seedCheckin(database, await seedPerson(database), day, { state: 'calling', attempts: 1 });
      assert.equal(await deadlineAt(database, '12:09').sweep(), 0);
      assert.equal(await deadlineAt(database, '12:10').sweep(), 1);
    });

    it('ends more check-ins than one batch holds, each once, also with two sweeps at a time', async () => {
      const database = await open();
      const person = await seedPerson(database);
      const dueAt = at('09:00').getTime();
      const rows = Array.from({ length: 620 }, (_, n) => ({
        organization_id: person.organizationId,
        station_id: person.stationId,
        subscriber_id: person.subscriberId,
        plan_id: person.planId,
        policy_preset: 'sameDay',
        planned_on: `day ${n}`,
        due_on: day,
        due_at: dueAt,
        next_call_at: dueAt,
        give_up_at: dueAt,
        state: 'due',
      }));
      for (const chunk of inChunks(rows)) await database('check_ins').insert(chunk);
      const ended = await Promise.all(
        // SQLite waits for a lock without letting this process go on: both share a connection.
        [database, open.engine === 'sqlite' ? database : open.another()].map((one) =>
          deadlineAt(one, '12:00').sweep(),
        ),
      );
      assert.equal(
        ended.reduce((sum, count) => sum + count, 0),
        620,
      );
      assert.equal((await reasons(database)).length, 620);
    });

    it('alarms once while nobody is called though people wait, and ends the alarm with a call', async () => {
      const database = await open();
      const person = await seedPerson(database);
      const checkinId = await seedCheckin(database, person, day);
      assert.equal(await deadlineAt(database, '09:09').alarmIfNothingCalled(), false);
      assert.equal(await deadlineAt(database, '09:11').alarmIfNothingCalled(), true);
      assert.equal(await deadlineAt(database, '09:12').alarmIfNothingCalled(), false);
      assert.deepEqual(await reasons(database), ['nothingCalled']);
      await seedAttempt(database, { checkinId, subscriberId: person.subscriberId }, at('09:13').getTime());
      assert.equal(await deadlineAt(database, '09:14').alarmIfNothingCalled(), false);
      assert.deepEqual(await reasons(database), []);
    });
  });
});
