import assert from 'node:assert/strict';
import { AlertStore } from '../../src/alerts/alert-store.js';
import { AttemptStore, type AttemptResult } from '../../src/checkins/attempt-store.js';
import { ClaimStore, type ClaimedAttempt } from '../../src/checkins/claim-store.js';
import type { Database } from '../../src/storage/database.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedCheckin, seedStation, seedSubscriber, type SeededSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const codec = testCodec('a key for tests only');
const day = '2026-11-23';
const at = (time: string): Date => new Date(`${day}T${time}:00+09:00`);
const now = at('09:00');
const longAgo = new Date(0);

/** One person with a check-in due at 09:00. */
async function seedDue(
  database: Database,
  number?: string,
): Promise<{ person: SeededSubscriber; checkinId: number }> {
  const station = await seedStation(database, codec);
  const person = await seedSubscriber(database, codec, station, number === undefined ? {} : { number });
  return { person, checkinId: await seedCheckin(database, person, day) };
}

async function claim(
  database: Database,
  person: SeededSubscriber,
  { attemptId = 'a1', notCalledSince = longAgo } = {},
) {
  const claims = new ClaimStore({ database, codec });
  const [checkin] = await claims.findDue(person.organizationId, now, day, 10);
  assert.ok(checkin, 'nothing is due');
  return claims.claim(checkin, { attemptId, pbxId: 'pbx1', notCalledSince }, now);
}

function isClaimed(answer: unknown): answer is ClaimedAttempt {
  return typeof answer === 'object';
}

function noAnswer(attempt: ClaimedAttempt, overrides: Partial<AttemptResult> = {}): AttemptResult {
  return {
    attempt,
    outcome: { kind: 'missed', reason: 'noAnswer' },
    next: { kind: 'callAgain', at: at('09:30') },
    missed: 1,
    rung: 1,
    started: true,
    ringingAt: now,
    answeredAt: undefined,
    endedAt: at('09:01'),
    cause: 19,
    sipStatus: undefined,
    hungUpBy: 'network',
    settledBy: 'call',
    keys: [],
    ...overrides,
  };
}

describe('taking a check-in', () => {
  onBothDatabases((open) => {
    it('lets exactly one of many claimants have it', async () => {
      const database = await open();
      const { person } = await seedDue(database);
      // SQLite waits for a lock without letting this process go on: its claimants share a connection.
      const other = open.engine === 'sqlite' ? database : open.another();
      const claimants = [database, other].map((one) => new ClaimStore({ database: one, codec }));
      const [checkin] = await new ClaimStore({ database, codec }).findDue(
        person.organizationId,
        now,
        day,
        10,
      );
      assert.ok(checkin);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) => n).flatMap((n) =>
          claimants.map((one, index) =>
            one.claim(checkin, { attemptId: `a${n}-${index}`, pbxId: 'pbx1', notCalledSince: longAgo }, now),
          ),
        ),
      );
      assert.equal(answers.filter(isClaimed).length, 1);
      assert.equal(answers.filter((answer) => answer === 'taken').length, 19);
      assert.deepEqual(await database('attempts').count({ count: '*' }), [{ count: 1 }]);
      assert.equal((await database('check_ins').first<{ attempts: number }>('attempts')).attempts, 1);
    });

    it('changes nothing while another call to the same number lives', async () => {
      const database = await open();
      const husband = await seedDue(database, '0473912345');
      const wife = await seedDue(database, '0473912345');
      assert.ok(isClaimed(await claim(database, husband.person)));
      const before: unknown = await database('check_ins').where({ id: wife.checkinId }).first<unknown>();
      assert.equal(await claim(database, wife.person, { attemptId: 'a2' }), 'numberBusy');
      assert.deepEqual(await database('check_ins').where({ id: wife.checkinId }).first<unknown>(), before);
    });

    it('refuses a person whose other number rings at this moment', async () => {
      const database = await open();
      const { person } = await seedDue(database);
      const second = {
        position: 2,
        number: '0473999001',
        number_lookup: codec.lookup('number', '0473999001'),
      };
      await database('phone_numbers').insert({ subscriber_id: person.subscriberId, ...second });
      assert.ok(isClaimed(await claim(database, person)));
      const stillDue = { missed: 1, next_call_at: now.getTime(), give_up_at: at('12:00').getTime() };
      await seedCheckin(database, person, '2026-11-22', stillDue);
      assert.equal(await claim(database, person, { attemptId: 'a2' }), 'taken');
    });

    it('refuses a person who was called since the minimum gap began', async () => {
      const database = await open();
      const { person } = await seedDue(database);
      await database('subscribers').update({ last_called_at: at('08:58').getTime() });
      assert.equal(await claim(database, person, { notCalledSince: at('08:55') }), 'taken');
      assert.ok(isClaimed(await claim(database, person, { notCalledSince: at('08:58') })));
    });

    it('says of a person that they are paused or withdrawn today', async () => {
      const database = await open();
      const { person } = await seedDue(database);
      const claims = new ClaimStore({ database, codec });
      const seen = async (today = day) => {
        const [checkin] = await claims.findDue(person.organizationId, now, today, 10);
        return [checkin?.paused, checkin?.withdrawn];
      };
      assert.deepEqual(await seen(), [false, false]);
      await database('pauses').insert({ subscriber_id: person.subscriberId, from_on: day, until_on: day });
      await database('subscribers').update({ withdrawn_on: day });
      assert.deepEqual(await seen(), [true, true]);
      assert.deepEqual(await seen('2026-11-22'), [false, false]);
    });

    it('ends one that is due without a call, once', async () => {
      const database = await open();
      const { checkinId } = await seedDue(database);
      const claims = new ClaimStore({ database, codec });
      assert.equal(await claims.cancel(checkinId, 'paused', now), true);
      assert.equal(await claims.cancel(checkinId, 'withdrawn', now), false);
      assert.equal(await claims.postpone(checkinId, at('10:00')), false);
      assert.deepEqual(await claims.organizationsWithWork(now), []);
    });
  });
});

describe('ending an attempt', () => {
  onBothDatabases((open) => {
    async function claimed(database: Database): Promise<ClaimedAttempt> {
      const { person } = await seedDue(database);
      const attempt = await claim(database, person);
      assert.ok(isClaimed(attempt));
      return attempt;
    }

    it('closes it, moves its check-in and frees the number', async () => {
      const database = await open();
      const attempt = await claimed(database);
      const store = new AttemptStore({ database, codec });
      assert.equal(await store.record(noAnswer(attempt)), true);
      const checkin = await database('check_ins').first<Record<string, unknown>>(
        'state',
        'result',
        'missed',
        'rung',
        'next_call_at',
      );
      assert.deepEqual(checkin, {
        state: 'due',
        result: 'noAnswer',
        missed: 1,
        rung: 1,
        next_call_at: at('09:30').getTime(),
      });
      const ended = await database('attempts').first<{ state: string; busy_number: null }>();
      assert.deepEqual([ended.state, ended.busy_number], ['ended', null]);
      const person = await database('subscribers').first<{ last_called_at: number }>('last_called_at');
      assert.equal(person.last_called_at, at('09:01').getTime());
      assert.deepEqual(await store.findOpen('pbx1'), []);
    });

    it('writes the alert with it, and a second end changes nothing', async () => {
      const database = await open();
      const attempt = await claimed(database);
      const store = new AttemptStore({ database, codec });
      const alerting = noAnswer(attempt, { next: { kind: 'alert', reason: 'noResponse' } });
      assert.equal(await store.record(alerting), true);
      assert.equal(await store.record(noAnswer(attempt, { missed: 7, next: { kind: 'done' } })), false);
      const alerts = await new AlertStore(database).findOpen();
      assert.deepEqual(
        alerts.map(({ reason, checkinId }) => [reason, checkinId]),
        [['noResponse', attempt.checkin.id]],
      );
      const checkin = await database('check_ins').first<{ state: string; missed: number }>();
      assert.deepEqual([checkin.state, checkin.missed], ['alerted', 1]);
    });

    it('changes nothing at all when a part of it cannot be stored', async () => {
      const database = await open();
      const attempt = await claimed(database);
      const store = new AttemptStore({ database, codec });
      const nobody = { ...attempt.checkin, organizationId: 999_999 };
      const broken = noAnswer(
        { ...attempt, checkin: nobody },
        { next: { kind: 'alert', reason: 'noResponse' } },
      );
      await assert.rejects(store.record(broken));
      assert.equal((await store.findOpen('pbx1')).length, 1);
      assert.equal((await database('check_ins').first<{ state: string }>()).state, 'calling');
    });

    it('does not count a call that never started as one to the person', async () => {
      const database = await open();
      const attempt = await claimed(database);
      const store = new AttemptStore({ database, codec });
      await store.record(noAnswer(attempt, { outcome: { kind: 'trunkError' }, started: false }));
      const person = await database('subscribers').first<{ last_called_at: null }>('last_called_at');
      assert.equal(person.last_called_at, null);
    });

    it('leaves a check-in alone that became an alert meanwhile', async () => {
      const database = await open();
      const attempt = await claimed(database);
      await database('check_ins').update({ state: 'alerted' });
      assert.equal(await new AttemptStore({ database, codec }).record(noAnswer(attempt)), true);
      const checkin = await database('check_ins').first<{ state: string; result: string }>();
      assert.deepEqual([checkin.state, checkin.result], ['alerted', 'noAnswer']);
    });

    it('finds an open attempt with its keys, each kept once', async () => {
      const database = await open();
      const attempt = await claimed(database);
      const store = new AttemptStore({ database, codec });
      const wrong = { position: 1, digit: '5', answer: undefined, at: now };
      const right = { position: 2, digit: '1', answer: 'ok' as const, at: at('09:01') };
      await store.keepKey(attempt.attemptId, wrong);
      await store.keepKey(attempt.attemptId, right);
      await store.keepKey(attempt.attemptId, { ...wrong, digit: '9' });
      const [found] = await store.findOpen('pbx1');
      assert.deepEqual([found?.attemptId, found?.number], [attempt.attemptId, attempt.number]);
      assert.deepEqual(found?.keys, [wrong, right]);
      assert.deepEqual(await store.findOpen('pbx2'), []);
    });

    it('finds an open attempt also when its number has left the list', async () => {
      const database = await open();
      const attempt = await claimed(database);
      await database('phone_numbers').delete();
      const [found] = await new AttemptStore({ database, codec }).findOpen('pbx1');
      assert.equal(found?.attemptId, attempt.attemptId);
    });
  });
});
