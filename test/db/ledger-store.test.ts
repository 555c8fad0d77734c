import assert from 'node:assert/strict';
import { LedgerStore } from '../../src/checkins/ledger-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedAttempt, seedCheckin, seedStation, seedSubscriber } from '../support/builders.js';

/** Marks what it stores, so that a text read past the codec shows. */
const codec: PersonalDataCodec = {
  encode: (text) => `stored:${text}`,
  decode: (stored) => stored.slice('stored:'.length),
  lookup: (kind, text) => `${kind}:${text}`,
};
const day = '2026-11-24';
const now = new Date('2026-11-24T03:00:00Z');
const at = (time: string, date = day): number => Date.parse(`${date}T${time}:00+09:00`);

/** Writes a day with one person in each situation that needs another table. */
async function seedDay(database: Database) {
  const station = await seedStation(database, codec, { name: '常盤平' });
  const someone = (kana: string) => seedSubscriber(database, codec, station, { kana });

  const unknown = await someone('あ');
  await seedCheckin(database, unknown, day);

  const tookItBack = await someone('い');
  const answered = { state: 'answered', result: 'ok', attempts: 1, settled_at: at('09:01') } as const;
  const checkinId = await seedCheckin(database, tookItBack, day, answered);
  await seedAttempt(database, { checkinId, subscriberId: tookItBack.subscriberId }, at('09:00'), {}, [
    { digit: '2', answer: 'unwell', at: at('09:00') + 20_000 },
    { digit: '1', answer: 'ok', at: at('09:00') + 25_000 },
  ]);

  const silent = await someone('う');
  const alerted = {
    state: 'alerted',
    result: 'noAnswer',
    missed: 2,
    attempts: 2,
    settled_at: at('09:31'),
  } as const;
  const silentCheckin = await seedCheckin(database, silent, day, alerted);
  await database('alerts').insert({
    organization_id: station.organizationId,
    station_id: station.stationId,
    subscriber_id: silent.subscriberId,
    check_in_id: silentCheckin,
    reason: 'noResponse',
    open_key: `checkin:${silentCheckin}`,
    opened_at: at('09:31'),
  });
  for (const time of ['08:00', '10:00']) await seedCallIn(database, silent.subscriberId, at(time));
  await seedCallIn(database, silent.subscriberId, at('10:00', '2026-11-25'));

  const paused = await someone('え');
  await seedCheckin(database, paused, day);
  await database('pauses').insert({ subscriber_id: paused.subscriberId, from_on: day, until_on: day });

  const moved = await someone('お');
  await seedCheckin(database, moved, '2026-11-25', { planned_on: day });
  return { ...station, silentCheckin };
}

async function seedCallIn(database: Database, subscriberId: number, calledAt: number): Promise<void> {
  await database('call_ins').insert({
    call_id: `call-${calledAt}`,
    pbx_id: 'pbx1',
    subscriber_id: subscriberId,
    number: '',
    number_lookup: '',
    called_at: calledAt,
  });
}

describe('the stored ledger of a day', () => {
  onBothDatabases((open) => {
    it('brings together what all tables say of each person', async () => {
      const database = await open();
      const { stationId, silentCheckin } = await seedDay(database);
      const ledger = await new LedgerStore({ database, codec }).day(stationId, day, now);
      assert.ok(ledger);
      assert.deepEqual(
        ledger.lines.map(({ kana, state }) => [kana, state]),
        [
          ['あ', 'stillUnknown'],
          ['う', 'noResponse'],
          ['い', 'ok'],
          ['お', 'moved'],
          ['え', 'paused'],
        ],
      );
      assert.equal(ledger.headline, 1);
      assert.deepEqual(ledger.asOf, now);
      const [, silent, tookItBack, moved] = ledger.lines;
      assert.deepEqual(silent?.phonedBackAt, new Date(at('10:00')));
      assert.deepEqual(silent.openAlert?.openedAt, new Date(at('09:31')));
      assert.equal(silent.checkinId, silentCheckin);
      assert.equal(tookItBack?.earlierKey, 'unwell');
      assert.deepEqual(tookItBack.lastKeyAt, new Date(at('09:00') + 25_000));
      assert.equal(moved?.movedTo, '2026-11-25');
    });

    it('has the moved person in the ledger of the new day, as one who is due', async () => {
      const database = await open();
      const { stationId } = await seedDay(database);
      const next = await new LedgerStore({ database, codec }).day(stationId, '2026-11-25', now);
      assert.deepEqual(
        next?.lines.map(({ kana, state, movedFrom }) => [kana, state, movedFrom]),
        [['お', 'stillUnknown', day]],
      );
    });

    it('keeps the reason of an alert that is closed, and no open alert', async () => {
      const database = await open();
      const { stationId } = await seedDay(database);
      await database('alerts').update({ state: 'closed', open_key: null });
      const ledger = await new LedgerStore({ database, codec }).day(stationId, day, now);
      assert.equal(ledger?.lines[1]?.state, 'noResponse');
      assert.equal(ledger.lines[1].openAlert, undefined);
    });

    it("shows nobody of another station's people", async () => {
      const database = await open();
      await seedDay(database);
      const { stationId } = await seedStation(database, codec);
      const ledger = await new LedgerStore({ database, codec }).day(stationId, day, now);
      assert.deepEqual(ledger?.lines, []);
    });

    it('knows no ledger of a station that is not there', async () => {
      assert.equal(await new LedgerStore({ database: await open(), codec }).day(4711, day, now), undefined);
    });

    it('lists the stations with their tenants', async () => {
      const database = await open();
      const { stationId, organizationId } = await seedStation(database, codec, { name: '小金原' });
      const [station] = await new LedgerStore({ database, codec }).stations();
      assert.equal(station?.id, stationId);
      assert.equal(station.organizationId, organizationId);
      assert.deepEqual([station.name, station.timeZone], ['小金原', 'Asia/Tokyo']);
    });

    it("counts a tenant's day without looking at people", async () => {
      const database = await open();
      const { organizationId } = await seedDay(database);
      const counts = await new LedgerStore({ database, codec }).countDay(organizationId, day);
      assert.deepEqual(Object.fromEntries(counts), { due: 2, answered: 1, alerted: 1 });
    });

    it('reads more people than fit into one statement', async () => {
      const database = await open();
      const station = await seedStation(database, codec);
      const person = await seedSubscriber(database, codec, station);
      const rows = Array.from({ length: 1201 }, (_, index) => ({
        organization_id: station.organizationId,
        station_id: station.stationId,
        subscriber_id: person.subscriberId,
        plan_id: person.planId,
        policy_preset: 'sameDay',
        planned_on: `x${index}`,
        due_on: day,
        due_at: at('09:00'),
        give_up_at: at('12:00'),
        state: 'due',
        next_call_at: at('09:00'),
      }));
      await database.batchInsert('check_ins', rows, 400);
      const ledger = await new LedgerStore({ database, codec }).day(station.stationId, day, now);
      assert.equal(ledger?.headline, 1201);
    });

    if (open.engine === 'sqlite') {
      it('finds everything by an index, so that history does not slow it down', async () => {
        const database = await open();
        const { stationId } = await seedDay(database);
        const statements: { sql: string; bindings: string[] }[] = [];
        const note = (query: { sql: string; bindings: string[] }): number => statements.push(query);
        database.on('query', note);
        await new LedgerStore({ database, codec }).day(stationId, day, now);
        database.off('query', note);
        const reads = statements.filter(({ sql }) => sql.startsWith('select'));
        assert.ok(reads.length >= 7);
        for (const { sql, bindings } of reads) {
          const plan: { detail: string }[] = await database.raw(`explain query plan ${sql}`, bindings);
          assert.deepEqual(
            plan.filter(({ detail }) => detail.startsWith('SCAN')),
            [],
            sql,
          );
        }
      });
    }
  });
});
