import assert from 'node:assert/strict';
import { CounsellorStore } from '../../src/hotline/counsellor-store.js';
import { LineStore } from '../../src/hotline/line-store.js';
import { MemberStore, type Member } from '../../src/hotline/member-store.js';
import { OrderStore } from '../../src/hotline/order-store.js';
import { printedWeek } from '../../src/hotline/opening-hours.js';
import { UrgentNumberStore } from '../../src/hotline/urgent-number-store.js';
import type { Database } from '../../src/storage/database.js';
import type { PersonalDataCodec } from '../../src/storage/personal-data.js';
import { onBothDatabases } from '../support/both-databases.js';
import { seedStation, seedSubscriber } from '../support/builders.js';
import { testCodec } from '../support/test-codec.js';

const now = new Date('2026-11-24T09:00:00+09:00');
const plain = testCodec('a key for tests only');
/** Shows in the database whatever went through it. */
const codec: PersonalDataCodec = {
  encode: (text) => `<${text}>`,
  decode: (stored) => stored.slice(1, -1),
  lookup: (kind, text) => plain.lookup(kind, text),
};

async function open(database: Database) {
  const { organizationId } = await seedStation(database, codec);
  const lines = new LineStore(database);
  const line = { organizationId, name: '相談', shownNumber: '0473661111' };
  return { organizationId, lines, line, counsellors: new CounsellorStore({ database, codec }) };
}

describe('the stores of the hotline', () => {
  onBothDatabases((openDatabase) => {
    it('give a new line the printed hours and the first free slot', async () => {
      const { lines, line } = await open(await openDatabase());
      assert.equal((await lines.add({ ...line, slot: 1 }, now)).slot, 1);
      assert.equal((await lines.add({ ...line, name: '夜間', slot: 3 }, now)).slot, 3);
      assert.equal((await lines.add({ ...line, name: '週末', numbers: ['0120386117'] }, now)).slot, 2);
      const [first, second] = await lines.all();
      assert.deepEqual(first?.week, printedWeek);
      assert.deepEqual(
        [first.closedOnHolidays, first.closedAtYearEnd, first.recordsCalls, first.maxWaitSeconds],
        [true, true, true, 600],
      );
      assert.deepEqual(
        [second?.name, second?.numbers, second?.timeZone],
        ['週末', ['0120386117'], 'Asia/Tokyo'],
      );
    });

    it('refuse a line whose slot, name or number is taken, and store nothing of it', async () => {
      const { lines, line } = await open(await openDatabase());
      await lines.add({ ...line, numbers: ['0120386117'] }, now);
      await assert.rejects(lines.add({ ...line, name: '別', slot: 1 }, now), {
        code: 'slotTaken',
        field: 'slot',
      });
      await assert.rejects(lines.add(line, now), { code: 'nameTaken', field: 'name' });
      await assert.rejects(lines.add({ ...line, name: '別', numbers: ['0120386117'] }, now), {
        code: 'numberTaken',
        field: 'number',
      });
      assert.equal((await lines.all()).length, 1);
    });

    it('have room for 32 lines', async () => {
      const { lines, line } = await open(await openDatabase());
      for (let count = 1; count <= 32; count++) await lines.add({ ...line, name: `窓口${count}` }, now);
      await assert.rejects(lines.add({ ...line, name: '33' }, now), { code: 'noFreeSlot' });
    });

    it('change hours, close days and add numbers, each as often as it is said', async () => {
      const { lines, line } = await open(await openDatabase());
      const { id } = await lines.add(line, now);
      const week = printedWeek.map(() => [{ from: '09:00', until: '24:00' }]);
      await lines.setWeek(id, week);
      for (const reason of ['大掃除', '研修']) {
        await lines.close(id, { fromOn: '2026-12-07', untilOn: '2026-12-08', reason });
        await lines.addNumber(id, '0120386117');
      }
      const [stored] = await lines.all();
      assert.deepEqual(stored?.week, week);
      assert.deepEqual(stored.closures, [{ fromOn: '2026-12-07', untilOn: '2026-12-08' }]);
      assert.deepEqual(stored.numbers, ['0120386117']);
      await assert.rejects(lines.setWeek(id, [[], []]));
    });

    it('keep a counsellor’s name and secret encoded, and make a secret of their own for each', async () => {
      const database = await openDatabase();
      const { organizationId, lines, line, counsellors } = await open(database);
      const { id } = await lines.add(line, now);
      for (const extension of ['102', '101'])
        await counsellors.add({ organizationId, name: '相談 花子', extension, lineIds: [id, id] }, now);
      const rows = await database('counsellors').select<{ name: string; sip_secret: string }[]>(
        'name',
        'sip_secret',
      );
      assert.ok(
        rows.every(({ name, sip_secret: secret }) => name === '<相談 花子>' && /^<.{24,}>$/.test(secret)),
      );
      const accounts = await counsellors.accounts();
      assert.deepEqual(
        accounts.map(({ extension }) => extension),
        ['101', '102'],
      );
      assert.equal(new Set(accounts.map(({ secret }) => secret)).size, 2);
      const [first] = await counsellors.active();
      assert.deepEqual([first?.name, first?.lineIds, first?.supervises], ['相談 花子', [id], false]);
    });

    it('give the extension of one who has left to nobody else', async () => {
      const { organizationId, counsellors } = await open(await openDatabase());
      const counsellor = { organizationId, name: '相談', extension: '101', lineIds: [] };
      await counsellors.add(counsellor, now);
      assert.equal(await counsellors.remove('101', now), true);
      assert.equal(await counsellors.remove('101', now), false);
      assert.deepEqual(await counsellors.active(), []);
      assert.deepEqual(await counsellors.accounts(), []);
      await assert.rejects(counsellors.add(counsellor, now), { code: 'extensionTaken', field: 'extension' });
    });

    it('know every number of those with an open alert, and of nobody else', async () => {
      const database = await openDatabase();
      const station = await seedStation(database, codec);
      const [urgent, closed] = [
        await seedSubscriber(database, codec, station, { number: '0473911111' }),
        await seedSubscriber(database, codec, station, { number: '0473922222' }),
      ];
      await database('phone_numbers').insert({
        subscriber_id: urgent.subscriberId,
        position: 2,
        number: codec.encode('09011112222'),
        number_lookup: codec.lookup('number', '09011112222'),
      });
      for (const [{ subscriberId }, state, key] of [
        [urgent, 'open', 'one'],
        [urgent, 'open', 'two'],
        [closed, 'closed', null],
      ] as const) {
        await database('alerts').insert({
          organization_id: station.organizationId,
          station_id: station.stationId,
          subscriber_id: subscriberId,
          reason: 'noResponse',
          state,
          open_key: key,
          opened_at: now.getTime(),
        });
      }
      const numbers = await new UrgentNumberStore({ database, codec }).numbers();
      assert.deepEqual(numbers.sort(), ['0473911111', '09011112222']);
    });

    it('remember who is logged in, of each exchange by itself', async () => {
      const database = await openDatabase();
      const [one, other] = ['pbx1', 'pbx2'].map((pbxId) => new MemberStore({ database, pbxId }));
      const members: Member[] = [
        { extension: '101', slot: 1, paused: false, reason: '' },
        { extension: '101', slot: 2, paused: true, reason: '昼休み' },
      ];
      await one?.remember(members);
      await other?.remember([]);
      assert.deepEqual(await one?.remembered(), members);
      await one?.remember(members.slice(1));
      assert.deepEqual(await one?.remembered(), members.slice(1));
    });

    it('write an order down before it is given, and its answer after', async () => {
      const database = await openDatabase();
      const { organizationId } = await open(database);
      const orders = new OrderStore(database);
      const order = {
        organizationId,
        orderedBy: '102',
        what: 'whisper',
        extension: '101',
        callId: '1.2',
      } as const;
      const id = await orders.begin(order, now);
      const row = () => database('hotline_orders').where({ id }).first<Record<string, unknown>>();
      assert.deepEqual([(await row()).answer, Number((await row()).ordered_at)], [null, now.getTime()]);
      await orders.end(id, 'done', now);
      const { answer, what, extension, call_id: callId, ordered_by: by } = await row();
      assert.deepEqual([answer, what, extension, callId, by], ['done', 'whisper', '101', '1.2', '102']);
    });
  });
});
